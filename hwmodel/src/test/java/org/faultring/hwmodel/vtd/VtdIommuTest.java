/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.vtd.VtdFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What concerns both queues; each has its own test. */
class VtdIommuTest {

    private final VtdFixture vtd = new VtdFixture();

    @Test
    void shouldBeginWithAllRegistersAt0ButCapabilitiesAndMasks() {
        vtd.iommu.doWork();
        for (int offset = 0; offset < VtdRegisters.LENGTH_BYTES; offset += 4) {
            final int expected = switch (offset) {
                // FRO 0x22 in 33:24, NFR 7 in 47:40.
                case 0x08 -> 0x2200_0000;
                case 0x0C -> 0x0700;
                case 0x10 -> 0x2000_0006;
                case 0x14 -> 0x0C00;
                case 0x38, 0xA0, 0xE0 -> 0x8000_0000;
                default -> 0;
            };
            assertEquals(expected, vtd.registers.read32(offset), Integer.toHexString(offset));
        }
        assertEquals(0, vtd.interrupts());
        assertSame(vtd.registers, vtd.iommu.registers());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16, 256})
    void shouldRefuseAnAutoResponseOfMoreThan4Bits(final int code) {
        final DmaMemory memory = new DmaMemory(4096);
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new VtdIommu(memory, code, new Counters().tally()));
        assertEquals("autoResponse=" + code + " (expected: 0..15)", e.getMessage());
    }

    @Test
    void shouldCarryARequestToSoftwareAndItsAnswerBack() {
        vtd.setUpRequests(4);
        vtd.setUpInvalidations(1);
        final long status = vtd.memory.allocate(4, 4);
        vtd.request(0x1A5, VtdFixture.READ | VtdFixture.LAST);
        final long qw0 = vtd.word(vtd.requestEntry(0));
        final long qw1 = vtd.word(vtd.requestEntry(0) + 8);
        vtd.prepare(PageGroupResponseDescriptor.qw0(PageRequestDescriptor.requesterId(qw0),
                PageRequestDescriptor.hasPasid(qw0), PageRequestDescriptor.pasid(qw0), 1),
                PageGroupResponseDescriptor.qw1(PageRequestMessage.groupIndex(qw1)));
        vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 2), status);
        vtd.ring();
        vtd.registers.write64(VtdRegisters.PQH, vtd.pqt());
        assertEquals(2, vtd.iommu.doWork());
        assertEquals(List.of(new Answer(0x0308, 0x42, 0x1A5, 1)), vtd.answers);
        assertEquals(2, vtd.half(status));
    }

    @Test
    void shouldAnswerAFunctionFromWithinItsRequest() {
        // A group that the hardware answers itself may be asked for again at once.
        final int[] asked = new int[1];
        vtd.setUpRequests(0);
        vtd.requests(0, 127);
        vtd.iommu.connect(0x0400, (pasid, message) -> {
            if (++asked[0] < 5) {
                vtd.iommu.pageRequest(0x0400, pasid, VtdFixture.READ | VtdFixture.LAST);
            }
        });
        vtd.iommu.pageRequest(0x0400, 1, VtdFixture.READ | VtdFixture.LAST);
        assertEquals(5, asked[0]);
        assertEquals(5, vtd.count(Counter.AUTO_ANSWERED));
    }

    @Test
    void shouldCountAnAutomaticAnswerToAFunctionThatIsNotThere() {
        vtd.iommu.pageRequest(0x0999, 1, VtdFixture.READ | VtdFixture.LAST);
        assertEquals(1, vtd.count(Counter.AUTO_ANSWERED));
        assertEquals(1, vtd.count(Counter.UNEXPECTED_RESPONSES));
    }

    /** Whatever software writes to whatever register, hardware does not break. */
    @Test
    void shouldTakeRandomRegisterTrafficWithoutAnException() {
        final int[] offsets = {VtdRegisters.GCMD, VtdRegisters.GSTS, VtdRegisters.FSTS, VtdRegisters.IQH,
            VtdRegisters.IQT, VtdRegisters.IQA, VtdRegisters.PQH, VtdRegisters.PQT, VtdRegisters.PQA,
            VtdRegisters.PRS, VtdRegisters.FECTL, VtdRegisters.IECTL, VtdRegisters.PECTL, VtdRegisters.ICS,
            VtdRegisters.IQERCD, VtdRegisters.CAP, VtdRegisters.FAULT_RECORDS, VtdRegisters.FAULT_RECORDS + 8};
        final Random random = new Random(12);
        for (int i = 0; i < 30_000; i++) {
            final int offset =
                    random.nextInt(20) == 0 ? random.nextInt(512) * 8 : offsets[random.nextInt(offsets.length)];
            final long value = switch (random.nextInt(4)) {
                case 0 -> DmaMemory.BASE_ADDRESS + random.nextInt(1 << 20);
                case 1 -> 1L << random.nextInt(64);
                case 2 -> -1;
                default -> random.nextLong();
            };
            // Software may move the queue only while nothing arrives.
            if (offset == VtdRegisters.PQA) {
                vtd.iommu.doWork();
            }
            if (random.nextBoolean() && (offset & 7) == 0) {
                vtd.registers.write64(offset, value);
            } else {
                vtd.registers.write32(offset, (int) value);
            }
            if (offset == VtdRegisters.PQA) {
                vtd.iommu.doWork();
            }
            for (int k = random.nextInt(4); k > 0; k--) {
                vtd.iommu.pageRequest(0x0308, random.nextInt(1 << 20) - 1, random.nextLong());
            }
            vtd.iommu.fault(random.nextInt(1 << 16), random.nextInt(1 << 20) - 1, random.nextLong(),
                    random.nextInt(256), random.nextLong());
            vtd.iommu.invalidateCompletion(random.nextInt(1 << 16), random.nextLong());
            vtd.iommu.timeOutInvalidations(random.nextInt(1 << 16));
            if (random.nextInt(3) == 0) {
                vtd.iommu.doWork();
            }
            vtd.answers.clear();
        }
        // And then it can be set up anew.
        vtd.registers.write32(VtdRegisters.GCMD, 0);
        vtd.registers.write32(VtdRegisters.PRS, -1);
        vtd.registers.write64(VtdRegisters.PQA, 0);
        vtd.iommu.doWork();
        vtd.setUpRequests(0);
        vtd.registers.write64(VtdRegisters.PQH, vtd.pqt());
        final long before = vtd.pqt() & 0xFE0;
        vtd.requests(0, 1);
        assertEquals(before + 0x20 & 0xFE0, vtd.pqt() & 0xFE0);
        assertEquals(List.of(), vtd.answers);
    }

    @Test
    void shouldAllocateNothing() {
        vtd.setUpRequests(0);
        vtd.setUpInvalidations(1);
        final int[] answered = new int[1];
        vtd.iommu.connect(0x0308, (pasid, message) -> answered[0]++);
        final long status = vtd.memory.allocate(4, 4);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 1_000; i++) {
                vtd.requests(i, 1);
                vtd.registers.write32(VtdRegisters.PRS, VtdRegisters.PPR);
                vtd.prepare(PageGroupResponseDescriptor.qw0(0x0308, true, 0x42, 0),
                        PageGroupResponseDescriptor.qw1(i & 511));
                vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, i), status);
                vtd.ring();
                vtd.registers.write64(VtdRegisters.PQH, vtd.pqt());
                vtd.iommu.doWork();
            }
            // And into overflow and out of it.
            vtd.requests(0, 150);
            vtd.registers.write64(VtdRegisters.PQH, vtd.pqt());
            vtd.registers.write32(VtdRegisters.PRS, VtdRegisters.PPR | VtdRegisters.PRO);
            vtd.iommu.doWork();
        });
        assertEquals(0, vtd.count(Counter.UNEXPECTED_RESPONSES));
    }
}
