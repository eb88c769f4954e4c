/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.faultring.bench.instructions.CountedKernel;
import org.faultring.bench.instructions.CountingEffort;
import org.faultring.bench.instructions.Design;
import org.faultring.bench.instructions.Figure;
import org.faultring.bench.instructions.InstructionCounts;
import org.faultring.bench.instructions.Recorded;
import org.faultring.bench.result.Environment;
import org.junit.jupiter.api.Test;

class InstructionTableTest {

    private static String table(final CountedKernel... kernels) {
        return InstructionTable.of(new InstructionCounts(Environment.collect(), "./faultring instructions",
                CountingEffort.of(100), List.of(kernels)));
    }

    private static Figure figure(final int batch, final double all) {
        return new Figure(Design.PLAIN_READ, batch, Figure.State.COUNTED, null, 1000.4, 200.0, all, all * batch, 0.2,
                0.5, 1.0, 100L);
    }

    private static CountedKernel kernel(final String name, final Figure... figures) {
        return new CountedKernel(name, "7.2", "#1", Map.of("getppid", 307.0), List.of(figures));
    }

    private static String row(final String table, final String start) {
        return table.lines().map(line -> line.strip().replaceAll(" +", " ")).filter(line -> line.startsWith(start))
                .findFirst().orElse("");
    }

    @Test
    void shouldShowOneKernel() {
        final String table = table(kernel("image", figure(16, 1234)));
        assertEquals("getppid 307", row(table, "getppid"));
        assertEquals("read 16 1,000 200 1,234 19,744 0.2 0.50", row(table, "read "));
        assertTrue(table.contains("image: Linux 7.2 #1\n"), table);
        assertTrue(table.contains("2 passes, each up to 100 rounds"), table);
        assertFalse(table.contains("to first"), table);
        assertFalse(table.contains(" \n"), "blanks at an end");
    }

    @Test
    void shouldShowKernelsSideBySideWithTheRatio() {
        final String table = table(kernel("one", figure(1, 1000)), kernel("two", figure(1, 250)));
        assertEquals("read 1 1,000 200 1,000 1,000 0.2 0.50 1,000 200 250 250 0.2 0.50 0.250", row(table, "read "));
        assertEquals("getppid 307 307", row(table, "getppid"));
    }

    @Test
    void shouldShowWhatIsSilentOnOneOfThem() {
        final String table = table(Recorded.counted(Recorded.AS_IT_IS), Recorded.counted(Recorded.CHANGED));
        final String row = row(table, "READ_MULTISHOT default 16");
        assertTrue(row.startsWith("READ_MULTISHOT default 16 silent 2,"), table);
        assertTrue(table.contains("reader awake, answers by write\n"), table);
        assertTrue(table.contains("reader asleep, answers by write\n"), table);
        assertFalse(table.contains("on the ring, posted"), "a part without rows");
    }

    @Test
    void shouldLeaveCellsEmptyThatAKernelDoesNotHave() {
        final String table = table(kernel("one", figure(1, 1000)), kernel("two"));
        assertEquals("read 1 1,000 200 1,000 1,000 0.2 0.50", row(table, "read "));
    }

    @Test
    void shouldShowNoFigureWhereSomethingWasWrong() {
        final String table = table(kernel("one", new Figure(Design.PLAIN_READ, 1, Figure.State.WRONG,
                "faults received: 2", null, null, null, null, null, null, null, null)));
        assertEquals("read 1 wrong", row(table, "read "));
        assertTrue(table.endsWith("wrong: one, read, batch 1: faults received: 2\n"), table);
    }
}
