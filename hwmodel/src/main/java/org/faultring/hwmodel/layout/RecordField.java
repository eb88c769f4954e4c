/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One field of a record: bits of one 64-bit word, or of several where hardware splits it.
 *
 * <p>Immutable; any thread.
 */
public final class RecordField {

    /**
     * Bits high..low of a word.
     *
     * @param word number of the word, 0 at the lowest address
     * @param high highest bit, 0..63
     * @param low  lowest bit, 0..high
     */
    public record Bits(int word, int high, int low) {

        /** Checks the values. */
        public Bits {
            if (word < 0 || low < 0 || high < low || high >= Long.SIZE) {
                throw new IllegalArgumentException(
                        "bits=" + high + ":" + low + " of word " + word + " (expected: 63:0 of a word from 0)");
            }
        }

        int width() {
            return high - low + 1;
        }

        long mask() {
            return -1L >>> Long.SIZE - width() << low;
        }
    }

    private final String name;
    private final List<Bits> pieces;
    private final int shift;
    private final Map<Long, String> meanings;

    private RecordField(final String name, final List<Bits> pieces, final int shift,
            final Map<Long, String> meanings) {
        this.name = name;
        this.pieces = List.copyOf(pieces);
        this.shift = shift;
        this.meanings = meanings;
    }

    /**
     * A field in one piece.
     *
     * @param name of the field, as its specification has it, in lower case with hyphens
     * @param word number of the word
     * @param high highest bit
     * @param low  lowest bit
     * @return the field
     */
    public static RecordField bits(final String name, final int word, final int high, final int low) {
        return new RecordField(name, List.of(new Bits(word, high, low)), 0, Map.of());
    }

    /**
     * A flag.
     *
     * @param name of the flag
     * @param word number of the word
     * @param bit  its place
     * @return the field
     */
    public static RecordField bit(final String name, final int word, final int bit) {
        return bits(name, word, bit, bit);
    }

    /**
     * An address that keeps its place in the word: bits below the field are 0 in its value.
     *
     * @param name of the field
     * @param word number of the word
     * @param high highest bit
     * @param low  lowest bit
     * @return the field
     */
    public static RecordField inPlace(final String name, final int word, final int high, final int low) {
        return new RecordField(name, List.of(new Bits(word, high, low)), low, Map.of());
    }

    /**
     * The same field with more bits above those it has.
     *
     * @param word number of the word of the further bits
     * @param high highest bit
     * @param low  lowest bit
     * @return a new field
     */
    public RecordField then(final int word, final int high, final int low) {
        final List<Bits> more = new ArrayList<>(pieces);
        more.add(new Bits(word, high, low));
        return new RecordField(name, more, shift, meanings);
    }

    /**
     * The same field with a word for one of its values.
     *
     * @param value   of the field
     * @param meaning of the value, as its specification has it
     * @return a new field
     */
    public RecordField meaning(final long value, final String meaning) {
        final Map<Long, String> more = new TreeMap<>(meanings);
        more.put(value, meaning);
        return new RecordField(name, pieces, shift, more);
    }

    /**
     * Name of the field.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Where the field lies, lowest bits first.
     *
     * @return one piece, or several
     */
    public List<Bits> pieces() {
        return pieces;
    }

    /**
     * What a value means.
     *
     * @param value of the field
     * @return its word, or an empty string
     */
    public String meaningOf(final long value) {
        return meanings.getOrDefault(value, "");
    }

    /**
     * Values with words.
     *
     * @return by value
     */
    public Map<Long, String> meanings() {
        return Map.copyOf(meanings);
    }

    /**
     * Largest value of the field, as unsigned number.
     *
     * @return all its bits set
     */
    public long max() {
        long value = 0;
        int at = shift;
        for (final Bits piece : pieces) {
            value |= piece.mask() >>> piece.low() << at;
            at += piece.width();
        }
        return value;
    }

    /**
     * Read the field.
     *
     * @param words of a record that has all the field's words
     * @return its value
     */
    public long get(final long[] words) {
        long value = 0;
        int at = shift;
        for (final Bits piece : pieces) {
            value |= (words[piece.word()] & piece.mask()) >>> piece.low() << at;
            at += piece.width();
        }
        return value;
    }

    /**
     * Write the field, and nothing beside it.
     *
     * @param words of a record that has all the field's words
     * @param value to write
     * @throws IllegalArgumentException if the value has bits that the field has not
     */
    public void set(final long[] words, final long value) {
        if ((value & ~max()) != 0) {
            throw new IllegalArgumentException(name + "=0x" + Long.toHexString(value) + " (expected: no bits beyond 0x"
                    + Long.toHexString(max()) + ")");
        }
        int at = shift;
        for (final Bits piece : pieces) {
            words[piece.word()] = words[piece.word()] & ~piece.mask()
                    | value >>> at << piece.low() & piece.mask();
            at += piece.width();
        }
    }
}
