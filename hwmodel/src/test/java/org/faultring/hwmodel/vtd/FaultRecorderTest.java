/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Seeds;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fault recording registers as software sees them. */
class FaultRecorderTest {

    private static final int PFO = VtdRegisters.PFO;
    private static final int REASON = FaultReason.FIRST_LEVEL_NOT_PRESENT;

    static long[] seeds() {
        return Seeds.of(20, 8);
    }

    /** An IOMMU whose fault event is not masked, and faults that are numbered by their page. */
    private static final class Recorder {

        private final VtdFixture vtd;
        private final int records;
        private final int offset;

        private Recorder(final VtdSettings settings) {
            vtd = new VtdFixture(settings);
            vtd.registers.write32(VtdRegisters.FECTL, 0);
            final long cap = vtd.registers.read64(VtdRegisters.CAP);
            records = VtdRegisters.faultRecords(cap);
            offset = VtdRegisters.faultRecordOffset(cap);
            assertEquals(settings.faultRecords(), records);
        }

        private static Recorder of(final int records) {
            return new Recorder(VtdSettings.DEFAULT.withFaultRecords(records));
        }

        private void fault(final int number) {
            vtd.iommu.fault(VtdFixture.FUNCTION, VtdFixture.PASID, (long) number << 12, REASON, FaultRecord.WRITE);
        }

        private boolean isValid(final int record) {
            return vtd.registers.read32(offset + 16 * record + 12) < 0;
        }

        private int number(final int record) {
            return (int) (vtd.registers.read64(offset + 16 * record) >>> 12);
        }

        private void clear(final int record) {
            vtd.registers.write32(offset + 16 * record + 12, 0x8000_0000);
        }

        private void assertStatus(final String step, final int fsts, final long interrupts) {
            assertEquals(Integer.toHexString(fsts), Integer.toHexString(vtd.fsts()), step);
            assertEquals(interrupts, vtd.iommu.faultInterrupt().raised().get(), step + ": interrupts");
            assertEquals(interrupts, vtd.count(Counter.EVENT_INTERRUPTS), step + ": interrupts counted");
        }
    }

    @Test
    void shouldGoThroughTheWorkedTrace() {
        final Recorder recorder = Recorder.of(4);
        recorder.fault('a');
        recorder.assertStatus("a", 0x0002, 1);
        for (char c = 'b'; c <= 'd'; c++) {
            recorder.fault(c);
        }
        recorder.assertStatus("b, c, d", 0x0002, 1);
        for (int i = 0; i < 4; i++) {
            assertEquals('a' + i, recorder.number(i));
        }
        recorder.fault('e');
        recorder.assertStatus("e", 0x0003, 1);
        recorder.fault('f');
        recorder.assertStatus("f", 0x0003, 1);
        for (int i = 0; i < 4; i++) {
            recorder.clear(i);
        }
        recorder.assertStatus("all F cleared", 0x0001, 1);
        recorder.vtd.registers.write32(VtdRegisters.FSTS, PFO);
        recorder.assertStatus("PFO cleared", 0x0000, 1);
        for (char c = 'h'; c <= 'j'; c++) {
            recorder.fault(c);
        }
        recorder.assertStatus("h, i, j", 0x0002, 2);
        for (int i = 0; i < 3; i++) {
            assertEquals('h' + i, recorder.number(i));
            recorder.clear(i);
        }
        recorder.fault('k');
        recorder.assertStatus("k", 0x0302, 3);
        assertEquals('k', recorder.number(3));
        assertEquals(8, recorder.vtd.count(Counter.EVENTS_RECORDED));
        assertEquals(2, recorder.vtd.count(Counter.EVENTS_LOST));
    }

    @Test
    void shouldLoseTheNextFaultWhilePfoIsSetThoughRecordsAreFree() {
        final Recorder recorder = Recorder.of(4);
        for (int i = 0; i < 5; i++) {
            recorder.fault(i);
        }
        for (int i = 0; i < 4; i++) {
            recorder.clear(i);
        }
        recorder.assertStatus("F cleared, PFO not", 0x0001, 1);
        recorder.fault(9);
        recorder.assertStatus("lost", 0x0001, 1);
        assertEquals(2, recorder.vtd.count(Counter.EVENTS_LOST));
        for (int i = 0; i < 4; i++) {
            assertTrue(!recorder.isValid(i));
        }
    }

