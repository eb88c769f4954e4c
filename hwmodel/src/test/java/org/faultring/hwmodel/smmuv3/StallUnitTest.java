/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.faultring.hwmodel.iommu.TransactionOutcome.ABORT;
import static org.faultring.hwmodel.iommu.TransactionOutcome.RETRY;
import static org.faultring.hwmodel.iommu.TransactionOutcome.TERMINATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.faultring.hwmodel.smmuv3.SmmuFixture.Ended;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stalls, from the transaction to the command that ends it. */
class StallUnitTest {

    private static final int MASTER = SmmuFixture.MASTER;

    private SmmuFixture smmu = of(Smmuv3Settings.DEFAULT);

    private static SmmuFixture of(final Smmuv3Settings settings) {
        return new SmmuFixture(settings).setUpEvents(6).setUpCommands(6);
    }

    private void resume(final int streamId, final int tag, final long action) {
        smmu.submit(Command.resumeQw0(streamId, action), Command.resumeQw1(tag));
    }

    private int recorded() {
        return smmu.read(Smmuv3Registers.EVENTQ_PROD);
    }

    @Test
    void shouldEndAStallAsTheCommandSays() {
        for (int tag = 0; tag < 4; tag++) {
            smmu.stall(tag);
        }
        resume(MASTER, 0, Command.RESUME_RETRY);
        resume(MASTER, 1, Command.RESUME_RETRY | Command.RESUME_ABORT);
        resume(MASTER, 2, Command.RESUME_TERMINATE);
        resume(MASTER, 3, Command.RESUME_ABORT);
        assertEquals(List.of(new Ended(0, RETRY), new Ended(1, RETRY), new Ended(2, TERMINATE), new Ended(3, ABORT)),
                smmu.takeEnded());
        assertEquals(0, smmu.iommu.stalled());
    }

    @Test
    void shouldAbortWhatIsTerminatedOnAPartThatCannotTerminate() {
        smmu = of(new Smmuv3Settings(0, 8, true, true, false, true, true, 19, 19, 19, false, AbortReport.AT_ONCE));
        assertEquals(Smmuv3Registers.IDR0_TERM_MODEL, smmu.read(Smmuv3Registers.IDR0) & 1 << 26);
        smmu.stall(0);
        smmu.stall(1);
        resume(MASTER, 0, Command.RESUME_TERMINATE);
        smmu.submit(Command.stallTerm(MASTER), 0);
        assertEquals(List.of(new Ended(0, ABORT), new Ended(1, ABORT)), smmu.takeEnded());
    }

    @Test
    void shouldIgnoreACommandThatMatchesNothing() {
        smmu.stall(1);
        resume(MASTER, 2, Command.RESUME_RETRY);
        resume(MASTER, 0xFFFF, Command.RESUME_RETRY);
        resume(MASTER + 1, 1, Command.RESUME_RETRY);
        resume(0x12340000 | MASTER, 1, Command.RESUME_RETRY);
        smmu.submit(Command.stallTerm(MASTER + 1), 0);
        smmu.submit(Command.stallTerm(0x12340000 | MASTER), 0);
        assertEquals(List.of(), smmu.takeEnded());
        assertEquals(0, smmu.read(Smmuv3Registers.GERROR));
        assertEquals(4, smmu.count(Counter.UNEXPECTED_RESPONSES));
        resume(MASTER, 1, Command.RESUME_RETRY);
        resume(MASTER, 1, Command.RESUME_RETRY);
        assertEquals(1, smmu.takeEnded().size());
        assertEquals(5, smmu.count(Counter.UNEXPECTED_RESPONSES));
    }

