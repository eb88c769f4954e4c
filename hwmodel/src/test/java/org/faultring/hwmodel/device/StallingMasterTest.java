/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.iommu.TransactionOutcome;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StallingMasterTest {

    private static final int STREAM = 0x0410;
    private static final long START_NANOS = 77_000;

    private record Sent(int pasid, long address, int access, int tag) {}

    private final ManualClock clock = new ManualClock(START_NANOS);
    private final StageTimes stages = new StageTimes(1);
    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Long> observed = new ArrayList<>();
    private TransactionPort reaction = (streamId, pasid, address, access, tag) -> {};
    private SharedPageTable pageTable;
    private StallingMaster master;

    private void create(final Workload workload, final int maxInFlight, final long laps, final int sampleEvery,
            final int perTurn, final RaiseSchedule schedule) {
        create(workload, maxInFlight, new DeviceSettings(STREAM, 1, laps, sampleEvery, perTurn), schedule);
    }

    private void create(final Workload workload, final int maxInFlight, final DeviceSettings settings,
            final RaiseSchedule schedule) {
        pageTable = new SharedPageTable(workload.trace().distinctPages());
        master = new StallingMaster(settings, maxInFlight,
                (streamId, pasid, address, access, tag) -> {
                    assertEquals(STREAM, streamId);
                    sent.add(new Sent(pasid, address, access, tag));
                    reaction.transaction(streamId, pasid, address, access, tag);
                }, workload, schedule, pageTable, stages, clock, tally,
                row -> observed.add(stages.nanos(row, Stage.RAISED)));
    }

    private void create(final Workload workload, final int maxInFlight) {
        create(workload, maxInFlight, 1, 1, 512, RaiseSchedules.closedLoop());
    }

    private List<Sent> turn() {
        master.doWork();
        final List<Sent> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    private void map(final Sent each) {
        assertTrue(pageTable.map(each.pasid(), each.address()));
    }

    private long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    @Test
    void shouldAskForExecutionAndPrivilegeWhereItIsSetTo() {
        final DeviceSettings settings = new DeviceSettings(STREAM, 1, 1, 1, 512);
        create(new Faults().touch(0, Faults.page(1), false).single(), 4,
                settings.withRequested(PasidPrefix.EXECUTE_REQUESTED), RaiseSchedules.closedLoop());
        assertEquals(TransactionPort.READ | TransactionPort.EXECUTE, turn().get(0).access());
        create(new Faults().touch(0, Faults.page(1), true).single(), 4,
                settings.withRequested(PasidPrefix.PRIVILEGED_MODE_REQUESTED), RaiseSchedules.closedLoop());
        assertEquals(TransactionPort.PRIVILEGED, turn().get(0).access() & ~3);
    }

    @Test
    void shouldRaiseEachFaultByItselfAsFarAsItHasTags() {
        create(new Faults().touch(0, Faults.page(0), false).touch(0, Faults.page(1), true).run(2, 6).grouped(), 3);
        assertEquals(List.of(new Sent(1, Faults.page(0), TransactionPort.READ, 0),
                new Sent(1, Faults.page(1), TransactionPort.WRITE, 1),
                new Sent(1, Faults.page(2), TransactionPort.READ, 2)), turn());
        assertEquals(List.of(), turn());
        assertEquals(3, master.outstanding());
        master.transactionEnded(1, TransactionOutcome.ABORT);
        assertEquals(List.of(new Sent(1, Faults.page(3), TransactionPort.READ, 1)), turn());
        assertEquals(4, count(Counter.REQUESTS));
        assertEquals(4, count(Counter.FAULTS_RAISED));
    }

    @Test
    void shouldTranslateAgainWhenItRetries() {
        create(new Faults().run(0, 3).single(), 2);
        final List<Sent> first = turn();
        map(first.get(0));
        master.transactionEnded(0, TransactionOutcome.RETRY);
        master.transactionEnded(1, TransactionOutcome.RETRY);
        assertEquals(1, count(Counter.FAULTS_RESOLVED));
        // What misses again comes before new work, which waits until it is out.
        assertEquals(List.of(Faults.page(1), Faults.page(2)), turn().stream().map(Sent::address).toList());
        assertEquals(1, count(Counter.RETRIES));
        assertEquals(4, count(Counter.REQUESTS));
    }

    @Test
    void shouldCountAnErrorForWhatIsAbortedOrTerminated() {
        create(new Faults().run(0, 2).single(), 2);
        turn();
        master.transactionEnded(0, TransactionOutcome.ABORT);
        master.transactionEnded(1, TransactionOutcome.TERMINATE);
        assertFalse(master.isFinished());
        turn();
        assertTrue(master.isFinished());
        assertEquals(2, count(Counter.FAULTS_FAILED));
        assertEquals(2, count(Counter.CREDITS_RETURNED));
    }

    @Test
    void shouldRaiseNoMoreThanATurnAllows() {
        create(new Faults().run(0, 9).single(), 8, 2, 1, 2, RaiseSchedules.closedLoop());
        assertEquals(2, turn().size());
        assertEquals(2, turn().size());
    }

    @Test
    void shouldRaiseWhenItIsDue() {
        create(new Faults().run(0, 3).single(), 8, 1, 1, 8, (lap, group) -> group * 100L);
        assertEquals(1, turn().size());
        clock.advance(100);
        assertEquals(1, turn().size());
        clock.advance(99);
        assertEquals(0, turn().size());
        clock.advance(1);
        assertEquals(1, turn().size());
    }

    @Test
    void shouldStampSampledFaultsFromTheIntendedMoment() {
        create(new Faults().run(0, 4).single(), 8, 1, 2, 8, (lap, group) -> 10 * group);
        clock.advance(-START_NANOS);
        master.doWork();
        clock.advance(1000);
        final List<Sent> all = turn();
        assertEquals(4, all.size());
        assertTrue(stages.isSampled(stages.row(1, 0)));
        assertFalse(stages.isSampled(stages.row(1, 1)));
        all.forEach(this::map);
        all.forEach(each -> master.transactionEnded(each.tag(), TransactionOutcome.RETRY));
        assertEquals(List.of(0L, 20L), observed);
    }

    @Test
    void shouldTakeAnOutcomeFromWithinTheCall() {
        create(new Faults().run(0, 6).single(), 1);
        reaction = (streamId, pasid, address, access, tag) -> {
            pageTable.map(pasid, address);
            master.transactionEnded(tag, TransactionOutcome.RETRY);
        };
        assertEquals(6, turn().size());
        turn();
        assertTrue(master.isFinished());
        assertEquals(6, count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldStopRaising() {
        create(new Faults().run(0, 6).single(), 2, 0, 1, 8, RaiseSchedules.closedLoop());
        turn();
        master.stopRaising();
        master.transactionEnded(0, TransactionOutcome.RETRY);
        assertEquals(1, turn().size());
        master.transactionEnded(0, TransactionOutcome.ABORT);
        master.transactionEnded(1, TransactionOutcome.ABORT);
        clock.advance(500);
        turn();
        assertTrue(master.isFinished());
        clock.advance(500);
        assertEquals(500, master.activeNanos());
    }

    @Test
    void shouldRefuseMoreTagsThanThereAreRows() {
        assertEquals("maxInFlight=513 (expected: 1..512)", assertThrows(IllegalArgumentException.class,
                () -> create(new Faults().run(0, 1).single(), 513)).getMessage());
    }

    @Test
    void shouldAllocateNothing() {
        create(new Faults().run(0, 64).single(), 32, 0, 1, 8, RaiseSchedules.closedLoop());
        final StallingMaster[] self = new StallingMaster[1];
        final SharedPageTable table = new SharedPageTable(64);
        self[0] = new StallingMaster(new DeviceSettings(STREAM, 1, 0, 3, 16), 32,
                (streamId, pasid, address, access, tag) -> {
                    if ((tag & 1) == 0) {
                        table.map(pasid, address);
                    }
                    self[0].transactionEnded(tag, TransactionOutcome.RETRY);
                }, new Faults().run(0, 64).single(), RaiseSchedules.closedLoop(), table, stages, clock, tally,
                row -> {});
        Allocation.assertNone(() -> {
            for (int i = 0; i < 2000; i++) {
                self[0].doWork();
            }
        });
    }

    static long[] seeds() {
        return Seeds.of(2_027, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBringEveryFaultToAnEnd(final long seed) {
        Seeds.run(seed, () -> runToTheEnd(seed));
    }

    private void runToTheEnd(final long seed) {
        final Random random = new Random(seed);
        final Workload workload = new Faults()
                .random(seed, 1 + random.nextInt(400), 1 + random.nextInt(3), 1 + random.nextInt(100)).grouped();
        final int maxInFlight = 1 + random.nextInt(random.nextBoolean() ? 4 : 512);
        final int laps = 1 + random.nextInt(3);
        create(workload, maxInFlight, laps, 1 + random.nextInt(3), 1 + random.nextInt(64),
                RaiseSchedules.closedLoop());
        final TreeMap<Integer, Sent> stalled = new TreeMap<>();
        for (int step = 0; !master.isFinished(); step++) {
            assertTrue(step < 1_000_000, "the master does not finish");
            for (final Sent each : turn()) {
                assertEquals(null, stalled.put(each.tag(), each), "a tag in use");
            }
            assertTrue(stalled.size() <= maxInFlight);
            assertEquals(stalled.size(), master.outstanding());
            while (!stalled.isEmpty() && random.nextInt(4) != 0) {
                final Integer tag = List.copyOf(stalled.keySet()).get(random.nextInt(stalled.size()));
                if (random.nextInt(3) != 0) {
                    map(stalled.get(tag));
                }
                stalled.remove(tag);
                master.transactionEnded(tag, TransactionOutcome.values()[random.nextInt(8) == 0 ? random.nextInt(3)
                        : 0]);
            }
        }
        final long faults = (long) workload.faults() * laps;
        assertEquals(faults, count(Counter.FAULTS_RAISED));
        assertEquals(faults, count(Counter.FAULTS_RESOLVED) + count(Counter.FAULTS_FAILED));
        assertEquals(count(Counter.REQUESTS), faults + count(Counter.RETRIES));
        assertEquals(count(Counter.REQUESTS), count(Counter.CREDITS_RETURNED));
    }
}
