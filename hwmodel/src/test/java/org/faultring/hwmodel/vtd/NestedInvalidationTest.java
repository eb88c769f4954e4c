/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.HwptInvalidation;
import org.faultring.ring.kernel.InvalidationHandOver;
import org.faultring.ring.kernel.InvalidationPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalidations of a guest's page table through VT-d's queue, from the call to the hardware and back. */
class NestedInvalidationTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int PASID = VtdFixture.PASID;
    private static final int DOMAIN = 5;
    private static final int ENTRY = StageOneEntry.LENGTH_BYTES;
    private static final long PAGE = VtdFixture.PAGE;
    private static final long ALL = StageOneEntry.ALL_PAGES;

    private DriverFixture linux = new DriverFixture(0, 48, 64);
    private final NestedDomain domain = new NestedDomain(DOMAIN);
    private final ByteBuffer entries = RingMemory.allocate(100 * ENTRY);
    private final HwptInvalidation call = new HwptInvalidation();
    private InvalidationPort driver = new NestedInvalidation(linux.driver, domain);
    private InvalidationHandOver port = new InvalidationHandOver(driver);

    NestedInvalidationTest() {
        linux.bus.accesses();
    }

    private void attach() {
        domain.attachPasid(PASID);
        domain.attachDeviceTlb(FUNCTION, FUNCTION, PASID, 0);
    }

    private void put(final int index, final long address, final long pages, final int flags, final int reserved) {
        LittleEndian.putLong(entries, index * ENTRY, address);
        LittleEndian.putLong(entries, index * ENTRY + 8, pages);
        LittleEndian.putInt(entries, index * ENTRY + 16, flags);
        LittleEndian.putInt(entries, index * ENTRY + 20, reserved);
    }

    private int begin(final int type, final int entryBytes, final int count) {
        final int result = call.check(0, entries, entryBytes, count);
        return result != 0 ? result : call.begin(port, type, entries, entryBytes, count);
    }

    private int cycle() {
        linux.cycle();
        port.doWork();
        return call.poll();
    }

    private int invalidate(final int type, final int entryBytes, final int count) {
        int result = begin(type, entryBytes, count);
        for (int i = 0; i < 10_000 && result == InvalidationPort.IN_PROGRESS; i++) {
            result = cycle();
        }
        return result;
    }

    private int invalidate(final int count) {
        return invalidate(StageOneEntry.TYPE, ENTRY, count);
    }

    private long tail() {
        return linux.vtd.registers.read64(VtdRegisters.IQT) / 32;
    }

    private void assertDescriptor(final int entry, final long qw0, final long qw1) {
        final long at = (linux.vtd.registers.read64(VtdRegisters.IQA) & -4096L) + entry * 32L;
        assertEquals(Long.toHexString(qw0), Long.toHexString(linux.vtd.word(at)), "qw0 of " + entry);
        assertEquals(Long.toHexString(qw1), Long.toHexString(linux.vtd.word(at + 8)), "qw1 of " + entry);
    }

    @Test
    void shouldInvalidateTheIotlbAndWithItTheDevice() {
        attach();
        put(0, PAGE, 1, 0, 0);
        assertEquals(0, invalidate(1));
        assertEquals(1, call.handled());
        assertDescriptor(0, 0x0000_0042_0005_0036L, PAGE);
        assertDescriptor(1, DeviceTlbDescriptor.pasidQw0(FUNCTION, FUNCTION, PASID, 0), PAGE);
        // And a wait, which is polled for.
        assertEquals(3, tail());
    }

    @ParameterizedTest
    @CsvSource({"0x1000, 1, 0x1000, 0", "0x1000, 2, 0x0, 2", "0x2000, 2, 0x2000, 1", "0x7000, 4, 0x0, 4",
        "0x8000, 8, 0x8000, 3", "0x8000, 5, 0x8000, 3", "0x7f1234567000, 0x45, 0x7f1234500000, 8",
        "0x3000, 0, 0x3000, 0", "0, -1, 0, 52", "0xfffffffffffff000, 3, 0, 52"})
    void shouldCoverTheRangeWithTheSmallestPowerOfTwo(final String address, final long pages, final String start,
            final int order) {
        attach();
        put(0, Long.parseUnsignedLong(address.replace("0x", ""), 16), pages, StageOneEntry.LEAF, 0);
        assertEquals(0, invalidate(1));
        final long first = Long.decode(start.equals("0") ? "0" : start);
        assertDescriptor(0, 0x0000_0042_0005_0036L, IotlbDescriptor.qw1(first, order, IotlbDescriptor.LEAF));
        assertDescriptor(1, DeviceTlbDescriptor.pasidQw0(FUNCTION, FUNCTION, PASID, 0),
                DeviceTlbDescriptor.pasidQw1(first, order));
    }

    @Test
    void shouldFinishEachEntryBeforeTheNextOne() {
        attach();
        put(0, 0x1000, 1, 0, 0);
        put(1, 0x2000, 1, 0, 0);
        assertEquals(InvalidationPort.IN_PROGRESS, begin(StageOneEntry.TYPE, ENTRY, 2));
        assertEquals(0, tail(), "user space does not reach the driver");
        port.doWork();
        assertEquals(3, tail());
        for (int i = 0; i < 5; i++) {
            linux.driver.doWork();
            port.doWork();
        }
        assertEquals(3, tail(), "the hardware has not been there");
        assertEquals(InvalidationPort.IN_PROGRESS, call.poll());
        linux.vtd.iommu.doWork();
        linux.driver.doWork();
        port.doWork();
        assertEquals(6, tail());
        assertEquals(InvalidationPort.IN_PROGRESS, call.poll());
        assertEquals(0, cycle());
        assertEquals(2, call.handled());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2, 0, -95", "0, 1, -2, 0, -95", "0, 1, 0, 1, -95", "1, 1, 2, 0, -95", "1, 1, 0, 1, -95",
        "1, 1, 0, 0, -22", "4095, 1, 1, 0, -22", "4096, -1, 0, 0, -22", "4097, -1, 0, 0, -22"})
    void shouldStopAtABadEntryWhichNeverReachesTheHardware(final long address, final long pages, final int flags,
            final int reserved, final int result) {
        attach();
        put(0, 0x1000, 1, 0, 0);
        put(1, address, pages, flags, reserved);
        put(2, 0x2000, 1, 0, 0);
        assertEquals(result, invalidate(3));
        assertEquals(1, call.handled());
        assertEquals(3, tail());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16, 23, 25, 32, 4096})
    void shouldTakeNoOtherLength(final int entryBytes) {
        attach();
        assertEquals(-Errno.EINVAL, invalidate(StageOneEntry.TYPE, entryBytes, 1));
        assertEquals(0, call.handled());
        assertEquals(0, tail());
    }

    @Test
    void shouldAnswerWhetherTheTypeIsTakenIfThereAreNoEntries() {
        attach();
        assertEquals(0, invalidate(StageOneEntry.TYPE, ENTRY, 0));
        assertEquals(-Errno.EINVAL, invalidate(1, ENTRY, 0));
        assertEquals(-Errno.EINVAL, invalidate(1, ENTRY, 1));
        assertEquals(0, call.handled());
        assertEquals(0, tail());
    }

    @Test
    void shouldStopWhereTheEntriesEnd() {
        attach();
        for (int i = 0; i < 100; i++) {
            put(i, i * 4096L, 1, 0, 0);
        }
        assertEquals(-Errno.EFAULT, invalidate(101));
        assertEquals(100, call.handled());
    }

    @Test
    void shouldHaveNothingToDoForAPageTableThatIsAttachedToNothing() {
        put(0, 0x1000, 1, 0, 0);
        put(1, 0x1000, 1, 8, 0);
        assertEquals(-Errno.EOPNOTSUPP, invalidate(2));
        assertEquals(1, call.handled());
        assertEquals(0, tail());
    }

    @Test
    void shouldTellRequestsWithoutPasidFromThoseWith() {
        domain.attachPasid(VtdFixture.NO_PASID);
        domain.attachDeviceTlb(FUNCTION, FUNCTION, VtdFixture.NO_PASID, 3);
        put(0, 0, ALL, 0, 0);
        assertEquals(0, invalidate(1));
        assertDescriptor(0, 0x0000_0000_0005_0036L, 52);
        assertDescriptor(1, DeviceTlbDescriptor.qw0(FUNCTION, FUNCTION, 3), 0x7FFF_FFFF_FFFF_F001L);
    }

    @Test
    void shouldSubmitMoreTagsThanABatchTakesInTurn() {
        for (int i = 0; i < 40; i++) {
            domain.attachPasid(i);
        }
        put(0, 0x1000, 1, 0, 0);
        put(1, 0x2000, 1, 0, 0);
        assertEquals(0, invalidate(2));
        assertEquals(2, call.handled());
        // 16 + 1, 16 + 1, 8 + 1, twice.
        assertEquals(86, tail());
        assertDescriptor(41, IotlbDescriptor.pasidQw0(IotlbDescriptor.PASID_PAGES, DOMAIN, 0x27), 0x1000);
    }

    @Test
    void shouldKeepErrorsOfTheHardwareFromUserSpace() {
        attach();
        final List<Integer> tags = new ArrayList<>();
        linux.vtd.iommu.connectDeviceTlb(FUNCTION, (tag, pasid, body) -> tags.add(tag));
        put(0, 0x1000, 1, 0, 0);
        assertEquals(InvalidationPort.IN_PROGRESS, begin(StageOneEntry.TYPE, ENTRY, 1));
        for (int i = 0; i < 10; i++) {
            assertEquals(InvalidationPort.IN_PROGRESS, cycle());
        }
        linux.driver.removeDevice(FUNCTION);
        assertTrue(linux.vtd.iommu.timeOutInvalidations(FUNCTION));
        int result = InvalidationPort.IN_PROGRESS;
        for (int i = 0; i < 10 && result == InvalidationPort.IN_PROGRESS; i++) {
            result = cycle();
        }
        assertEquals(0, result);
        assertEquals(1, call.handled());
        assertEquals(1, tags.size());
    }

    /** The variant of 2023, and a device that answers late. */
    private ProposedInvalidation propose(final List<Integer> tags) {
        attach();
        final ProposedInvalidation proposed = new ProposedInvalidation(linux.driver, domain);
        linux.driver.reportErrorsTo(proposed);
        driver = proposed;
        port = new InvalidationHandOver(driver);
        linux.vtd.iommu.connectDeviceTlb(FUNCTION, (tag, pasid, body) -> tags.add(tag));
        return proposed;
    }

    @Test
    void shouldWriteErrorsBackAsProposedIn2023() {
        final List<Integer> tags = new ArrayList<>();
        propose(tags);
        for (int i = 0; i < 3; i++) {
            put(i, 0x1000L * i, 1, 0, 0xFF);
        }
        int result = begin(StageOneEntry.TYPE, ENTRY, 3);
        int sent = 0;
        for (int i = 0; i < 1_000 && result == InvalidationPort.IN_PROGRESS; i++) {
            if (tags.size() > sent) {
                sent = tags.size();
                if (sent == 2) {
                    // A completion that nobody asked for, before the right one.
                    linux.vtd.iommu.invalidateCompletion(FUNCTION,
                            InvalidateCompletionMessage.of(0, 1, 1 << (tags.get(1) + 7) % 32));
                    cycle();
                }
                if (sent == 3) {
                    assertTrue(linux.vtd.iommu.timeOutInvalidations(FUNCTION));
                } else {
                    linux.vtd.iommu.invalidateCompletion(FUNCTION,
                            InvalidateCompletionMessage.of(0, 1, 1 << tags.get(sent - 1)));
                }
            }
            result = cycle();
        }
        assertEquals(0, result);
        assertEquals(3, call.handled());
        assertEquals(4, sent, "the third was submitted again");
        assertEquals(0, LittleEndian.getInt(entries, 20));
        assertEquals(ProposedInvalidation.COMPLETION_ERROR, LittleEndian.getInt(entries, ENTRY + 20));
        assertEquals(ProposedInvalidation.TIME_OUT_ERROR, LittleEndian.getInt(entries, 2 * ENTRY + 20));
    }

    @Test
    void shouldIgnoreErrorsOfOthersInTheProposal() {
        final List<Integer> tags = new ArrayList<>();
        final ProposedInvalidation proposed = propose(tags);
        proposed.onError(InvalidationError.TIME_OUT, DOMAIN, FUNCTION, 0);
        put(0, 0x1000, 1, 0, 0);
        assertEquals(InvalidationPort.IN_PROGRESS, begin(StageOneEntry.TYPE, ENTRY, 1));
        cycle();
        cycle();
        proposed.onError(InvalidationError.TIME_OUT, DOMAIN + 1, FUNCTION, 0);
        proposed.onError(InvalidationError.QUEUE, DOMAIN, FUNCTION, 1);
        linux.vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1 << tags.get(0)));
        for (int i = 0; i < 10 && call.poll() == InvalidationPort.IN_PROGRESS; i++) {
            cycle();
        }
        assertEquals(0, call.poll());
        assertEquals(0, LittleEndian.getInt(entries, 20));
        assertEquals(-Errno.EINVAL, invalidate(1, ENTRY, 1));
        put(0, 0x1001, 1, 0, 0);
        assertEquals(-Errno.EINVAL, invalidate(1));
    }

    @Test
    void shouldCountWhatWasAppliedInRandomCalls() {
        attach();
        for (long seed = 1; seed <= 100; seed++) {
            final Random random = new Random(seed);
            final int count = random.nextInt(12);
            int good = 0;
            int expected = 0;
            for (int i = 0; i < count; i++) {
                final boolean isBad = random.nextInt(10) == 0;
                put(i, random.nextInt(1 << 20) * 4096L + (isBad ? 8 : 0), random.nextInt(600), random.nextInt(2), 0);
                if (isBad && expected == 0) {
                    expected = -Errno.EINVAL;
                }
                good += expected == 0 ? 1 : 0;
            }
            final long before = tail();
            assertEquals(expected, invalidate(count), "seed " + seed);
            assertEquals(good, call.handled(), "seed " + seed);
            assertEquals(3 * good, tail() - before & 127, "seed " + seed);
        }
    }

    @Test
    void shouldDrawTheEntryAsItIs() {
        final Ruler ruler = Ruler.of(StageOneEntry.class).get(0);
        assertEquals(StageOneEntry.ADDRESS_OFFSET, offset(ruler, "0", "address"));
        assertEquals(StageOneEntry.PAGES_OFFSET, offset(ruler, "8", "pages"));
        assertEquals(StageOneEntry.FLAGS_OFFSET, offset(ruler, "16", "flags"));
        assertEquals(StageOneEntry.ERROR_OFFSET, offset(ruler, "16", "error"));
        assertEquals(32, ruler.field("16", "error").width());
        assertEquals(StageOneEntry.LENGTH_BYTES, 16 + 8);
    }

    private static int offset(final Ruler ruler, final String word, final String name) {
        return Integer.parseInt(word) + ruler.field(word, name).low() / 8;
    }

    @Test
    void shouldInvalidateWithoutAllocating() {
        linux = new DriverFixture(0, 48, 64, 1 << 14, false);
        driver = new NestedInvalidation(linux.driver, domain);
        port = new InvalidationHandOver(driver);
        attach();
        for (int i = 0; i < 4; i++) {
            put(i, 0x1000L * i, i + 1, 0, i / 3);
        }
        Allocation.assertNone(() -> {
            for (int i = 0; i < 500; i++) {
                invalidate(4);
            }
        });
    }
}
