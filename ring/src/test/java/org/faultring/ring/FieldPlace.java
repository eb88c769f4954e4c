/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a field lies in the objects of its class, in this JVM.
 *
 * @param owner class that declares it, by its simple name
 * @param name  of the field
 * @param start offset of its first byte
 * @param end   offset behind its last byte
 */
record FieldPlace(String owner, String name, long start, long end) {

    /** All fields of an object, those of its superclasses, too. */
    static List<FieldPlace> all(final Class<?> type) throws ReflectiveOperationException {
        final List<FieldPlace> places = new ArrayList<>();
        for (Class<?> owner = type; owner != Object.class; owner = owner.getSuperclass()) {
            for (final Field field : owner.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    final long start = offsetOf(field);
                    places.add(new FieldPlace(owner.getSimpleName(), field.getName(), start,
                            start + length(field.getType(), start)));
                }
            }
        }
        return places;
    }

    /** The fields that are no padding. */
    static List<FieldPlace> used(final Class<?> type) throws ReflectiveOperationException {
        return all(type).stream().filter(place -> !place.name.matches("p\\d*")).toList();
    }

    long distanceTo(final FieldPlace other) {
        return Math.max(other.start - end, start - other.end);
    }

    private static int length(final Class<?> type, final long start) {
        // A reference has 4 or 8 bytes; on a multiple of 4 only it has 4.
        return type == int.class || !type.isPrimitive() && start % Long.BYTES != 0 ? Integer.BYTES : Long.BYTES;
    }

    /** Through reflection, because javac warns of the name sun.misc.Unsafe and no annotation stops it. */
    private static long offsetOf(final Field field) throws ReflectiveOperationException {
        final Class<?> type = Class.forName("sun.misc.Unsafe");
        final Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        final Method offset = type.getMethod("objectFieldOffset", Field.class);
        return (long) offset.invoke(instance.get(null), field);
    }
}
