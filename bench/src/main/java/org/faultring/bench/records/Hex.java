/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words and bytes as text. */
final class Hex {

    private static final int DIGITS_OF_WORD = 16;

    private Hex() {}

    /**
     * A value without leading zeros.
     *
     * @param value any
     * @return {@code 0x1a5}
     */
    static String value(final long value) {
        return "0x" + Long.toHexString(value);
    }

    /**
     * All digits of a word.
     *
     * @param word any
     * @return {@code 0x00000000000001a5}
     */
    static String word(final long word) {
        return String.format(Locale.ROOT, "0x%016x", word);
    }

    /**
     * Memory that holds words.
     *
     * @param words any
     * @return pairs of digits, the byte at the lowest address first
     */
    static String bytes(final long[] words) {
        return Arrays.stream(words).mapToObj(Long::reverseBytes)
                .map(word -> String.format(Locale.ROOT, "%016x", word).replaceAll("..(?!$)", "$0 "))
                .collect(Collectors.joining(" "));
    }

    /**
     * Whether text is hex digits and nothing else.
     *
     * @param text any
     * @return true if there is at least one, and only such
     */
    static boolean isDigits(final String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }

    /**
     * The words in hex digits.
     *
     * @param digits up to 16 for one word, any multiple of 16 for several
     * @return the words
     * @throws IllegalArgumentException if it is another number of digits
     */
    static long[] words(final String digits) {
        final int length = digits.length();
        if (length > DIGITS_OF_WORD && length % DIGITS_OF_WORD != 0) {
            throw new IllegalArgumentException("'" + Excerpt.of(digits) + "' has " + length
                    + " digits (expected: up to 16 for a word, or a multiple of 16 for several)");
        }
        final long[] words = new long[(length + DIGITS_OF_WORD - 1) / DIGITS_OF_WORD];
        for (int i = 0; i < words.length; i++) {
            final int start = i * DIGITS_OF_WORD;
            words[i] = Long.parseUnsignedLong(digits.substring(start, Math.min(start + DIGITS_OF_WORD, length)), 16);
        }
        return words;
    }
}