    @Test
    void shouldShowTheRecordsOfTheExamples() {
        final Recorder recorder = Recorder.of(8);
        recorder.vtd.iommu.fault(0x0308, 0x42, 0x7F12_3456_7ABCL, 0x71, FaultRecord.WRITE);
        recorder.vtd.iommu.fault(0x00A0, VtdFixture.NO_PASID, 0xFEE0_0000L, 6, FaultRecord.READ);
        final int at = recorder.offset;
        assertEquals(0x0000_7F12_3456_7000L, recorder.vtd.registers.read64(at));
        assertEquals(0x8000_4271_8000_0308L, recorder.vtd.registers.read64(at + 8));
        assertEquals(0x3456_7000, recorder.vtd.registers.read32(at));
        assertEquals(0x0000_7F12, recorder.vtd.registers.read32(at + 4));
        assertEquals(0x8000_0308, recorder.vtd.registers.read32(at + 8));
        assertEquals(0x8000_4271, recorder.vtd.registers.read32(at + 12));
        assertEquals(0xFEE0_0000L, recorder.vtd.registers.read64(at + 16));
        assertEquals(0xC000_0006_0000_00A0L, recorder.vtd.registers.read64(at + 24));
        // Only F can be written, and only a 1 clears it.
        for (int word = 0; word < 4; word++) {
            recorder.vtd.registers.write32(at + 4 * word, 0x7FFF_FFFF);
        }
        recorder.vtd.registers.write32(at + 8, -1);
        assertEquals(0x8000_4271_8000_0308L, recorder.vtd.registers.read64(at + 8));
        assertEquals(0x0000_7F12_3456_7000L, recorder.vtd.registers.read64(at));
        recorder.vtd.registers.write64(at + 8, FaultRecord.F);
        assertEquals(0x0000_4271_8000_0308L, recorder.vtd.registers.read64(at + 8));
        recorder.assertStatus("one is left", 0x0002, 1);
    }

    @Test
    void shouldRecordNothingWithOneRecordUntilItIsFetched() {
        final Recorder recorder = Recorder.of(1);
        recorder.fault(1);
        recorder.assertStatus("1", 0x0002, 1);
        recorder.fault(2);
        recorder.assertStatus("2", 0x0003, 1);
        assertEquals(1, recorder.number(0));
        recorder.clear(0);
        recorder.fault(3);
        recorder.assertStatus("3", 0x0001, 1);
        recorder.vtd.registers.write32(VtdRegisters.FSTS, PFO);
        recorder.fault(4);
        recorder.assertStatus("4", 0x0002, 2);
        assertEquals(4, recorder.number(0));
    }

    @Test
    void shouldMoveFriOnlyWhenPpfGoesFrom0To1() {
        final Recorder recorder = Recorder.of(8);
        recorder.fault(0);
        recorder.fault(1);
        recorder.clear(0);
        recorder.assertStatus("0 cleared", 0x0002, 1);
        recorder.fault(2);
        recorder.vtd.iommu.doWork();
        recorder.assertStatus("2", 0x0002, 1);
        recorder.clear(1);
        recorder.clear(2);
        recorder.fault(3);
        recorder.assertStatus("3", 0x0302, 2);
    }

