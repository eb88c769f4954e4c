/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value of a scenario can be: checks a text and says what it should have been. */
sealed interface ValueKind {

    /** What is expected, for a message. */
    String expected();

    /** Whether a text is one of these. */
    boolean admits(String text);

    /** Any text. */
    record Text() implements ValueKind {

        @Override
        public String expected() {
            return "a text";
        }

        @Override
        public boolean admits(final String text) {
            return true;
        }
    }

    /** A whole number; nothing at all where a key may be left empty. */
    record Whole(long least, long most, boolean mayBeEmpty) implements ValueKind {

        @Override
        public String expected() {
            return "a whole number, " + least + ".." + most;
        }

        @Override
        public boolean admits(final String text) {
            if (text.isEmpty()) {
                return mayBeEmpty;
            }
            try {
                final long value = Long.parseLong(text);
                return value >= least && value <= most;
            } catch (final NumberFormatException e) {
                return false;
            }
        }
    }

    /** A number, which may end in k or M. */
    record Number(double least, double most, boolean mayBeEmpty) implements ValueKind {

        private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?)([kM]?)");

        /** Value of a text that was admitted. */
        static double of(final String text) {
            final Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                return Double.NaN;
            }
            return Double.parseDouble(matcher.group(1)) * switch (matcher.group(2)) {
                case "k" -> 1e3;
                case "M" -> 1e6;
                default -> 1;
            };
        }

        @Override
        public String expected() {
            return String.format(Locale.ROOT, "a number, %s..%s, may end in k or M", plain(least), plain(most));
        }

        private static String plain(final double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }

        @Override
        public boolean admits(final String text) {
            final double value = of(text);
            return text.isEmpty() ? mayBeEmpty : value >= least && value <= most;
        }
    }

    /** A time with its unit. */
    record Time(double leastNanos, boolean mayBeEmpty) implements ValueKind {

        private static final double MOST_NANOS = 3600e9;
        private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(ns|us|ms|s)");

        /** Virtual ns of a text that was admitted. */
        static double nanos(final String text) {
            final Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                return Double.NaN;
            }
            return Double.parseDouble(matcher.group(1)) * switch (matcher.group(2)) {
                case "us" -> 1e3;
                case "ms" -> 1e6;
                case "s" -> 1e9;
                default -> 1;
            };
        }

        @Override
        public String expected() {
            return "a time with its unit, as 250ns, 20us, 5ms or 1s" + (leastNanos > 0 ? ", more than 0" : "");
        }

        @Override
        public boolean admits(final String text) {
            final double nanos = nanos(text);
            return text.isEmpty() ? mayBeEmpty : nanos >= leastNanos && nanos <= MOST_NANOS;
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements ValueKind {

        static Choice of(final String... words) {
            return new Choice(List.of(words));
        }

        @Override
        public String expected() {
            return String.join(", ", words);
        }

        @Override
        public boolean admits(final String text) {
            return words.contains(text);
        }
    }

    /** Any number of a few words, separated by blanks. */
    record Words(List<String> words) implements ValueKind {

        @Override
        public String expected() {
            return "any of " + String.join(", ", words);
        }

        @Override
        public boolean admits(final String text) {
            return text.isEmpty() || words.containsAll(List.of(text.split(" ")));
        }
    }

    /** Measured times with counts, separated by blanks. */
    record Histogram() implements ValueKind {

        @Override
        public String expected() {
            return "times with counts, as [500ns:10, 2us:3]";
        }

        @Override
        public boolean admits(final String text) {
            for (final String bar : text.isEmpty() ? new String[0] : text.split(" ")) {
                final String[] parts = bar.split(":");
                if (parts.length != 2 || Double.isNaN(Time.nanos(parts[0]))
                        || !new Whole(1, 1L << 40, false).admits(parts[1])) {
                    return false;
                }
            }
            return true;
        }
    }
}