    @Test
    void shouldRecordATransactionAnewThatMissesAgain() {
        smmu.stall(5);
        resume(MASTER, 5, Command.RESUME_RETRY);
        smmu.stall(5);
        assertEquals(2, recorded());
        assertEquals(smmu.word(smmu.eventQueue + 8), smmu.word(smmu.eventQueue + 40));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void shouldShareTheLimitAmongAllMasters(final int max) {
        smmu = of(Smmuv3Settings.DEFAULT.withStallMax(max));
        assertEquals(max, smmu.read(Smmuv3Registers.IDR5) >>> 16);
        smmu.connectMaster(0x0500, 8);
        for (int tag = 0; tag < 4; tag++) {
            smmu.stall(tag);
            smmu.iommu.transaction(0x0500, 1, 0x1000, TransactionPort.READ, tag);
        }
        assertEquals(max, smmu.iommu.stalled());
        assertEquals(8 - max, smmu.iommu.waiting());
        assertEquals(max, recorded());
        for (int i = 0; i < 8; i++) {
            // In the order in which they came.
            resume((i & 1) == 0 ? MASTER : 0x0500, i / 2, Command.RESUME_RETRY);
            assertEquals(1, smmu.takeEnded().size());
            assertEquals(Math.min(8, max + i + 1), recorded());
            assertEquals(Math.min(max, 7 - i), smmu.iommu.stalled());
        }
        assertEquals(0, smmu.iommu.waiting());
    }

    @Test
    void shouldTerminateEveryStallOfAStreamWhetherRecordedOrNot() {
        smmu = new SmmuFixture(Smmuv3Settings.DEFAULT.withStallMax(3)).setUpEvents(1).setUpCommands(6);
        smmu.connectMaster(0x0500, 8);
        for (int tag = 0; tag < 5; tag++) {
            smmu.stall(tag);
        }
        smmu.iommu.transaction(0x0500, 1, 0x1000, TransactionPort.READ, 0);
        assertEquals(3, smmu.iommu.stalled());
        assertEquals(1, smmu.iommu.heldBack());
        assertEquals(3, smmu.iommu.waiting());
        smmu.submit(Command.stallTerm(MASTER), 0);
        assertEquals(5, smmu.ended.size());
        smmu.ended.forEach(ended -> assertEquals(TERMINATE, ended.outcome()));
        assertEquals(1, smmu.iommu.stalled());
        smmu.write(Smmuv3Registers.EVENTQ_CONS, 2);
        smmu.iommu.doWork();
        assertEquals(3, recorded());
        assertEquals(0x0500, smmu.word(smmu.eventQueue) >>> 32);
    }

    @Test
    void shouldTerminateAtOnceWhatDoesNotStall() {
        smmu.iommu.streams().set(MASTER, StreamTable.VALID | StreamTable.RECORD | StreamTable.ABORT);
        smmu.stall(1);
        smmu.iommu.streams().set(MASTER, StreamTable.VALID | StreamTable.RECORD);
        smmu.stall(2);
        smmu.iommu.streams().set(MASTER, StreamTable.VALID);
        smmu.stall(3);
        assertEquals(List.of(new Ended(1, ABORT), new Ended(2, TERMINATE), new Ended(3, TERMINATE)), smmu.takeEnded());
        assertEquals(2, recorded());
        assertEquals(0x0000020000000000L, smmu.word(smmu.eventQueue + 8));
        assertEquals(3, smmu.count(Counter.AUTO_ANSWERED));
        smmu.iommu.streams().set(MASTER, 0);
        smmu.stall(4);
        assertEquals(List.of(new Ended(4, ABORT)), smmu.takeEnded());
        assertEquals(EventRecord.C_BAD_STE, EventRecord.id(smmu.word(smmu.eventQueue + 64)));
    }

    @Test
    void shouldHaveNoStallsOnAPartWithoutThem() {
        smmu = of(Smmuv3Settings.DEFAULT.withStallModel(Smmuv3Settings.TERMINATE_ONLY));
        smmu.stall(1);
        assertEquals(List.of(new Ended(1, ABORT)), smmu.takeEnded());
        resume(MASTER, 1, Command.RESUME_RETRY);
        assertEquals(Smmuv3Registers.CERROR_ILL, smmu.cerror());
        smmu.writeCommand(0, Command.stallTerm(MASTER), 0);
        smmu.acknowledgeErrors();
        smmu.iommu.doWork();
        assertEquals(Smmuv3Registers.CERROR_ILL, smmu.cerror());
        assertEquals(2, smmu.count(Counter.COMMAND_ERRORS));
    }

    @Test
    void shouldStallEverythingOnAPartThatForcesIt() {
        smmu = of(Smmuv3Settings.DEFAULT.withStallModel(Smmuv3Settings.STALL_FORCED));
        smmu.iommu.streams().set(MASTER, StreamTable.VALID);
        smmu.stall(1);
        assertEquals(1, smmu.iommu.stalled());
    }

    @Test
    void shouldEndAllStallsWhenSwitchedOff() {
        smmu.stall(1);
        smmu.stall(2);
        smmu.control(0);
        assertEquals(List.of(new Ended(1, ABORT), new Ended(2, ABORT)), smmu.takeEnded());
        assertEquals(0, smmu.iommu.stalled());
        smmu.stall(1);
        assertEquals(List.of(new Ended(1, ABORT)), smmu.takeEnded());
    }

    @Test
    void shouldRefuseATagThatIsNotFree() {
        smmu.stall(1);
        for (final int tag : new int[] {-1, 1, 64}) {
            assertEquals("tag=" + tag + " (expected: 0..63 of stream 1040, and not in use)",
                    assertThrows(IllegalArgumentException.class, () -> smmu.stall(tag)).getMessage());
        }
        assertThrows(IllegalArgumentException.class,
                () -> smmu.iommu.transaction(0x999, 1, 0, TransactionPort.READ, 0));
        assertThrows(IllegalStateException.class, () -> smmu.connectMaster(MASTER, 1));
        assertThrows(IllegalArgumentException.class, () -> smmu.connectMaster(0x777, 0));
    }

    @Test
    void shouldGiveTagsOfSixteenBits() {
        smmu.connectMaster(0x0600, 1 << 16);
        smmu.iommu.transaction(0x0600, 1, 0x1000, TransactionPort.READ, 0xFFFF);
        assertEquals(0xFFFF, EventRecord.stallTag(smmu.word(smmu.eventQueue + 8)));
        resume(0x0600, 0xFFFF, Command.RESUME_RETRY);
        assertEquals(List.of(new Ended(0xFFFF, RETRY)), smmu.takeEnded());
    }

    static long[] seeds() {
        return Seeds.of(77, 100);
    }

    /** Any order of transactions, room in the event queue, answers and terminations: none is lost, none comes twice. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEndEachTransactionOnce(final long seed) {
        Seeds.run(seed, () -> run(new Random(seed)));
    }

    private void run(final Random random) {
        final int log2Events = random.nextInt(4);
        smmu = new SmmuFixture(Smmuv3Settings.DEFAULT.withStallMax(1 + random.nextInt(20))).setUpEvents(log2Events)
                .setUpCommands(6);
        final boolean[] inFlight = new boolean[64];
        final List<Integer> known = new ArrayList<>();
        int consumer = 0;
        int begun = 0;
        int ended = 0;
        for (int step = 0; step < 2000; step++) {
            final int tag = random.nextInt(64);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3:
                    if (!inFlight[tag]) {
                        inFlight[tag] = true;
                        begun++;
                        smmu.stall(tag);
                    }
                    break;
                case 4, 5, 6:
                    if (consumer != recorded()) {
                        known.add(EventRecord.stallTag(
                                smmu.word(smmu.eventQueue + (consumer & (1 << log2Events) - 1) * 32L + 8)));
                        consumer = consumer + 1 & (2 << log2Events) - 1;
                        smmu.write(Smmuv3Registers.EVENTQ_CONS, consumer);
                    }
                    break;
                case 7, 8, 9:
                    if (!known.isEmpty()) {
                        resume(MASTER, known.remove(random.nextInt(known.size())), Command.RESUME_RETRY);
                    }
                    break;
                case 10:
                    if (random.nextInt(20) == 0) {
                        smmu.submit(Command.stallTerm(MASTER), 0);
                    }
                    break;
                default:
                    smmu.iommu.doWork();
            }
            for (final Ended each : smmu.takeEnded()) {
                assertEquals(true, inFlight[each.tag()], "ended twice");
                inFlight[each.tag()] = false;
                ended++;
            }
            assertEquals(begun - ended, smmu.iommu.stalled() + smmu.iommu.waiting());
        }
        smmu.submit(Command.stallTerm(MASTER), 0);
        assertEquals(begun, ended + smmu.takeEnded().size());
        assertEquals(0, smmu.iommu.stalled() + smmu.iommu.waiting() + smmu.iommu.heldBack());
        assertEquals(0, smmu.count(Counter.EVENT_OVERFLOWS));
    }
}
