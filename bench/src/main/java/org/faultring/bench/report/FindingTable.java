/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import org.faultring.bench.doctor.Finding;
import org.faultring.bench.doctor.Grade;

/** What a look at the machine found, for people and for programs. */
public final class FindingTable {

    /** Name and version of the layout that {@link #json} has. */
    public static final String SCHEMA = "faultring-doctor/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int WIDE = 90;

    private FindingTable() {}

    /**
     * A table, with what to do below it.
     *
     * @param findings to show
     * @return lines, the last one ended
     */
    public static String of(final List<Finding> findings) {
        final Object[][] rows = findings.stream()
                .map(finding -> new Object[] {finding.subject(), finding.grade().label(), finding.found()})
                .toArray(Object[][]::new);
        final StringBuilder text = new StringBuilder();
        text.append(AsciiTable.getTable(AsciiTable.NO_BORDERS,
                new Column[] {column("what").maxWidth(WIDE), column("grade"), column("found").maxWidth(WIDE)}, rows)
                .lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n")));
        findings.stream().filter(finding -> !finding.advice().isEmpty())
                .forEach(finding -> text.append(finding.subject()).append(": ").append(finding.advice()).append('\n'));
        final long changes = count(findings, Grade.CHANGE);
        final long missing = count(findings, Grade.MISSING);
        return text.append(changes).append(" to change, ").append(missing).append(" not to be had here\n").toString();
    }

    private static Column column(final String title) {
        return new Column().header(title).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    private static long count(final List<Finding> findings, final Grade grade) {
        return findings.stream().filter(finding -> finding.grade() == grade).count();
    }

    /**
     * As JSON.
     *
     * @param findings to show
     * @return indented text
     */
    public static String json(final List<Finding> findings) {
        try {
            return JSON.writeValueAsString(Map.of("schema", SCHEMA, "findings", findings.stream()
                    .map(finding -> Map.of("subject", finding.subject(), "grade", finding.grade().label(), "found",
                            finding.found(), "advice", finding.advice()))
                    .toList()));
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
