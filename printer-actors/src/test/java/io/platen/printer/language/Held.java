package io.platen.printer.language;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Counts the bytes that a reader keeps: the arrays and strings reachable from it. */
final class Held {
    private Held() {}

    static int bytes(Object root) {
        return bytes(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static int bytes(Object object, Set<Object> seen) {
        if (object == null || !seen.add(object)) {
            return 0;
        }
        if (object instanceof CharSequence text) {
            return 2 * (object instanceof StringBuilder builder ? builder.capacity() : text.length());
        }
        if (object.getClass().isArray()) {
            return Array.getLength(object);
        }
        int sum = 0;
        if (object.getClass().getName().startsWith("io.platen.")) {
            for (Field field : object.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    sum += bytes(get(field, object), seen);
                }
            }
        }
        return sum;
    }

    private static Object get(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
