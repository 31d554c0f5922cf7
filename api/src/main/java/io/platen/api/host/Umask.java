package io.platen.api.host;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/** The mask of the permissions that new files get, of this whole process: LevelDB's native code makes files, too. */
public final class Umask {
    private static final int OTHERS = 0_77;

    private Umask() {}

    /** From now on, new files are their owner's alone. Where that cannot be set, the closed data directory is what counts. */
    public static void ownerOnly() {
        if (Platform.isLinux() || Platform.isMac()) {
            try {
                Function.getFunction("c", "umask").invokeInt(new Object[] {OTHERS});
            } catch (UnsatisfiedLinkError e) {
                // Without JNA's native part: see above.
                return;
            }
        }
    }
}
