package io.platen.api.host;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/** The umask of this process: the permissions that new files do not get, those of LevelDB's native code included. */
public final class Umask {
    private static final int OTHERS = 0_77;

    private Umask() {}

    /** From now on, only their owner can access new files. Where this fails, the data directory's permissions protect them. */
    public static void ownerOnly() {
        if (Platform.isLinux() || Platform.isMac()) {
            try {
                Function.getFunction("c", "umask").invokeInt(new Object[] {OTHERS});
            } catch (UnsatisfiedLinkError e) {
                // JNA has no native part here.
                return;
            }
        }
    }
}
