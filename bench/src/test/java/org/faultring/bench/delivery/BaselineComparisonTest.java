/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.bench.delivery.BaselineComparison.Change;
import org.faultring.bench.statistics.Verdict;
import org.junit.jupiter.api.Test;

class BaselineComparisonTest {

    @Test
    void shouldJudgeCellsOfBothRuns() {
        final List<CellFigures> then = List.of(Measured.cell("read", Ground.PIPE, 1, 300),
                Measured.cell("eventfd", Ground.PIPE, 1, 300), Measured.cell("posted-read", Ground.PIPE, 1, 300),
                Measured.cell("read", Ground.MODEL, 1, 300), Measured.cell("sva", Ground.PIPE, 1, 300));
        final List<CellFigures> now = List.of(Measured.cell("read", Ground.PIPE, 1, 330),
                Measured.cell("eventfd", Ground.PIPE, 1, 301), Measured.cell("posted-read", Ground.PIPE, 1, 150),
                Measured.cell("read", Ground.PIPE, 64, 300), Measured.missing("sva", Ground.PIPE, "no."));
        assertEquals(List.of(Verdict.SLOWER, Verdict.SAME, Verdict.FASTER),
                BaselineComparison.of(now, then).stream().map(Change::verdict).toList());
    }
}
