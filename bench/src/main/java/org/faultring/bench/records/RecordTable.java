/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;

/** A decoded record as text. */
public final class RecordTable {

    private RecordTable() {}

    /**
     * The record as lines: its kind and words, its fields, and what must be known of it.
     *
     * @param record to show
     * @param alarm  applied to lines of bits that are in no field: for colours
     * @return lines, the last one ended
     */
    public static String of(final DecodedRecord record, final UnaryOperator<String> alarm) {
        final StringBuilder text = new StringBuilder();
        text.append(record.vendor().label()).append(' ').append(record.family().name()).append(": ")
                .append(record.layout().name()).append("\n ").append(words(record.raw().words())).append('\n');
        final Object[][] rows = Stream.concat(record.fields().stream(), record.reserved().stream())
                .map(RecordTable::row).toArray(Object[][]::new);
        final String table = AsciiTable.getTable(AsciiTable.NO_BORDERS,
                new Column[] {column("field", HorizontalAlign.LEFT), column("value", HorizontalAlign.LEFT),
                    column("decimal", HorizontalAlign.RIGHT), column("bits", HorizontalAlign.LEFT),
                    column("meaning", HorizontalAlign.LEFT)},
                rows);
        table.lines().map(String::stripTrailing)
                .map(line -> line.startsWith(" " + DecodedRecord.RESERVED) ? alarm.apply(line) : line)
                .forEach(line -> text.append(line).append('\n'));
        record.raw().notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    /**
     * Words as the command line takes them.
     *
     * @param words any
     * @return separated by blanks
     */
    public static String words(final long[] words) {
        return Arrays.stream(words).mapToObj(Hex::word).collect(Collectors.joining(" "));
    }

    /**
     * Memory that holds words.
     *
     * @param words any
     * @return pairs of hex digits, the byte at the lowest address first
     */
    public static String bytes(final long[] words) {
        return Hex.bytes(words);
    }

    private static Object[] row(final DecodedRecord.Field field) {
        return new Object[] {field.name(), Hex.value(field.value()),
            field.decimal() ? String.format(Locale.ROOT, "%d", field.value()) : "", field.bits(), field.meaning()};
    }

    private static Column column(final String header, final HorizontalAlign align) {
        return new Column().header(header).headerAlign(align).dataAlign(align).maxWidth(120);
    }
}
