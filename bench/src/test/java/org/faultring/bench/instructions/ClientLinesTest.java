/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientLinesTest {

    private static final Design POSTED = new Design(Form.POSTED_READ, RingMode.DEFAULT, 1, false, false, false);
    private static final Design MULTISHOT = new Design(Form.MULTISHOT_READ, RingMode.DEFAULT, 1, false, false, false);
    private static final Design ASLEEP = new Design(Form.POLL_READ, RingMode.NONE, 0, false, false, true);

    private static final String READ = "form=read ring=none posted=0 nonblock=0 answers=write reader=awake";
    private static final String RING = "form=posted-read ring=default posted=1 nonblock=0 answers=write reader=awake";
    private static final String LATE = "form=posted-read ring=default posted=1 nonblock=0 answers=write reader=asleep";

    private final ClientLines client = new ClientLines();

    private void accept(final String... lines) {
        List.of(lines).forEach(client::accept);
    }

    private void acceptReadAndYield() {
        accept("faultring call name=yield pass=1 instructions=800",
                "faultring cell " + READ + " batch=4 pass=1 rounds=10 instructions=100000 yields=10 arrive=9000 "
                        + "trigger=6000 answer=800 empty=0 completions=0");
    }

    @Test
    void shouldTakeRaisingAndYieldingOff() {
        acceptReadAndYield();
        accept("faultring cell " + RING + " batch=4 pass=1 rounds=20 instructions=800000 yields=40 arrive=30000 "
                + "trigger=7000 answer=1200 empty=8 completions=80", "faultring end");
        final Figure figure = client.counted("k").figure(POSTED, 4).orElseThrow();
        // 1,500 is raising one fault; two yields of 800 a round are 400 for each of four faults
        assertEquals(7500 - 1500 - 400, figure.receive());
        assertEquals(300, figure.answer());
        assertEquals(10_000 - 1500 - 400, figure.all());
        assertEquals(4 * (10_000 - 1500 - 400), figure.perBatch());
        assertEquals(0.1, figure.empty());
        assertEquals(1.0, figure.completions());
        assertEquals(20, figure.rounds());
        assertEquals(0, figure.spread());
        assertEquals(1500, client.counted("k").calls().get("trigger-4"));
    }

    @Test
    void shouldTakeTheMeanOfPassesAndTheirSpread() {
        acceptReadAndYield();
        for (final int instructions : new int[] {136_000, 216_000}) {
            accept("faultring cell " + RING + " batch=4 pass=1 rounds=10 instructions=" + instructions
                    + " yields=10 arrive=30000 trigger=7000 answer=1200 empty=0 completions=40");
        }
        final Figure figure = client.counted("k").figure(POSTED, 4).orElseThrow();
        assertEquals((3400 + 5400) / 2.0 - 1500 - 200, figure.all());
        assertEquals(2000 / figure.all() * 100, figure.spread());
        assertEquals(20, figure.rounds());
    }

    @Test
    void shouldNotSplitTheRoundOfASleepingReader() {
        acceptReadAndYield();
        accept("faultring cell " + LATE + " batch=4 pass=1 rounds=10 instructions=400000 yields=10 arrive=39000 "
                + "trigger=0 answer=0 empty=0 completions=40");
        final Figure figure = client.counted("k")
                .figure(new Design(Form.POSTED_READ, RingMode.DEFAULT, 1, false, false, true), 4).orElseThrow();
        assertNull(figure.receive());
        assertNull(figure.answer());
        assertEquals(10_000 - 1500 - 200, figure.all());
    }

    @Test
    void shouldReadARecordingOfARealKernel() {
        final CountedKernel kernel = Recorded.counted(Recorded.AS_IT_IS);
        assertEquals("7.2.12", kernel.release());
        assertTrue(kernel.version().startsWith("#1 SMP PREEMPT_DYNAMIC "), kernel::version);
        assertTrue(kernel.isRight());
        assertEquals(1537, kernel.calls().get("trigger-1"));
        assertEquals(1366, kernel.figure(Design.PLAIN_READ, 1).orElseThrow().receive());
        assertTrue(kernel.figure(POSTED, 1).orElseThrow().all() > 140_000);
        assertEquals(Figure.State.SILENT, kernel.figure(MULTISHOT, 16).orElseThrow().state());
        assertTrue(kernel.figure(ASLEEP, 1).isPresent());
        assertTrue(kernel.figure(ASLEEP, 16).isEmpty());
        assertTrue(kernel.figures().stream().filter(figure -> figure.state() == Figure.State.COUNTED)
                .allMatch(figure -> figure.spread() < 1), kernel.figures()::toString);
    }

    @Test
    void shouldHaveNoFigureWhereAPassWasWrong() {
        acceptReadAndYield();
        accept("faultring cell " + RING + " batch=4 pass=1 rounds=20 instructions=800000 yields=40 arrive=30000 "
                + "trigger=7000 answer=1200 empty=8 completions=80",
                "faultring wrong " + RING + " batch=4 pass=2 what=\"faults received: 3\"", "faultring end");
        final CountedKernel kernel = client.counted("k");
        final Figure figure = kernel.figure(POSTED, 4).orElseThrow();
        assertEquals(Figure.State.WRONG, figure.state());
        assertEquals("faults received: 3", figure.wrong());
        assertNull(figure.all());
        assertFalse(kernel.isRight());
        assertTrue(client.isComplete());
    }

    @Test
    void shouldSayHowFarItIs() {
        accept("faultring plan passes=2 cells=2");
        assertEquals(0, client.progress());
        acceptReadAndYield();
        accept("faultring silent " + RING + " batch=4 pass=1");
        assertEquals(0.5, client.progress());
        assertFalse(client.isComplete());
    }

    @Test
    void shouldKeepItsOwnLinesAndTheReasonForNone() {
        accept("BIOS", "faultring kernel release=7 version=\"#1\"", "boot: no emulator", "  ");
        assertEquals("faultring kernel release=7 version=\"#1\"\n", client.raw());
        assertEquals("boot: no emulator", client.reason());
        accept("faultring error open /dev/iommu: ENOENT", "faultring end");
        assertEquals("open /dev/iommu: ENOENT", client.reason());
        assertFalse(client.isComplete());
    }

    @Test
    void shouldRefuseFiguresWithNothingToTakeOff() {
        accept("faultring call name=yield pass=1 instructions=800",
                "faultring cell " + RING + " batch=4 pass=1 rounds=20 instructions=800000 yields=40 arrive=30000 "
                        + "trigger=7000 answer=1200 empty=8 completions=80");
        assertThrows(IllegalArgumentException.class, () -> client.counted("k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"faultring nonsense", "faultring cell form=read", "faultring plan passes=2",
        "faultring cell " + READ + " batch=4 pass=1 rounds=0 instructions=1 yields=1 arrive=1 trigger=1 answer=1 "
                + "empty=0 completions=0"})
    void shouldRefuseALineThatItCannotUnderstand(final String line) {
        final String message = assertThrows(IllegalArgumentException.class, () -> client.accept(line)).getMessage();
        assertTrue(message.startsWith("line=" + line + " (expected: "), message);
    }
}