    @Test
    void shouldInterruptForTheFirstStatusBitOnly() {
        final Recorder recorder = Recorder.of(2);
        recorder.vtd.setUpInvalidations(0);
        recorder.vtd.submit(0, 0);
        recorder.vtd.iommu.doWork();
        recorder.assertStatus("IQE", VtdRegisters.IQE, 1);
        recorder.fault(1);
        recorder.assertStatus("IQE, then PPF", VtdRegisters.IQE | VtdRegisters.PPF, 1);
        recorder.vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
        recorder.fault(2);
        recorder.assertStatus("PPF is pending", VtdRegisters.PPF | VtdRegisters.fri(0), 1);
        recorder.vtd.iommu.doWork();
        // The descriptor is still bad, but PPF is pending.
        recorder.assertStatus("IQE again", VtdRegisters.IQE | VtdRegisters.PPF, 1);
        recorder.clear(0);
        recorder.clear(1);
        recorder.vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
        recorder.vtd.iommu.doWork();
        recorder.assertStatus("IQE alone", VtdRegisters.IQE, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 31, 32, 33, 255, 256})
    void shouldFillOverflowAndRecoverAtAnySize(final int records) {
        final Recorder recorder = Recorder.of(records);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < records; i++) {
                recorder.fault(1000 * round + i);
            }
            recorder.assertStatus("full", VtdRegisters.PPF, round + 1);
            recorder.fault(99);
            recorder.assertStatus("overflow", PFO | VtdRegisters.PPF, round + 1);
            for (int i = 0; i < records; i++) {
                assertTrue(recorder.isValid(i));
                assertEquals(1000 * round + i, recorder.number(i));
                recorder.clear(i);
            }
            recorder.vtd.registers.write32(VtdRegisters.FSTS, PFO);
            recorder.assertStatus("recovered", 0, round + 1);
        }
        assertEquals(3L * records, recorder.vtd.count(Counter.EVENTS_RECORDED));
        assertEquals(3, recorder.vtd.count(Counter.EVENTS_LOST));
    }

    @Test
    void shouldMergeByTheChosenRule() {
        final int[] recorded = new int[FaultMerging.values().length];
        for (final FaultMerging merging : FaultMerging.values()) {
            final Recorder recorder = new Recorder(VtdSettings.DEFAULT.withMerging(merging));
            recorder.fault(1);
            recorder.fault(1);
            recorder.fault(2);
            recorder.vtd.iommu.fault(0x0410, VtdFixture.NO_PASID, 1 << 12, REASON, FaultRecord.WRITE);
            recorder.clear(0);
            // What is no longer pending swallows nothing.
            recorder.fault(1);
            recorded[merging.ordinal()] = (int) recorder.vtd.count(Counter.EVENTS_RECORDED);
            assertEquals(5, recorder.vtd.count(Counter.EVENTS_RECORDED) + recorder.vtd.count(Counter.EVENTS_MERGED));
        }
        assertEquals(5, recorded[FaultMerging.NONE.ordinal()]);
        assertEquals(3, recorded[FaultMerging.SAME_SOURCE.ordinal()]);
        assertEquals(4, recorded[FaultMerging.SAME_RECORD.ordinal()]);
    }

    /** Against a queue with the same rules. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseNothingSilentlyUnderRandomAccesses(final long seed) {
        Seeds.run(seed, () -> {
            final Random random = new Random(seed);
            final int records = new int[] {1, 4, 8, 256}[random.nextInt(4)];
            final Recorder recorder = Recorder.of(records);
            final Deque<Integer> expected = new ArrayDeque<>();
            boolean isOverflowed = false;
            int read = 0;
            int lost = 0;
            for (int i = 0; i < 5_000; i++) {
                if (random.nextInt(3) > 0) {
                    recorder.fault(i);
                    if (isOverflowed || expected.size() == records) {
                        isOverflowed = true;
                        lost++;
                    } else {
                        expected.add(i);
                    }
                } else if (random.nextInt(4) == 0) {
                    recorder.vtd.registers.write32(VtdRegisters.FSTS, PFO);
                    isOverflowed = false;
                } else if (!expected.isEmpty()) {
                    assertTrue(recorder.isValid(read));
                    assertEquals(expected.remove(), recorder.number(read));
                    recorder.clear(read);
                    read = (read + 1) % records;
                }
                assertEquals(isOverflowed, (recorder.vtd.fsts() & PFO) != 0);
                assertEquals(!expected.isEmpty(), (recorder.vtd.fsts() & VtdRegisters.PPF) != 0);
            }
            assertEquals(lost, recorder.vtd.count(Counter.EVENTS_LOST));
        });
    }

    @Test
    void shouldAllocateNothing() {
        final Recorder recorder = new Recorder(VtdSettings.DEFAULT.withMerging(FaultMerging.SAME_RECORD));
        Allocation.assertNone(() -> {
            for (int i = 0; i < 1_000; i++) {
                recorder.fault(i);
                if (i % 10 == 9) {
                    for (int k = 0; k < 8; k++) {
                        recorder.clear(k);
                    }
                    recorder.vtd.registers.write32(VtdRegisters.FSTS, PFO);
                    recorder.vtd.iommu.doWork();
                }
            }
        });
    }
}
