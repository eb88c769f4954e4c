/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one kind of record. Some of them may be fixed: they tell the record from others in the same queue.
 *
 * <p>Immutable; any thread.
 */
public final class RecordLayout {

    private final String name;
    private final int words;
    private final List<RecordField> fields;
    private final Map<String, Long> fixed;

    private RecordLayout(final String name, final int words, final List<RecordField> fields,
            final Map<String, Long> fixed) {
        this.name = name;
        this.words = words;
        this.fields = List.copyOf(fields);
        this.fixed = fixed;
    }

    /**
     * A record.
     *
     * @param name   of the record, as its specification has it, in lower case with hyphens
     * @param words  of 64 bits, 1..4
     * @param fields in the order in which they are shown
     * @return the layout
     * @throws IllegalArgumentException if fields overlap, leave the record or share a name
     */
    public static RecordLayout of(final String name, final int words, final RecordField... fields) {
        final long[] taken = new long[words];
        final List<String> names = new ArrayList<>();
        for (final RecordField field : fields) {
            if (names.contains(field.name())) {
                throw new IllegalArgumentException("field=" + field.name() + " (expected: once in " + name + ")");
            }
            names.add(field.name());
            for (final RecordField.Bits piece : field.pieces()) {
                if (piece.word() >= words || (taken[piece.word()] & piece.mask()) != 0) {
                    throw new IllegalArgumentException("field=" + field.name()
                            + " (expected: bits of its own, in the " + words + " words of " + name + ")");
                }
                taken[piece.word()] |= piece.mask();
            }
        }
        return new RecordLayout(name, words, List.of(fields), Map.of());
    }

    /**
     * The same record with a field that always has one value.
     *
     * @param field name of the field
     * @param value of it
     * @return a new layout
     */
    public RecordLayout fix(final String field, final long value) {
        required(field).set(new long[words], value);
        final Map<String, Long> more = new LinkedHashMap<>(fixed);
        more.put(field, value);
        return new RecordLayout(name, words, fields, more);
    }

    private RecordField required(final String field) {
        return field(field).orElseThrow(() -> new IllegalArgumentException("field=" + field + " (expected: one of "
                + fields.stream().map(RecordField::name).toList() + ")"));
    }

    /**
     * Name of the record.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Length of the record.
     *
     * @return words of 64 bits
     */
    public int words() {
        return words;
    }

    /**
     * Fields of the record.
     *
     * @return in the order in which they are shown
     */
    public List<RecordField> fields() {
        return fields;
    }

    /**
     * A field by its name.
     *
     * @param field its name
     * @return the field, or nothing
     */
    public Optional<RecordField> field(final String field) {
        return fields.stream().filter(f -> f.name().equals(field)).findFirst();
    }

    /**
     * Fields that always have one value.
     *
     * @return values by name
     */
    public Map<String, Long> fixed() {
        return Map.copyOf(fixed);
    }

    /**
     * Whether raw words are a record of this kind.
     *
     * @param raw words, as many as the record has
     * @return true if all fixed fields have their value
     */
    public boolean matches(final long[] raw) {
        return fixed.entrySet().stream().allMatch(entry -> required(entry.getKey()).get(raw) == entry.getValue());
    }

    /**
     * Values of all fields.
     *
     * @param raw words, as many as the record has; any values
     * @return by name, in the order of the fields
     */
    public Map<String, Long> decode(final long[] raw) {
        final Map<String, Long> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), field.get(raw)));
        return values;
    }

    /**
     * Bits that are set and belong to no field.
     *
     * @param raw words, as many as the record has
     * @return as many words
     */
    public long[] reserved(final long[] raw) {
        final long[] left = raw.clone();
        fields.forEach(field -> field.pieces().forEach(piece -> left[piece.word()] &= ~piece.mask()));
        return left;
    }

    /**
     * Raw words of a record; fields that are not given are 0, fixed ones have their value.
     *
     * @param values by name of the field
     * @return the words
     * @throws IllegalArgumentException if a name is unknown, a value too large, or a fixed field given another value
     */
    public long[] encode(final Map<String, Long> values) {
        final long[] raw = new long[words];
        fixed.forEach((field, value) -> required(field).set(raw, value));
        values.forEach((field, value) -> {
            if (!value.equals(fixed.getOrDefault(field, value))) {
                throw new IllegalArgumentException(field + "=0x" + Long.toHexString(value) + " (expected: 0x"
                        + Long.toHexString(fixed.get(field)) + " in " + name + ")");
            }
            required(field).set(raw, value);
        });
        return raw;
    }
}
