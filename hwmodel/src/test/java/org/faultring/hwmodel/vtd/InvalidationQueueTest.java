/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.vtd.VtdFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The invalidation queue as software sees it: through the registers of the IOMMU and memory. */
class InvalidationQueueTest {

    private static final long RESPONSE = 0x0000_0042_0308_0019L;
    private static final long BAD = 0;

    private final VtdFixture vtd = new VtdFixture();

    private void submitResponse(final int index, final int code) {
        vtd.submit(PageGroupResponseDescriptor.qw0(0x0308, true, 0x42, code),
                PageGroupResponseDescriptor.qw1(index));
    }

    private void assertQueueError(final int error, final long iqh) {
        assertEquals(VtdRegisters.IQE, vtd.fsts());
        assertEquals(error, VtdRegisters.queueError(vtd.registers.read64(VtdRegisters.IQERCD)));
        assertEquals(iqh, vtd.iqh());
    }

    @Test
    void shouldCarryAPageGroupResponseToItsFunction() {
        vtd.setUpInvalidations(1);
        vtd.submit(RESPONSE, 0xD28);
        // A register write only stores.
        assertEquals(List.of(), vtd.answers);
        assertEquals(0, vtd.iqh());
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(List.of(new Answer(0x0308, 0x42, 0x1A5, 0)), vtd.answers);
        assertEquals(0x20, vtd.iqh());
        assertEquals(0x20, vtd.registers.read64(VtdRegisters.IQT));
        assertEquals(0, vtd.iommu.doWork());
        assertEquals(1, vtd.answers.size());
    }

