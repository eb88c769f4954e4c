/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.faultring.bench.statistics.Verdict;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static Answer answer(final CellFigures... cells) {
        final Map<ComparisonPoint, List<CellFigures>> points = ComparisonPoint.group(List.of(cells));
        assertEquals(1, points.size());
        return points.entrySet().stream().flatMap(point -> Answer.of(point.getKey(), point.getValue()).stream())
                .findFirst().orElseThrow();
    }

    @Test
    void shouldNameTheCheapestWhatEqualsItAndTheDearest() {
        final Answer answer = answer(Measured.cell("read", Ground.PIPE, 1, 300),
                Measured.cell("eventfd", Ground.PIPE, 1, 302), Measured.cell("posted-read", Ground.PIPE, 1, 900),
                Measured.missing("sva", Ground.PIPE, "the kernel resolves."));
        assertEquals("read", answer.best());
        assertEquals(List.of("eventfd"), answer.equals());
        assertEquals(Optional.of("posted-read"), answer.slowest());
        assertEquals("On pipe (batch 1, 32 in flight, two cores kept awake) read costs least, 300 host ns for a fault; "
                + "eventfd is not measurably slower; posted-read costs 3.0 times as much.", answer.sentence());
    }

    @Test
    void shouldSayNothingOfOneDesign() {
        final List<CellFigures> one = List.of(Measured.cell("read", Ground.PIPE, 1, 300),
                Measured.missing("eventfd", Ground.PIPE, "no."));
        assertEquals(Optional.empty(), Answer.of(ComparisonPoint.of(one.get(0).cell()), one));
    }

    @Test
    void shouldNotLetAResultThatWasNotConservedCount() {
        final CellFigures broken = Measured.cell("eventfd", Ground.PIPE, 1, 10);
        broken.add(new RoundFigures(1, 1, null, null, null, Map.of(), List.of("one fault too many")));
        assertTrue(Answer.of(ComparisonPoint.of(broken.cell()),
                List.of(broken, Measured.cell("read", Ground.PIPE, 1, 300))).isEmpty());
        assertEquals(Verdict.CANNOT_TELL,
                DeliveryComparison.verdict(broken, Measured.cell("read", Ground.PIPE, 1, 300)));
    }
}
