/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.faultring.hwmodel.layout.RecordField;

/** The value of a field as people write it: a number, one of the field's words, or bus:device.function. */
final class FieldValue {

    private static final Pattern REQUESTER = Pattern.compile("(\\p{XDigit}{1,2}):(\\p{XDigit}{1,2})\\.([0-7])");

    private FieldValue() {}

    /**
     * Read a value.
     *
     * @param field whose value it is
     * @param text  of the value
     * @return a value that the field can hold
     * @throws IllegalArgumentException if it is none, or too large
     */
    static long parse(final RecordField field, final String text) {
        final Matcher requester = REQUESTER.matcher(text);
        if (DecodedRecord.isRequester(field) && requester.matches()) {
            return KernelFormat.requester(requester, 1);
        }
        final OptionalLong number = number(text);
        return number.isPresent() ? inRange(field.name(), text, number.getAsLong(), field.max()) : meant(field, text);
    }

    /**
     * Check a value.
     *
     * @param name  of the field
     * @param text  as it was given
     * @param value of the text
     * @param max   all bits that may be set
     * @return the value
     * @throws IllegalArgumentException if others are set
     */
    static long inRange(final String name, final String text, final long value, final long max) {
        if ((value & ~max) == 0) {
            return value;
        }
        final long step = Long.lowestOneBit(max);
        final boolean whole = max != 0 && (max / step & max / step + 1) == 0 || max < 0 && max == -step;
        final String range = step == 1 && whole ? "0.." + Hex.value(max)
                : whole ? "a multiple of " + Hex.value(step) + " up to " + Hex.value(max)
                        : "no bits but " + Hex.value(max);
        throw new IllegalArgumentException(name + "=" + Excerpt.of(text) + " (expected: " + range + ")");
    }

    /**
     * Read a number.
     *
     * @param text decimal, or hex after 0x; may hold underscores
     * @return the number, or nothing if it is none of 64 bits
     */
    static OptionalLong number(final String text) {
        final String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            return OptionalLong.of(digits.startsWith("0x") ? Long.parseUnsignedLong(digits.substring(2), 16)
                    : Long.parseUnsignedLong(digits));
        } catch (final NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long meant(final RecordField field, final String text) {
        return field.meanings().entrySet().stream().filter(entry -> dashed(entry.getValue()).equals(dashed(text)))
                .mapToLong(Map.Entry::getKey).findFirst().orElseThrow(() -> unknown(field, text));
    }

    private static IllegalArgumentException unknown(final RecordField field, final String text) {
        final StringBuilder expected = new StringBuilder("a number, decimal or as 0x…");
        if (DecodedRecord.isRequester(field)) {
            expected.append(", or bus:device.function");
        }
        field.meanings().values().stream().sorted().forEach(meaning -> expected.append(", ").append(dashed(meaning)));
        return new IllegalArgumentException(field.name() + "=" + Excerpt.of(text) + " (expected: " + expected + ")");
    }

    private static String dashed(final String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
