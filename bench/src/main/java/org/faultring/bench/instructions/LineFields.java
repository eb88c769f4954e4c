/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a line: {@code name=value}, a value with blanks in quotes. */
final class LineFields {

    private static final Pattern FIELD = Pattern.compile("\\s*([a-z]+)=(?:\"([^\"]*)\"|([^\\s\"]*))");

    private final Map<String, String> values = new HashMap<>();

    /**
     * Read a line.
     *
     * @param text behind its first word
     * @throws IllegalArgumentException if it is anything but fields
     */
    LineFields(final String text) {
        final Matcher field = FIELD.matcher(text);
        int end = 0;
        while (field.find(end) && field.start() == end) {
            final String value = field.group(2) != null ? field.group(2) : field.group(3);
            if (values.put(field.group(1), value) != null) {
                throw new IllegalArgumentException(field.group(1) + "=" + value + " (expected: each field once)");
            }
            end = field.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException("field=" + text.substring(end).strip() + " (expected: name=value)");
        }
    }

    String text(final String name) {
        final String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + "= (expected: a value)");
        }
        return value;
    }

    long count(final String name) {
        final String value = text(name);
        try {
            final long count = Long.parseLong(value);
            if (count >= 0) {
                return count;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: a number)", e);
        }
        throw new IllegalArgumentException(name + "=" + value + " (expected: at least 0)");
    }

    int number(final String name) {
        final long count = count(name);
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + "=" + count + " (expected: at most " + Integer.MAX_VALUE + ")");
        }
        return (int) count;
    }

    boolean choice(final String name, final String no, final String yes) {
        final String value = text(name);
        if (!value.equals(no) && !value.equals(yes)) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: " + no + ", " + yes + ")");
        }
        return value.equals(yes);
    }

    Design design() {
        return new Design(Form.ofId(Form.class, text("form")), Form.ofId(RingMode.class, text("ring")),
                number("posted"), choice("nonblock", "0", "1"), choice("answers", "write", "ring"),
                choice("reader", "awake", "asleep"));
    }
}
