package io.platen.bench.report;

import java.util.Locale;

/** Numbers for people: three significant digits, and whole numbers from 100. */
public final class Figures {

    private Figures() {}

    public static String text(double value) {
        double size = Math.abs(value);
        if (size >= 99.95) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 9.995) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return size >= 0.9995 || size == 0
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
