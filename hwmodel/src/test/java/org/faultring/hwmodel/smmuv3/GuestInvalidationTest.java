/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.HwptInvalidation;
import org.faultring.ring.kernel.InvalidationHandOver;
import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.VirtualIommu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest's own commands through the host's command queue, from the call to the hardware and back. */
class GuestInvalidationTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int DEVICE = 0;
    private static final int VIRTUAL_STREAM = 0x8000_0010;
    private static final int VMID = 0x1234;
    private static final int MAX = 600;
    private static final long SYNC = 0xFC0_2046L;

    private final SmmuFixture smmu = new SmmuFixture(new Smmuv3Settings(0, 1, false, true, false, true, false, 19, 19,
            19, false, AbortReport.AT_ONCE));
    private final Smmuv3Driver driver = new Smmuv3Driver(smmu.iommu, smmu.memory,
            new Smmuv3DriverSettings(10, 3, 3, 64, 1), smmu.tally);
    private final VirtualIommu viommu = new VirtualIommu(smmu.tally);
    private final ByteBuffer entries = RingMemory.allocate(MAX * 24);
    private final HwptInvalidation call = new HwptInvalidation();
    private final InvalidationHandOver port;
    private long queue;

    GuestInvalidationTest() {
        driver.start();
        driver.addDevice(FUNCTION, DEVICE);
        viommu.addDevice(DEVICE, VIRTUAL_STREAM & 0xFFFF_FFFFL);
        port = new InvalidationHandOver(new GuestInvalidation(driver, viommu, VMID));
        smmu.iommu.doWork();
        queue = smmu.registers.read64(Smmuv3Registers.CMDQ_BASE) & ~0x1FL;
    }

    private void put(final int index, final long qw0, final long qw1) {
        LittleEndian.putLong(entries, index * 16, qw0);
        LittleEndian.putLong(entries, index * 16 + 8, qw1);
    }

    private int begin(final int entryBytes, final int count) {
        final int result = call.check(0, entries, entryBytes, count);
        return result != 0 ? result : call.begin(port, GuestInvalidation.TYPE, entries, entryBytes, count);
    }

    private int cycle() {
        port.doWork();
        smmu.iommu.doWork();
        driver.doWork();
        port.doWork();
        return call.poll();
    }

    private int invalidate(final int count) {
        return finish(begin(16, count));
    }

    private int finish(final int begun) {
        int result = begun;
        for (int i = 0; i < 10_000 && result == InvalidationPort.IN_PROGRESS; i++) {
            result = cycle();
        }
        return result;
    }

    private int producer() {
        return smmu.read(Smmuv3Registers.CMDQ_PROD);
    }

    private void assertCommand(final int entry, final long qw0, final long qw1) {
        assertEquals(Long.toHexString(qw0), Long.toHexString(smmu.word(queue + entry * 16L)), "qw0 of " + entry);
        assertEquals(Long.toHexString(qw1), Long.toHexString(smmu.word(queue + entry * 16L + 8)), "qw1 of " + entry);
    }

    private static long asid(final int asid) {
        return Command.tlbiQw0(Command.TLBI_NH_ASID, asid, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x11, 0x12, 0x13})
    void shouldForceTheMachineOfATranslationCommand(final int opcode) {
        put(0, Command.tlbiQw0(opcode, 0x77, 0xFFFF, 3, 5), 0x7F12_3456_7901L);
        assertEquals(0, invalidate(1));
        assertEquals(1, call.handled());
        assertCommand(0, Command.tlbiQw0(opcode, 0x77, VMID, 3, 5), 0x7F12_3456_7901L);
        assertCommand(1, SYNC, 0);
        assertEquals(2, producer());
    }

    @Test
    void shouldTurnEverythingIntoEverythingOfTheMachine() {
        put(0, 0xFFFF_FFFF_FFFF_FF00L | Command.TLBI_NSNH_ALL, -1);
        assertEquals(0, invalidate(1));
        assertCommand(0, Command.tlbiQw0(Command.TLBI_NH_ALL, 0, VMID, 0, 0), 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x05, 0x06})
    void shouldReplaceTheStreamOfACommand(final int opcode) {
        final CachingFunction function = new CachingFunction(smmu.iommu, FUNCTION, smmu.tally).answeringAtOnce();
        put(0, (long) VIRTUAL_STREAM << 32 | 0x42800L | opcode, 0x7F12_3456_7004L);
        assertEquals(0, invalidate(1));
        assertCommand(0, (long) FUNCTION << 32 | 0x42800L | opcode, 0x7F12_3456_7004L);
        assertEquals(opcode == 0x40 ? List.of(new Request(0x42, 0x7F12_3456_7800L)) : List.of(),
                function.takeRequests());
    }

    @Test
    void shouldTakeOnlyTheCommandsThatAGuestMayGive() {
        final List<Integer> taken = new ArrayList<>();
        for (int opcode = 0; opcode < 256; opcode++) {
            put(0, (long) VIRTUAL_STREAM << 32 | opcode, 0);
            final int before = producer();
            if (invalidate(1) == 0) {
                taken.add(opcode);
                assertEquals(1, call.handled());
            } else {
                assertEquals(-Errno.EIO, call.poll());
                assertEquals(0, call.handled());
                assertEquals(before, producer());
            }
        }
        assertEquals(List.of(0x05, 0x06, 0x10, 0x11, 0x12, 0x13, 0x30, 0x40), taken);
        assertEquals(0, smmu.read(Smmuv3Registers.GERROR));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x05, 0x06})
    void shouldRefuseAStreamThatTheGuestDoesNotHave(final int opcode) {
        put(0, asid(1), 0);
        put(1, (long) FUNCTION << 32 | opcode, 0);
        assertEquals(-Errno.EIO, invalidate(2));
        assertEquals(0, producer());
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "63, 64", "64, 66", "126, 128", "127, 130", "600, 610"})
    void shouldSendBatchesOfUpTo63WithASyncEach(final int count, final int entriesWritten) {
        for (int i = 0; i < count; i++) {
            put(i, asid(i), i);
        }
        assertEquals(0, invalidate(count));
        assertEquals(count, call.handled());
        assertEquals(entriesWritten, producer());
        for (int i = 0; i < count; i++) {
            assertCommand(i + i / 63, Command.tlbiQw0(Command.TLBI_NH_ASID, i, VMID, 0, 0), i);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "62, 0", "63, 64", "64, 64", "100, 64", "126, 128", "140, 128"})
    void shouldCountCommandsThatWereConvertedAndNotSent(final int good, final int entriesWritten) {
        for (int i = 0; i < 200; i++) {
            put(i, i == good ? Command.SYNC : asid(i), 0);
        }
        assertEquals(-Errno.EIO, invalidate(200));
        assertEquals(good, call.handled());
        assertEquals(entriesWritten, producer());
    }

    @Test
    void shouldRefuseACallWithoutEntries() {
        assertEquals(-Errno.EINVAL, invalidate(0));
        assertEquals(0, call.handled());
    }

    @Test
    void shouldRefuseAnotherTypeBeforeTheCommands() {
        put(0, Command.RESUME, 0);
        assertEquals(-Errno.EINVAL, finish(call.begin(port, 0, entries, 16, 1)));
        assertEquals(-Errno.EINVAL, finish(call.begin(port, 2, entries, 16, 1)));
        assertEquals(-Errno.EIO, invalidate(1));
    }

    @Test
    void shouldTakeLongerEntriesIfTheRestIsZeroAndShorterOnesAsZero() {
        LittleEndian.putLong(entries, 0, asid(1));
        LittleEndian.putLong(entries, 24, asid(2));
        LittleEndian.putLong(entries, 32, 9);
        assertEquals(0, finish(begin(24, 2)));
        assertCommand(0, Command.tlbiQw0(Command.TLBI_NH_ASID, 1, VMID, 0, 0), 0);
        assertCommand(1, Command.tlbiQw0(Command.TLBI_NH_ASID, 2, VMID, 0, 0), 9);
        entries.put(47, (byte) 1);
        assertEquals(-Errno.E2BIG, finish(begin(24, 2)));
        assertEquals(0, call.handled());
        assertEquals(3, producer());
        assertEquals(0, finish(begin(8, 1)));
        assertCommand(3, Command.tlbiQw0(Command.TLBI_NH_ASID, 1, VMID, 0, 0), 0);
    }

    @Test
    void shouldDoNothingIfOneEntryIsNotThere() {
        put(0, asid(1), 0);
        assertEquals(-Errno.EFAULT, invalidate(MAX * 24 / 16 + 1));
        assertEquals(0, call.handled());
        assertEquals(0, producer());
    }

    @Test
    void shouldWaitForTheHardware() {
        put(0, asid(1), 0);
        assertEquals(InvalidationPort.IN_PROGRESS, begin(16, 1));
        assertEquals(0, producer(), "user space does not reach the driver");
        for (int i = 0; i < 5; i++) {
            port.doWork();
            driver.doWork();
            assertEquals(InvalidationPort.IN_PROGRESS, call.poll());
        }
        assertEquals(2, producer());
        assertFalse(driver.isAtRest());
        assertEquals(0, cycle());
        assertTrue(driver.isAtRest());
    }

    @Test
    void shouldTakeTurnsWithTheDriversOwnInvalidation() {
        final CachingFunction function = new CachingFunction(smmu.iommu, FUNCTION, smmu.tally);
        for (long seed = 1; seed <= 50; seed++) {
            final Random random = new Random(seed);
            final int count = 1 + random.nextInt(200);
            for (int i = 0; i < count; i++) {
                put(i, asid(i), 0);
            }
            function.takeRequests();
            begin(16, count);
            int own = 0;
            for (int i = 0; i < 400; i++) {
                switch (random.nextInt(5)) {
                    case 0 -> port.doWork();
                    case 1 -> smmu.iommu.doWork();
                    case 2 -> driver.doWork();
                    case 3 -> function.doWork();
                    default -> own += driver.invalidate(DEVICE, 7, 0x42, SmmuFixture.PAGE, 1) ? 1 : 0;
                }
            }
            assertEquals(0, finish(call.poll()), "seed " + seed);
            assertEquals(count, call.handled(), "seed " + seed);
            for (int i = 0; i < 20; i++) {
                function.doWork();
                cycle();
            }
            assertTrue(driver.isAtRest(), "seed " + seed);
            assertEquals(own, function.takeRequests().size(), "seed " + seed);
            assertTrue(own > 1, "seed " + seed);
        }
    }

    @Test
    void shouldKeepErrorsOfTheHardwareFromTheGuest() {
        // A time-out of a device's cache: the host acknowledges, and the CMD_SYNC is tried again.
        smmu.iommu.connectDeviceTlb(FUNCTION, (tag, pasid, body) -> smmu.iommu.timeOutInvalidations(FUNCTION));
        put(0, (long) VIRTUAL_STREAM << 32 | Command.ATC_INV, 0);
        // A range without a size: the hardware calls it illegal, and the host overwrites it.
        put(1, Command.TLBI_NH_VA, Command.tlbiQw1(0x1000, 1, 0, 0));
        put(2, asid(3), 0);
        assertEquals(0, invalidate(3));
        assertEquals(3, call.handled());
        assertEquals(2, driver.control().errorsHandled());
        assertEquals(2, smmu.count(Counter.COMMAND_ERRORS));
        assertEquals(0, smmu.count(Counter.VIRTUAL_EVENTS));
    }

    @Test
    void shouldServeCallsOfAnyLength() {
        for (long seed = 1; seed <= 60; seed++) {
            final Random random = new Random(seed);
            final int count = 1 + random.nextInt(300);
            int bad = count;
            for (int i = 0; i < count; i++) {
                final boolean isBad = random.nextInt(200) == 0;
                put(i, isBad ? Command.RESUME : asid(i), 0);
                bad = isBad ? Math.min(bad, i) : bad;
            }
            final int before = producer();
            assertEquals(bad < count ? -Errno.EIO : 0, invalidate(count), "seed " + seed);
            assertEquals(bad, call.handled(), "seed " + seed);
            final int commands = bad == count ? count : bad / 63 * 63;
            assertEquals(commands + (commands + 62) / 63, producer() - before & 2047, "seed " + seed);
        }
    }

    @Test
    void shouldServeTheDriverThatMakesPageRequestsUsableToo() {
        final SmmuFixture other = new SmmuFixture();
        final Smmuv3PriDriver pri = new Smmuv3PriDriver(other.iommu, other.memory,
                new Smmuv3DriverSettings(7, 3, 3, 64, 1), other.tally);
        pri.start();
        other.iommu.doWork();
        final GuestInvalidation direct = new GuestInvalidation(pri, viommu, VMID);
        put(0, Command.TLBI_NSNH_ALL, 0);
        int result = call.begin(direct, GuestInvalidation.TYPE, entries, 16, 1);
        for (int i = 0; i < 10 && result == InvalidationPort.IN_PROGRESS; i++) {
            other.iommu.doWork();
            pri.doWork();
            result = call.poll();
        }
        assertEquals(0, result);
        assertEquals(1, call.handled());
        assertEquals(2, other.read(Smmuv3Registers.CMDQ_PROD));
    }

    @Test
    void shouldRefuseAMachineThatThereIsNot() {
        assertEquals("vmid=65536 (expected: 0..65535)", assertThrows(IllegalArgumentException.class,
                () -> new GuestInvalidation(driver, viommu, 1 << 16)).getMessage());
    }

    @Test
    void shouldInvalidateWithoutAllocating() {
        for (int i = 0; i < 130; i++) {
            put(i, i % 3 == 0 ? (long) VIRTUAL_STREAM << 32 | Command.CFGI_CD : asid(i), 0);
        }
        Allocation.assertNone(() -> {
            for (int i = 0; i < 100; i++) {
                invalidate(130);
            }
        });
    }
}
