/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.math.BigDecimal;

/** Numbers as people type large ones: 200k, 1.5M. */
public final class Magnitude {

    private static final BigDecimal HOUR_NANOS = new BigDecimal(3_600_000_000_000L);

    private Magnitude() {}

    /**
     * A number.
     *
     * @param text decimal, may end in k for thousands or M for millions
     * @return its value
     * @throws NumberFormatException for anything else
     */
    public static BigDecimal parse(final String text) {
        final int zeros = text.endsWith("k") ? 3 : text.endsWith("M") ? 6 : 0;
        return new BigDecimal(zeros == 0 ? text : text.substring(0, text.length() - 1)).scaleByPowerOfTen(zeros);
    }

    /**
     * A count of something.
     *
     * @param name of the setting
     * @param text decimal, may end in k for thousands or M for millions
     * @return its value, from 1
     * @throws IllegalArgumentException for anything else
     */
    public static long parseCount(final String name, final String text) {
        try {
            final long count = parse(text).longValueExact();
            if (count > 0) {
                return count;
            }
        } catch (final ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(refusal(name, text), e);
        }
        throw new IllegalArgumentException(refusal(name, text));
    }

    /**
     * A time.
     *
     * @param name of the setting
     * @param text decimal, ends in ns, us, ms or s
     * @return ns, from 1 up to an hour
     * @throws IllegalArgumentException for anything else
     */
    public static long parseNanos(final String name, final String text) {
        final int digits = text.endsWith("ns") || text.endsWith("us") || text.endsWith("ms") ? text.length() - 2
                : text.length() - 1;
        try {
            final int zeros = switch (text.substring(Math.max(0, digits))) {
                case "ns" -> 0;
                case "us" -> 3;
                case "ms" -> 6;
                case "s" -> 9;
                default -> throw new NumberFormatException(text);
            };
            final BigDecimal nanos = new BigDecimal(text.substring(0, digits)).scaleByPowerOfTen(zeros);
            if (nanos.compareTo(BigDecimal.ONE) >= 0 && nanos.compareTo(HOUR_NANOS) <= 0) {
                return nanos.longValue();
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(timeRefusal(name, text), e);
        }
        throw new IllegalArgumentException(timeRefusal(name, text));
    }

    private static String timeRefusal(final String name, final String text) {
        return name + "=" + text + " (expected: a time from 1ns to 3600s, such as 50us)";
    }

    private static String refusal(final String name, final String text) {
        return name + "=" + text + " (expected: a count from 1, may end in k or M)";
    }
}
