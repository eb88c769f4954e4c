/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.faultring.hwmodel.layout.RecordFamily;

/**
 * Records from a dump of memory, little-endian: plain bytes as {@code xxd -p} shows them, {@code xxd},
 * {@code hexdump -C}, and {@code hexdump} with its 16-bit numbers. Records may cross lines.
 */
public final class ByteInput implements RecordInput {

    private static final int OFFSET_OF_HEXDUMP = 7;

    private static final Pattern XXD = Pattern.compile("\\s*\\p{XDigit}+:");
    private static final Pattern CANONICAL = Pattern.compile("\\s*\\p{XDigit}{8,}[\\s\\p{XDigit}]+\\|");

    private final Vendor vendor;
    private final RecordFamily family;
    private final Consumer<RawRecord> records;
    private final long[] words;
    private int lines;
    private int filled;
    private boolean canonical;

    /**
     * An input.
     *
     * @param vendor  of the records
     * @param family  of the records
     * @param records gets each as soon as it is whole
     */
    public ByteInput(final Vendor vendor, final RecordFamily family, final Consumer<RawRecord> records) {
        this.vendor = vendor;
        this.family = family;
        this.records = records;
        words = new long[family.words()];
    }

    @Override
    public void line(final String line) {
        lines++;
        if (line.strip().equals("*")) {
            throw bad("'*' stands for lines left out (expected: all of them, as hexdump -v prints)");
        } else if (XXD.matcher(line).lookingAt()) {
            final int start = line.indexOf(':') + 1;
            final int ascii = line.indexOf("  ", start + 1);
            bytes(line.substring(start, ascii < 0 ? line.length() : ascii));
        } else if (CANONICAL.matcher(line).lookingAt()) {
            canonical = true;
            bytes(withoutFirst(line.substring(0, line.indexOf('|'))));
        } else {
            plain(line.strip());
        }
    }

    private void plain(final String line) {
        final String first = line.split("\\s+", 2)[0];
        if (first.length() == OFFSET_OF_HEXDUMP && Hex.isDigits(first)) {
            for (final String number : tokens(withoutFirst(line))) {
                if (number.length() != 4) {
                    throw bad("'" + Excerpt.of(number) + "' (expected: numbers of 4 hex digits, as hexdump prints)");
                }
                bytes(number.substring(2) + number.substring(0, 2));
            }
        } else if (!canonical || !line.equals(first)) { // hexdump -C ends with an offset alone
            bytes(line);
        }
    }

    private static String withoutFirst(final String line) {
        final String[] parts = line.strip().split("\\s+", 2);
        return parts.length < 2 ? "" : parts[1];
    }

    private static String[] tokens(final String text) {
        return text.isBlank() ? new String[0] : text.strip().split("[\\s,]+");
    }

    private void bytes(final String text) {
        for (final String token : tokens(text)) {
            final String digits = token.startsWith("0x") || token.startsWith("0X") ? token.substring(2) : token;
            if (!Hex.isDigits(digits) || digits.length() % 2 != 0) {
                throw bad("'" + Excerpt.of(token) + "' (expected: bytes of memory, two hex digits each)");
            }
            for (int i = 0; i < digits.length(); i += 2) {
                add(Long.parseLong(digits.substring(i, i + 2), 16));
            }
        }
    }

    private void add(final long value) {
        words[filled / Long.BYTES] |= value << filled % Long.BYTES * Byte.SIZE;
        filled++;
        if (filled == words.length * Long.BYTES) {
            records.accept(new RawRecord(words, RawRecord.BYTES, List.of()));
            Arrays.fill(words, 0);
            filled = 0;
        }
    }

    @Override
    public void end() {
        if (filled != 0) {
            throw bad("the last record has " + filled + " bytes (expected: " + family.words() * Long.BYTES
                    + " in each " + vendor.label() + " " + family.name() + " record)");
        }
    }

    private IllegalArgumentException bad(final String why) {
        return new IllegalArgumentException("line " + lines + ": " + why);
    }
}
