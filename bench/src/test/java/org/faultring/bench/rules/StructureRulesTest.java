/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

import org.faultring.bench.linux.LinuxIommufd;
import org.faultring.bench.linux.Syscalls;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every ioctl says to a structure of another length, and to fields that must be 0: on Linux alone. */
class StructureRulesTest extends RulesContract {

    private static final int IOAS_ALLOC = 0x3B81;
    private static final int HWPT_ALLOC = 0x3B89;
    private static final int HWPT_INVALIDATE = 0x3B8D;
    private static final int FAULT_QUEUE_ALLOC = 0x3B8E;
    private static final int TEST_CMD = 0x3BA0;

    private final Syscalls calls = new Syscalls();
    private final MemorySegment argument = Arena.ofAuto().allocate(4096, 8);

    @BeforeEach
    void needIoctls() {
        onLinuxAlone("the model has no ioctls");
    }

    private int call(final int request, final int bytes) {
        argument.set(ValueLayout.JAVA_INT, 0, bytes);
        return calls.ioctl(((LinuxIommufd) iommufd).descriptor(), request, argument.address());
    }

    private StructureRulesTest put(final int offset, final int value) {
        argument.set(ValueLayout.JAVA_INT, offset, value);
        return this;
    }

    @Test
    void shouldNotKnowANumber() {
        assertFails(Errno.ENOTTY, call(0x3B7F, 8));
        assertFails(Errno.ENOTTY, call(0x3BFF, 8));
        assertFails(Errno.ENOTTY, call(0x1234, 8));
    }

    @Test
    void shouldNeedMemory() {
        assertFails(Errno.EFAULT, calls.ioctl(((LinuxIommufd) iommufd).descriptor(), IOAS_ALLOC, 8));
    }

    /** The shortest structure taken is one word longer than the longest refused. */
    @ParameterizedTest(name = "ioctl {0}, at least {1} bytes")
    @CsvSource({"0x3B80, 8", "0x3B81, 12", "0x3B89, 24", "0x3B8D, 32", "0x3B8E, 16", "0x3B90, 24", "0x3B91, 24",
        "0x3B93, 28", "0x3BA0, 68"})
    void shouldRefuseAStructureThatIsTooShort(final int request, final int least) {
        assertFails(Errno.EINVAL, call(request, 0));
        assertFails(Errno.EINVAL, call(request, least - 1));
        put(4, -1);
        assertTrue(call(request, least) != -Errno.EINVAL, "taken as a structure, and refused for what is in it");
    }

    @ParameterizedTest(name = "ioctl {0}, {1} bytes")
    @CsvSource({"0x3B80, 8", "0x3B81, 12", "0x3B89, 48", "0x3B8D, 32", "0x3B8E, 16", "0x3B90, 40", "0x3B91, 24",
        "0x3B93, 32", "0x3BA0, 72"})
    void shouldRefuseWhatItDoesNotKnowBehindTheStructure(final int request, final int bytes) {
        put(4, -1).put(bytes, 1);
        assertFails(Errno.E2BIG, call(request, bytes + 4));
        put(bytes, 0);
        assertTrue(call(request, bytes + 4) != -Errno.E2BIG);
    }

    @Test
    void shouldTakeALongerStructureThatEndsInZeros() {
        assertEquals(0, call(FAULT_QUEUE_ALLOC, 64));
        assertEquals(2, argument.get(ValueLayout.JAVA_INT, 8));
        assertEquals(0, calls.close(argument.get(ValueLayout.JAVA_INT, 12)));
    }

    @Test
    void shouldRefuseReservedFields() {
        final MockDevice device = device();
        put(8, device.deviceId()).put(12, addressSpace).put(20, 1);
        assertFails(Errno.EOPNOTSUPP, call(HWPT_ALLOC, 48));
        final int nested = nestedPageTable(device, faultQueue(), 0);
        argument.fill((byte) 0);
        put(4, nested).put(16, Iommufd.INVALIDATE_SELFTEST).put(24, 5).put(28, 1);
        assertFails(Errno.EOPNOTSUPP, call(HWPT_INVALIDATE, 32));
        assertEquals(0, argument.get(ValueLayout.JAVA_INT, 24), "entry_num");
    }

    @Test
    void shouldNotLookAtTheLastWordOfAPageTablesAllocation() {
        final MockDevice device = device();
        put(8, device.deviceId()).put(12, addressSpace).put(44, 1);
        assertEquals(0, call(HWPT_ALLOC, 48));
    }

    @Test
    void shouldRefuseALengthOfDataWithoutDataAndDataWithoutALength() {
        final MockDevice device = device();
        put(8, device.deviceId()).put(12, addressSpace).put(28, 8);
        assertFails(Errno.EINVAL, call(HWPT_ALLOC, 48));
        put(24, Iommufd.DATA_SELFTEST).put(28, 0);
        assertFails(Errno.EINVAL, call(HWPT_ALLOC, 48));
    }

    @Test
    void shouldRefuseFlagsOfAnAddressSpace() {
        put(4, 1);
        assertFails(Errno.EOPNOTSUPP, call(IOAS_ALLOC, 12));
    }

    @Test
    void shouldNotKnowAnOperationOfTheSelfTest() {
        put(4, 0);
        assertFails(Errno.EOPNOTSUPP, call(TEST_CMD, 72));
        put(4, 1000);
        assertFails(Errno.EOPNOTSUPP, call(TEST_CMD, 72));
    }

    @Test
    void shouldFailTheSecondTimeOnTheReservedPasid() {
        final MockDevice device = device(addressSpace, MockDevices.DEVICE_PASID);
        final FaultQueue queue = faultQueue();
        ok(mocks.replace(device, pageTable(device, queue, Iommufd.PASID)));
        final int table = pageTable(device, queue, Iommufd.PASID);
        ok(mocks.pasidAttach(device, 1024, table));
        raiseWithPasid(device, 1024, 1);
        assertFails(Errno.ENOMEM, mocks.pasidReplace(device, 1024, pageTable(device, queue, Iommufd.PASID)));
        assertEquals(List.of(1), queue.drain(), "a replacement that fails answers nothing");
        ok(mocks.pasidDetach(device, 1024));
    }
}
