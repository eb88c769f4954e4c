/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/**
 * Checks of configuration values, made once where a thing is built.
 *
 * <p>Every failure is an {@link IllegalArgumentException} whose message reads {@code name=value (expected: …)}.
 */
public final class Checks {

    private Checks() {}

    /**
     * A whole number within bounds.
     *
     * @param name  of the setting
     * @param value given
     * @param min   smallest value allowed
     * @param max   largest value allowed
     * @return the value
     */
    public static int range(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: " + min + ".." + max + ")");
        }
        return value;
    }

    /**
     * A whole number within bounds.
     *
     * @param name  of the setting
     * @param value given
     * @param min   smallest value allowed
     * @param max   largest value allowed
     * @return the value
     */
    public static long range(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: " + min + ".." + max + ")");
        }
        return value;
    }

    /**
     * A power of two within bounds.
     *
     * @param name  of the setting
     * @param value given
     * @param min   smallest value allowed
     * @param max   largest value allowed
     * @return the value
     */
    public static int powerOfTwo(final String name, final int value, final int min, final int max) {
        if (value < min || value > max || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(
                    name + "=" + value + " (expected: a power of two, " + min + ".." + max + ")");
        }
        return value;
    }
}
