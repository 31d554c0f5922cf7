package io.platen.printer.connection;

import io.platen.printer.language.DeviceStatus;
import io.platen.printer.language.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a printer said: the bytes as they came, and the frames that they completed.
 *
 * @param bytes empty when a pause or the end of the stream completed the frames
 */
record Words(byte[] bytes, List<Frame> frames) {
    static final Words NONE = new Words(new byte[0], List.of());

    boolean isEmpty() {
        return bytes.length == 0 && frames.isEmpty();
    }

    /** These words and then the later ones. */
    Words and(Words later) {
        byte[] all = new byte[bytes.length + later.bytes.length];
        System.arraycopy(bytes, 0, all, 0, bytes.length);
        System.arraycopy(later.bytes, 0, all, bytes.length, later.bytes.length);
        var both = new ArrayList<>(frames);
        both.addAll(later.frames);
        return new Words(all, List.copyOf(both));
    }

    /** What the words say of the device, oldest first. */
    Stream<DeviceStatus> statuses() {
        return frames.stream().map(Frame::status).filter(Objects::nonNull);
    }

    boolean any(Frame.Kind kind) {
        return frames.stream().anyMatch(frame -> frame.kind() == kind);
    }
}
