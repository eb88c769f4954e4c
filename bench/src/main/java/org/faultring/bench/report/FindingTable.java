/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.faultring.bench.report.PlainTable.left;

import java.util.List;
import java.util.Map;

import org.faultring.bench.doctor.Finding;
import org.faultring.bench.doctor.Grade;
import org.faultring.bench.result.IndentedJson;

/** What a look at the machine found, for people and for programs. */
public final class FindingTable {

    /** Name and version of the layout that {@link #json} has. */
    public static final String SCHEMA = "faultring-doctor/1";

    private static final int WIDE = 90;

    private FindingTable() {}

    /**
     * A table, with what to do below it.
     *
     * @param findings to show
     * @return lines, the last one ended
     */
    public static String of(final List<Finding> findings) {
        final List<Object[]> rows = findings.stream()
                .map(finding -> new Object[] {finding.subject(), finding.grade().label(), finding.found()})
                .toList();
        final StringBuilder text = new StringBuilder();
        text.append(
                PlainTable.of(List.of(left("what").maxWidth(WIDE), left("grade"), left("found").maxWidth(WIDE)), rows));
        findings.stream().filter(finding -> !finding.advice().isEmpty())
                .forEach(finding -> text.append(finding.subject()).append(": ").append(finding.advice()).append('\n'));
        final long changes = count(findings, Grade.CHANGE);
        final long missing = count(findings, Grade.MISSING);
        return text.append(changes).append(" to change, ").append(missing).append(" not to be had here\n").toString();
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
        return IndentedJson.of(Map.of("schema", SCHEMA, "findings", findings.stream()
                .map(finding -> Map.of("subject", finding.subject(), "grade", finding.grade().label(), "found",
                        finding.found(), "advice", finding.advice()))
                .toList()));
    }
}
