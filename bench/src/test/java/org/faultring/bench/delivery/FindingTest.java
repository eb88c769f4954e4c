/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class FindingTest {

    private static String finding(final CellFigures... cells) {
        return Finding.of(ComparisonPoint.group(List.of(cells))).orElseThrow();
    }

    @Test
    void shouldAnswerWhichOfTheThreeIsBetterGroundByGround() {
        assertEquals("Eventfd plus read, one file with read and poll, or io_uring with posted reads? "
                + "On the model of Linux's fault file, in virtual ns: read and poll (eventfd costs 1.00, posted-read "
                + "costs 43.3 at batch 1; eventfd costs 1.12, posted-read costs 4.62 at batch 64; read and poll costs "
                + "1); through a pipe, which can refuse to wait, in host ns: posted reads (posted-read costs 0.50 at "
                + "batch 1; read and poll costs 1). It holds for 32 in flight, two cores kept awake, in closed loop.",
                finding(Measured.cell("read", Ground.MODEL, 1, 6), Measured.cell("eventfd", Ground.MODEL, 1, 6),
                        Measured.cell("posted-read", Ground.MODEL, 1, 260), Measured.cell("sva", Ground.MODEL, 1, 1),
                        Measured.cell("eventfd", Ground.MODEL, 64, 9.6), Measured.cell("read", Ground.MODEL, 64, 8.6),
                        Measured.cell("posted-read", Ground.MODEL, 64, 39.7),
                        Measured.cell("posted-read", Ground.PIPE, 1, 50), Measured.cell("read", Ground.PIPE, 1, 100),
                        Measured.cell("read", Ground.FANOTIFY, 1, 100),
                        Measured.cell("posted-read", Ground.THREADS, 1, 50),
                        Measured.cell("read", Ground.THREADS, 1, 100)));
    }

    @Test
    void shouldSayWhereWhichIsBetterIfNoneIsEverywhere() {
        assertEquals("Eventfd plus read, one file with read and poll, or io_uring with posted reads? "
                + "Through a pipe, which can refuse to wait, in host ns: read and poll at batch 1, eventfd plus read "
                + "at batch 64 (eventfd costs 2.00 at batch 1; eventfd costs 0.50 at batch 64; read and poll costs "
                + "1). It holds for 32 in flight, two cores kept awake, in closed loop.",
                finding(Measured.cell("read", Ground.PIPE, 1, 100), Measured.cell("eventfd", Ground.PIPE, 1, 200),
                        Measured.cell("read", Ground.PIPE, 64, 100), Measured.cell("eventfd", Ground.PIPE, 64, 50)));
    }

    @Test
    void shouldSayThatNothingCanBeTold() {
        assertEquals("Eventfd plus read, one file with read and poll, or io_uring with posted reads? "
                + "On the real fault file, in host ns: no difference that can be measured (posted-read costs 1.01; "
                + "read and poll costs 1). It holds for batch 1, 32 in flight, two cores kept awake, in closed loop.",
                finding(Measured.cell("read", Ground.IOMMU, 1, 100),
                        Measured.cell("posted-read", Ground.IOMMU, 1, 101)));
    }

    @Test
    void shouldNameTheCheapestOfEachGroundWhereItWasNotAsked() {
        assertEquals("Cheapest at equal batch, or not measurably dearer than the cheapest: on model shared-ring; on "
                + "pipe multishot, read (at 1 of 2 points).",
                finding(Measured.cell("multishot", Ground.PIPE, 1, 300), Measured.cell("read", Ground.PIPE, 1, 900),
                        Measured.cell("multishot", Ground.PIPE, 64, 50), Measured.cell("read", Ground.PIPE, 64, 20),
                        Measured.cell("shared-ring", Ground.MODEL, 1, 5), Measured.cell("read", Ground.MODEL, 1, 6)));
    }

    @Test
    void shouldTellOpenLoopsApart() {
        assertEquals("Eventfd plus read, one file with read and poll, or io_uring with posted reads? Through a pipe, "
                + "which can refuse to wait, in host ns: read and poll (eventfd takes 2.00; read and poll takes 1). "
                + "It holds for batch 1, pace 50000, at most 32 in flight, two cores kept awake, by p99.",
                finding(Measured.open("read", 50_000, 10_000, 1000), Measured.open("eventfd", 50_000, 20_000, 1000)));
    }

    @Test
    void shouldSayNothingOfOneDesign() {
        assertEquals(Optional.empty(), Finding.of(Map.of()));
        assertEquals(Optional.empty(), Finding.of(ComparisonPoint.group(List.of(
                Measured.cell("read", Ground.PIPE, 1, 300), Measured.missing("eventfd", Ground.PIPE, "no.")))));
    }
}
