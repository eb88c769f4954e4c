/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/** Makes raw records of named fields. Fields not given are 0; those that make a record what it is need not be given. */
public final class RecordEncoder {

    private final Vendor vendor;
    private final RecordFamily family;

    /**
     * An encoder.
     *
     * @param vendor of the records
     * @param family of the records
     */
    public RecordEncoder(final Vendor vendor, final RecordFamily family) {
        this.vendor = vendor;
        this.family = family;
    }

    /**
     * Make a record.
     *
     * @param arguments assignments as {@code name=value}, in front of them the name of a layout or nothing
     * @return the record
     * @throws IllegalArgumentException with a sentence for the user if something is wrong with them
     */
    public DecodedRecord encode(final List<String> arguments) {
        final boolean named = !arguments.isEmpty() && arguments.get(0).indexOf('=') < 0;
        final Map<String, String> given = assignments(arguments.subList(named ? 1 : 0, arguments.size()));
        final RecordLayout layout = named ? named(arguments.get(0)) : chosen(given);
        final long[] words = words(layout, given);
        final RecordLayout seen = family.layoutOf(words);
        final List<String> notes = seen == layout ? List.of()
                : List.of("these words are those of a " + seen.name() + ", not of a " + layout.name());
        return new DecodedRecord(vendor, family, layout, new RawRecord(words, RawRecord.FIELDS, notes));
    }

    private static Map<String, String> assignments(final List<String> arguments) {
        final Map<String, String> given = new LinkedHashMap<>();
        for (final String argument : arguments) {
            final int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("'" + Excerpt.of(argument) + "' (expected: field=value)");
            }
            if (given.put(argument.substring(0, equals), argument.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(argument + " (expected: each field once)");
            }
        }
        return given;
    }

    private RecordLayout named(final String name) {
        return family.layout(name)
                .orElseThrow(() -> Names.unknown(vendor.label() + " " + family.name() + " layout", name,
                        layoutNames(family.layouts())));
    }

    private static List<String> layoutNames(final List<RecordLayout> layouts) {
        return layouts.stream().map(RecordLayout::name).toList();
    }

    private static Set<String> fieldNames(final RecordLayout layout) {
        final Set<String> names = new LinkedHashSet<>();
        layout.fields().forEach(field -> names.add(field.name()));
        for (int word = 0; word < layout.words(); word++) {
            names.add(DecodedRecord.RESERVED + word);
        }
        return names;
    }

    /** The layout that has all the fields and to which the least must be added to make them one of its records. */
    private RecordLayout chosen(final Map<String, String> given) {
        final Set<String> known = new LinkedHashSet<>();
        family.layouts().forEach(layout -> known.addAll(fieldNames(layout)));
        for (final String name : given.keySet()) {
            if (!known.contains(name)) {
                throw Names.unknown("field", name, known);
            }
        }
        final List<RecordLayout> having = family.layouts().stream()
                .filter(layout -> fieldNames(layout).containsAll(given.keySet())).toList();
        if (having.isEmpty()) {
            throw new IllegalArgumentException("fields=" + String.join(",", given.keySet())
                    + " (expected: fields of one layout; layouts: " + String.join(", ", layoutNames(family.layouts()))
                    + ")");
        }
        final List<RecordLayout> fitting = fitting(having, given);
        final Comparator<RecordLayout> byAdded = Comparator.comparingLong(layout -> added(layout, given));
        final RecordLayout best = fitting.stream().min(byAdded).orElseThrow();
        final List<RecordLayout> asGood =
                fitting.stream().filter(layout -> byAdded.compare(layout, best) == 0).toList();
        if (asGood.size() > 1) {
            throw new IllegalArgumentException(vendor.label() + " " + family.name()
                    + " (expected: the name of a layout before the fields, one of "
                    + String.join(", ", layoutNames(asGood)) + ")");
        }
        return best;
    }

    /** The layouts whose records the fields can be; those for unknown types only if there is no other. */
    private List<RecordLayout> fitting(final List<RecordLayout> having, final Map<String, String> given) {
        final List<RecordLayout> fitting = new ArrayList<>();
        IllegalArgumentException refusal = null;
        for (final RecordLayout layout : having) {
            try {
                if (family.layoutOf(words(layout, given)) == layout) {
                    fitting.add(layout);
                }
            } catch (final IllegalArgumentException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        if (fitting.isEmpty()) {
            throw refusal == null ? new IllegalArgumentException(vendor.label() + " " + family.name()
                    + " (expected: the name of a layout before the fields, one of "
                    + String.join(", ", layoutNames(having)) + ")") : refusal;
        }
        final List<RecordLayout> known =
                fitting.stream().filter(layout -> !layout.name().startsWith("unknown")).toList();
        return known.isEmpty() ? fitting : known;
    }

    private static long added(final RecordLayout layout, final Map<String, String> given) {
        return layout.fixed().entrySet().stream()
                .filter(fixed -> fixed.getValue() != 0 && !given.containsKey(fixed.getKey())).count();
    }

    private static long[] words(final RecordLayout layout, final Map<String, String> given) {
        final Map<String, Long> values = new LinkedHashMap<>();
        final long[] reserved = new long[layout.words()];
        given.forEach((name, text) -> {
            final int word = reservedWord(name, layout.words());
            if (word >= 0) {
                reserved[word] = reserved(layout, name, word, text);
            } else {
                final RecordField field = layout.field(name)
                        .orElseThrow(() -> Names.unknown("field", name, fieldNames(layout)));
                values.put(name, FieldValue.parse(field, text));
            }
        });
        final long[] words = layout.encode(values);
        for (int i = 0; i < words.length; i++) {
            words[i] |= reserved[i];
        }
        return words;
    }

    private static int reservedWord(final String name, final int words) {
        for (int word = 0; word < words; word++) {
            if (name.equals(DecodedRecord.RESERVED + word)) {
                return word;
            }
        }
        return -1;
    }

    private static long reserved(final RecordLayout layout, final String name, final int word, final String text) {
        final long[] ones = new long[layout.words()];
        Arrays.fill(ones, -1L);
        final long value = FieldValue.number(text).orElseThrow(() -> new IllegalArgumentException(
                name + "=" + Excerpt.of(text) + " (expected: a number, decimal or as 0x…)"));
        return FieldValue.inRange(name, text, value, layout.reserved(ones)[word]);
    }
}