    @Test
    void shouldFindTheRightFunctionPasidAndCode() {
        vtd.connect(0);
        vtd.connect(0xFFFF);
        vtd.setUpInvalidations(1);
        final Random random = new Random(10);
        final int[] functions = {0, 0x0308, 0xFFFF};
        final List<Answer> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final int function = functions[random.nextInt(3)];
            final int pasid = random.nextInt(1 << 20);
            final boolean hasPasid = random.nextBoolean();
            final int index = random.nextInt(512);
            final int code = random.nextInt(16);
            vtd.prepare(PageGroupResponseDescriptor.qw0(function, hasPasid, pasid, code),
                    PageGroupResponseDescriptor.qw1(index));
            expected.add(new Answer(function, hasPasid ? pasid : VtdFixture.NO_PASID, index, code));
        }
        vtd.ring();
        assertEquals(200, vtd.iommu.doWork());
        assertEquals(expected, vtd.answers);
    }

    @Test
    void shouldCountAResponseToAFunctionThatIsNotThere() {
        vtd.setUpInvalidations(1);
        vtd.prepare(PageGroupResponseDescriptor.qw0(0x0309, true, 0x42, 0), 0);
        vtd.prepare(RESPONSE, 0);
        vtd.ring();
        assertEquals(2, vtd.iommu.doWork());
        assertEquals(1, vtd.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(1, vtd.answers.size());
        assertEquals(0, vtd.fsts());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 0, 1, -1, 0x8000_0000, 0x7FFF_FFFF})
    void shouldWriteExactlyTheStatusDataOfAWait(final int data) {
        vtd.setUpInvalidations(1);
        final long status = vtd.memory.allocate(64, 64) + 20;
        vtd.putWord(status - 4, 0x1111_1111_1111_1111L);
        vtd.putWord(status + 4, 0x2222_2222_2222_2222L);
        vtd.putWord(status, 0x3333_3333_3333_3333L);
        vtd.submit(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, data), status);
        vtd.iommu.doWork();
        assertEquals(data, vtd.half(status));
        assertEquals(0x1111_1111, vtd.half(status - 4));
        assertEquals(0x3333_3333, vtd.half(status + 4));
        assertEquals(0x2222_2222, vtd.half(status + 8));
    }

    @Test
    void shouldWriteNoStatusUnlessAsked() {
        vtd.setUpInvalidations(1);
        final long status = vtd.memory.allocate(64, 64);
        // Worked example 18b: a fence; and IF, which interrupts instead.
        vtd.prepare(0x0000_0002_0000_0045L, status);
        vtd.prepare(0x0000_0002_0000_0015L, status);
        vtd.ring();
        assertEquals(2, vtd.iommu.doWork());
        assertEquals(0, vtd.word(status));
        // The other half of example 18b writes it, drain or not.
        vtd.submit(0x0000_0002_0000_00A5L, status);
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(2, vtd.word(status));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FFFCL, 0x1_0010_0000L, -4, Long.MIN_VALUE})
    void shouldGoOnAfterAStatusAddressThatItCannotReach(final long address) {
        vtd.setUpInvalidations(1);
        vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 2), address);
        vtd.prepare(RESPONSE, 0);
        vtd.ring();
        assertEquals(2, vtd.iommu.doWork());
        assertEquals(1, vtd.answers.size());
        assertEquals(0, vtd.fsts());
    }

    @Test
    void shouldWriteTheStatusAfterEverythingBeforeIsDone() {
        vtd.setUpInvalidations(1);
        final long status = vtd.memory.allocate(64, 64);
        final List<Integer> seen = new ArrayList<>();
        vtd.iommu.connect(0x0400, (pasid, message) -> seen.add(vtd.half(status)));
        final long response = PageGroupResponseDescriptor.qw0(0x0400, false, 0, 0);
        vtd.prepare(response, 0);
        vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 1), status);
        vtd.prepare(response, 0);
        vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 2), status);
        vtd.prepare(response, 0);
        vtd.ring();
        vtd.iommu.doWork();
        assertEquals(List.of(0, 1, 2), seen);
    }

    @Test
    void shouldStopAtADescriptorOfNoKnownType() {
        vtd.setUpInvalidations(1);
        final long status = vtd.memory.allocate(64, 64);
        vtd.prepare(RESPONSE, 1 << 3);
        vtd.prepare(BAD, 0);
        vtd.prepare(RESPONSE, 2 << 3);
        vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 2), status);
        vtd.ring();
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(VtdRegisters.IQE, vtd.fsts());
        assertEquals(0x20, vtd.iqh());
        assertEquals(1, vtd.answers.size());

        // Nothing moves while the bit is set, whatever software queues or mends.
        submitResponse(3, 0);
        assertEquals(0, vtd.iommu.doWork());
        vtd.writeDescriptor(1, WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 7), status);
        assertEquals(0, vtd.iommu.doWork());
        assertEquals(0x20, vtd.iqh());
        assertEquals(0, vtd.half(status));

        // Linux overwrites the bad descriptor with the wait and clears the bit: on with the same descriptor.
        vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
        assertEquals(0, vtd.fsts());
        assertEquals(4, vtd.iommu.doWork());
        assertEquals(0xA0, vtd.iqh());
        assertEquals(2, vtd.half(status));
        assertEquals(List.of(1, 2, 3), vtd.answers.stream().map(Answer::groupIndex).toList());
    }

    @Test
    void shouldStopAgainAtABadDescriptorThatIsStillThere() {
        vtd.setUpInvalidations(1);
        vtd.prepare(BAD, 0);
        vtd.prepare(RESPONSE, 0);
        vtd.ring();
        for (int i = 0; i < 3; i++) {
            assertEquals(0, vtd.iommu.doWork());
            assertEquals(VtdRegisters.IQE, vtd.fsts());
            assertEquals(0, vtd.iqh());
            vtd.registers.write32(VtdRegisters.FSTS, -1);
            assertEquals(0, vtd.fsts());
        }
        assertEquals(List.of(), vtd.answers);
    }

    @Test
    void shouldTakeEveryKnownTypeAndNoOther() {
        for (int type = 0; type < 128; type++) {
            final VtdFixture other = new VtdFixture();
            other.setUpInvalidations(0);
            other.submit(type & 0xF | (long) (type >>> 4) << 9 | (type == 9 ? 0x0308_0000L : 0), 0);
            final boolean known = type >= 1 && type <= 9;
            assertEquals(known ? 1 : 0, other.iommu.doWork(), "type " + type);
            assertEquals(known ? 0 : VtdRegisters.IQE, other.fsts(), "type " + type);
            assertEquals(known ? 0 : InvalidationError.INVALID_TYPE,
                    VtdRegisters.queueError(other.registers.read64(VtdRegisters.IQERCD)));
            assertEquals(known ? 0x20 : 0, other.iqh(), "type " + type);
            assertEquals(type == 9 ? 1 : 0, other.answers.size(), "type " + type);
        }
    }

    @Test
    void shouldStopAtAReservedBitOfAnyWord() {
        final long[] reserved0 = VtdRecords.reservedOfInvalidations(0);
        final long[] reserved1 = VtdRecords.reservedOfInvalidations(1);
        for (int type = 1; type <= 9; type++) {
            for (int bit = 0; bit < 128; bit++) {
                final long one = 1L << bit;
                final boolean isReserved = ((bit < 64 ? reserved0 : reserved1)[type] & one) != 0;
                if (!isReserved) {
                    continue;
                }
                final VtdFixture other = new VtdFixture();
                other.setUpInvalidations(0);
                other.submit(type | (bit < 64 ? one : 0), bit < 64 ? 0 : one);
                assertEquals(0, other.iommu.doWork());
                assertEquals(InvalidationError.RESERVED_FIELD,
                        VtdRegisters.queueError(other.registers.read64(VtdRegisters.IQERCD)), type + ":" + bit);
                assertEquals(0, other.iqh());
            }
        }
        for (int word = 2; word < 4; word++) {
            final VtdFixture other = new VtdFixture();
            other.setUpInvalidations(0);
            other.putWord((other.registers.read64(VtdRegisters.IQA) & -4096) + word * 8L, 1);
            other.submit(WaitDescriptor.qw0(0, 0), 0);
            other.iommu.doWork();
            assertEquals(InvalidationError.RESERVED_FIELD,
                    VtdRegisters.queueError(other.registers.read64(VtdRegisters.IQERCD)));
        }
    }

    @Test
    void shouldLeaveThePrivateDataOfAResponseAlone() {
        vtd.setUpInvalidations(0);
        final long queue = vtd.registers.read64(VtdRegisters.IQA) & -4096;
        vtd.putWord(queue + 16, -1);
        vtd.putWord(queue + 24, -1);
        vtd.submit(RESPONSE, 0xD28);
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(1, vtd.answers.size());
    }

    @Test
    void shouldStopAtATailThatIsNotAligned() {
        vtd.setUpInvalidations(0);
        vtd.prepare(RESPONSE, 0);
        vtd.registers.write64(VtdRegisters.IQT, 0x30);
        assertEquals(0, vtd.iommu.doWork());
        assertQueueError(InvalidationError.TAIL_NOT_ALIGNED, 0);
        vtd.ring();
        assertEquals(0, vtd.iommu.doWork());
        vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(0, vtd.fsts());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6})
    void shouldStopAtATailBeyondTheQueue(final int size) {
        vtd.setUpInvalidations(size);
        vtd.registers.write64(VtdRegisters.IQT, 4096L << size);
        assertEquals(0, vtd.iommu.doWork());
        assertQueueError(InvalidationError.INVALID_TAIL, 0);
        // The same tail again is the same error.
        vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
        assertEquals(0, vtd.iommu.doWork());
        assertQueueError(InvalidationError.INVALID_TAIL, 0);
    }

    /** Without scalable mode descriptors are half as long, and there are twice as many. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldGoRoundAQueueOfShortDescriptorsOfAnySize(final int size) {
        final int entries = 256 << size;
        final long queue = vtd.memory.allocate(entries * 16, 4096);
        final long status = vtd.memory.allocate(64, 64);
        vtd.registers.write64(VtdRegisters.IQA, queue | size);
        vtd.registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
        vtd.iommu.doWork();
        int slot = 0;
        for (int round = 0; round < 5; round++) {
            // As many as fit, the last of them a wait.
            for (int i = 0; i < entries - 1; i++) {
                final boolean isWait = i == entries - 2;
                vtd.putWord(queue + slot * 16L, isWait ? WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, round + 1)
                        : IotlbDescriptor.qw0(IotlbDescriptor.DOMAIN, i & 0xFFFF, 0));
                vtd.putWord(queue + slot * 16L + 8, isWait ? status : 0);
                slot = (slot + 1) % entries;
            }
            vtd.registers.write64(VtdRegisters.IQT, slot * 16L);
            int executed = 0;
            for (int cycle = 0; cycle < 1000 && executed < entries - 1; cycle++) {
                executed += vtd.iommu.doWork();
            }
            assertEquals(entries - 1, executed);
            assertEquals(round + 1, vtd.half(status));
            assertEquals(slot * 16L, vtd.iqh());
        }
        assertEquals(0, vtd.fsts());
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 9})
    void shouldNotTakeATypeOfScalableModeInAShortDescriptor(final int type) {
        final long queue = vtd.memory.allocate(4096, 4096);
        vtd.putWord(queue, type);
        vtd.registers.write64(VtdRegisters.IQA, queue);
        vtd.registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
        vtd.registers.write64(VtdRegisters.IQT, 0x10);
        assertEquals(0, vtd.iommu.doWork());
        assertQueueError(InvalidationError.INVALID_WIDTH, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldGoRoundAQueueOfAnySize(final int size) {
        vtd.setUpInvalidations(size);
        final int entries = vtd.invalidationEntries();
        assertEquals(128 << size, entries);
        final Random random = new Random(size);
        int submitted = 0;
        while (submitted < 3 * entries) {
            final int count = 1 + random.nextInt(entries - 1);
            for (int i = 0; i < count; i++) {
                vtd.prepare(RESPONSE, PageGroupResponseDescriptor.qw1(submitted + i & 511));
            }
            vtd.ring();
            int executed = 0;
            for (int cycle = 0; cycle < 1000 && executed < count; cycle++) {
                executed += vtd.iommu.doWork();
            }
            assertEquals(count, executed);
            submitted += count;
            assertEquals(vtd.registers.read64(VtdRegisters.IQT), vtd.iqh());
            assertEquals((long) submitted % entries * 32, vtd.iqh());
        }
        assertEquals(submitted, vtd.answers.size());
        for (int i = 0; i < submitted; i++) {
            assertEquals(i & 511, vtd.answers.get(i).groupIndex());
        }
    }

    @Test
    void shouldNotRunUntilItIsEnabled() {
        final long queue = vtd.memory.allocate(8192, 4096);
        vtd.putWord(queue, RESPONSE);
        vtd.registers.write64(VtdRegisters.IQA, queue | VtdRegisters.IQA_DW | 1);
        vtd.registers.write64(VtdRegisters.IQT, 0x20);
        assertEquals(0, vtd.iommu.doWork());
        assertEquals(0, vtd.registers.read32(VtdRegisters.GSTS));
        vtd.registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
        assertEquals(0, vtd.registers.read32(VtdRegisters.GSTS));
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(VtdRegisters.QIE, vtd.registers.read32(VtdRegisters.GSTS));
        assertEquals(1, vtd.answers.size());
    }

    @Test
    void shouldStandStillWhileItIsDisabled() {
        vtd.setUpInvalidations(1);
        vtd.registers.write32(VtdRegisters.GCMD, 0);
        submitResponse(1, 0);
        assertEquals(0, vtd.iommu.doWork());
        assertEquals(0, vtd.registers.read32(VtdRegisters.GSTS));
        assertEquals(List.of(), vtd.answers);
        vtd.registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(1, vtd.answers.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x1_0010_0000L, -4096, 0x1_000F_F000L, 0x8000_0001_0000_0000L})
    void shouldFailToFetchFromAQueueItCannotReach(final long address) {
        vtd.registers.write64(VtdRegisters.IQA, address | VtdRegisters.IQA_DW | 1);
        vtd.registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
        assertEquals(0, vtd.iommu.doWork());
        assertEquals(VtdRegisters.QIE, vtd.registers.read32(VtdRegisters.GSTS));
        assertEquals(0, vtd.fsts());
        vtd.registers.write64(VtdRegisters.IQT, 0x40);
        assertEquals(0, vtd.iommu.doWork());
        assertQueueError(InvalidationError.FETCH_FAILED, 0);
    }

    @Test
    void shouldKeepOnlyTheBitsThatRegistersHave() {
        vtd.registers.write64(VtdRegisters.IQT, -1);
        assertEquals(0x7FFF0, vtd.registers.read64(VtdRegisters.IQT));
        vtd.registers.write64(VtdRegisters.IQH, -1);
        assertEquals(0, vtd.iqh());
        vtd.registers.write64(VtdRegisters.IQA, -1);
        assertEquals(-4096 | 0x807, vtd.registers.read64(VtdRegisters.IQA));
        vtd.registers.write32(VtdRegisters.GSTS, -1);
        assertEquals(0, vtd.registers.read32(VtdRegisters.GSTS));
        vtd.registers.write32(VtdRegisters.FSTS, -1);
        assertEquals(0, vtd.fsts());
    }

    @Test
    void shouldTakeRandomDescriptorsWithoutAnException() {
        final Random random = new Random(11);
        vtd.connect(0);
        vtd.setUpInvalidations(0);
        // Responses are not kept: there are too many.
        vtd.iommu.connect(0x0308, (pasid, message) -> assertEquals(0x0308,
                PageGroupResponseMessage.destination(message)));
        int executed = 0;
        for (int written = 0; written < 100_000;) {
            for (int i = random.nextInt(127); i >= 0; i--, written++) {
                vtd.prepare(randomWord(random), randomWord(random));
            }
            vtd.ring();
            for (int cycle = 0; vtd.iqh() != vtd.registers.read64(VtdRegisters.IQT); cycle++) {
                assertTrue(cycle < 1_000, "the queue stands still");
                executed += vtd.iommu.doWork();
                if (vtd.fsts() != 0) {
                    final int entry = (int) vtd.iqh() / VtdFixture.DESCRIPTOR_BYTES;
                    vtd.writeDescriptor(entry, WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 2), 0);
                    vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
                }
            }
            vtd.answers.clear();
        }
        assertTrue(executed >= 100_000);
    }

    /** Any bits; often of a known type, to the known function, or an address within the memory behind the queues. */
    private static long randomWord(final Random random) {
        final long word = random.nextLong();
        return switch (random.nextInt(5)) {
            case 0 -> word & ~0xE0FL | 1 + random.nextInt(9);
            case 1 -> word & ~0xFFFF_0E0FL | 0x0308_0009L;
            case 2 -> word & ~0xE2FL | 0x25;
            case 3 -> DmaMemory.BASE_ADDRESS + (1 << 19) + random.nextInt(1 << 20);
            default -> word;
        };
    }
}
