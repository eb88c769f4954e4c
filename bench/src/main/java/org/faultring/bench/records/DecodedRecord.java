/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;
import org.faultring.hwmodel.pci.RequesterId;

/**
 * A record by its fields. Any words can be decoded: what no layout of the family fits is shown by its last one, and
 * bits that are in no field are shown as such.
 *
 * @param vendor of the record
 * @param family of the record
 * @param layout that fits
 * @param raw    the record
 */
public record DecodedRecord(Vendor vendor, RecordFamily family, RecordLayout layout, RawRecord raw) {

    /** What the names of bits in no field begin with; the number of their word follows. */
    static final String RESERVED = "reserved-qw";

    private static final Set<String> REQUESTERS = Set.of("rid", "sid", "device-id", "destination-id");

    /**
     * A field and its value.
     *
     * @param name    of the field, or {@code reserved-qw0} for bits of word 0 that are in no field
     * @param value   of the field; of reserved bits, in their place in the word
     * @param bits    where it lies, highest bits first, as {@code qw1 11:3}
     * @param meaning of the value, or an empty text
     * @param decimal whether the value is worth reading as a decimal number
     */
    public record Field(String name, long value, String bits, String meaning, boolean decimal) {}

    /**
     * Decode a record.
     *
     * @param vendor of the record
     * @param family of the record
     * @param raw    any words, as many as the family's records have
     * @return the record by its fields
     */
    public static DecodedRecord of(final Vendor vendor, final RecordFamily family, final RawRecord raw) {
        return new DecodedRecord(vendor, family, family.layoutOf(raw.words()), raw);
    }

    /**
     * Fields of the record.
     *
     * @return in the order of the layout
     */
    public List<Field> fields() {
        final long[] words = raw.words();
        return layout.fields().stream().map(field -> field(field, field.get(words))).toList();
    }

    private static Field field(final RecordField field, final long value) {
        final boolean requester = isRequester(field);
        final String meaning = requester ? RequesterId.format((int) value) : field.meaningOf(value);
        final boolean inPlace = Long.numberOfTrailingZeros(field.max()) > 0;
        return new Field(field.name(), value, bits(field), meaning,
                !requester && !inPlace && value > 9 && value <= 0xFFFF_FFFFL);
    }

    /** Whether a field is a requester ID, which people know as bus:device.function. */
    static boolean isRequester(final RecordField field) {
        return REQUESTERS.contains(field.name()) && field.max() == 0xFFFF;
    }

    private static String bits(final RecordField field) {
        final List<RecordField.Bits> pieces = field.pieces();
        final StringBuilder text = new StringBuilder();
        for (int i = pieces.size() - 1; i >= 0; i--) {
            final RecordField.Bits piece = pieces.get(i);
            final boolean sameWord = i < pieces.size() - 1 && pieces.get(i + 1).word() == piece.word();
            text.append(i == pieces.size() - 1 ? "" : ",").append(sameWord ? "" : (text.isEmpty() ? "qw" : " qw")
                    + piece.word() + " ").append(range(piece.high(), piece.low()));
        }
        return text.toString();
    }

    private static String range(final int high, final int low) {
        return high == low ? Integer.toString(high) : high + ":" + low;
    }

    /**
     * Bits that are set and in no field.
     *
     * @return one for each word that has such
     */
    public List<Field> reserved() {
        final long[] left = layout.reserved(raw.words());
        final String meaning = layout.name().startsWith("unknown") ? "in no field: the type is unknown"
                : "reserved, but set";
        final List<Field> reserved = new ArrayList<>();
        for (int word = 0; word < left.length; word++) {
            if (left[word] != 0) {
                reserved.add(
                        new Field(RESERVED + word, left[word], "qw" + word + " " + runs(left[word]), meaning, false));
            }
        }
        return reserved;
    }

    private static String runs(final long bits) {
        final List<String> runs = new ArrayList<>();
        long left = bits;
        while (left != 0) {
            final int high = Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
            final long zerosBelow = ~left & (high == Long.SIZE - 1 ? -1L : (1L << high + 1) - 1);
            final int low = zerosBelow == 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(zerosBelow);
            runs.add(range(high, low));
            left &= (1L << low) - 1;
        }
        return runs.stream().collect(Collectors.joining(","));
    }
}
