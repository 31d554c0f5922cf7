package io.platen.printer.language;

import java.util.EnumSet;
import java.util.Set;

/** Collects the reasons that the bits of a status stand for. */
final class Bits {
    private final int bits;
    private final Set<DeviceReason> reasons = EnumSet.noneOf(DeviceReason.class);

    private Bits(int bits) {
        this.bits = bits;
    }

    static Bits of(int bits) {
        return new Bits(bits);
    }

    /** Adds a reason where any bit of the mask is set. */
    Bits when(int mask, DeviceReason reason) {
        if ((bits & mask) != 0) {
            reasons.add(reason);
        }
        return this;
    }

    Set<DeviceReason> reasons() {
        return reasons;
    }
}
