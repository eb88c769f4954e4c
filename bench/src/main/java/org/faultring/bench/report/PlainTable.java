/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import java.util.List;
import java.util.stream.Collectors;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;

/** A table without borders, and without the blanks that fill its last column. */
final class PlainTable {

    private PlainTable() {}

    /** A column whose header and cells begin at its left. */
    static Column left(final String header) {
        return column(header, HorizontalAlign.LEFT);
    }

    /** A column whose header and cells end at its right, as numbers do. */
    static Column right(final String header) {
        return column(header, HorizontalAlign.RIGHT);
    }

    private static Column column(final String header, final HorizontalAlign align) {
        return new Column().header(header).headerAlign(align).dataAlign(align);
    }

    /** Its lines, the last one ended. */
    static String of(final List<Column> columns, final List<Object[]> rows) {
        return AsciiTable
                .getTable(AsciiTable.NO_BORDERS, columns.toArray(new Column[0]), rows.toArray(new Object[0][]))
                .lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }
}
