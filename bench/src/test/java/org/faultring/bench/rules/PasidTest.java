/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PASID has an attachment of its own, with its own page table and fault object. */
class PasidTest extends RulesContract {

    private static final int PASID = 100;

    private FaultQueue ridQueue;
    private FaultQueue pasidQueue;
    private MockDevice device;
    private int pasidTable;

    /** A device whose faults without PASID go to one queue; the page table for PASIDs has the other. */
    @BeforeEach
    void attach() {
        ridQueue = faultQueue();
        pasidQueue = faultQueue();
        device = device(addressSpace, MockDevices.DEVICE_PASID);
        ok(mocks.replace(device, pageTable(device, ridQueue, Iommufd.PASID)));
        pasidTable = pageTable(device, pasidQueue, Iommufd.PASID);
    }

    @Test
    void shouldSendFaultsOfThePasidToItsOwnFaultObject() {
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        raiseWithPasid(device, PASID, 1);
        raise(device, 2);
        assertEquals(1, pasidQueue.readOne().groupIndex());
        assertEquals(PASID, pasidQueue.record(0).pasid());
        assertEquals(PageFaultFlyweight.LAST_PAGE | PageFaultFlyweight.PASID_VALID, pasidQueue.record(0).flags());
        assertEquals(device.deviceId(), pasidQueue.record(0).deviceId());
        assertEquals(List.of(2), ridQueue.drain());
    }

    @Test
    void shouldDropFaultsOfAPasidThatIsNotAttached() {
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        assertEquals(0, mocks.triggerFault(device.deviceId(), PASID + 1, 1, READ, ADDRESS));
        assertEquals(List.of(), pasidQueue.drain());
        assertEquals(List.of(), ridQueue.drain());
    }

    @Test
    void shouldAnswerTheGroupsOfADetachedPasidAlone() {
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        ok(mocks.pasidAttach(device, PASID + 1, pasidTable));
        raiseWithPasid(device, PASID, 1);
        raiseWithPasid(device, PASID + 1, 2);
        raiseWithPasid(device, PASID, 3);
        raiseWithPasid(device, PASID + 1, 4);
        raise(device, 5);
        assertEquals(2 * RECORD, pasidQueue.read(2));
        assertEquals(0, mocks.pasidDetach(device, PASID));
        assertFails(Errno.EINVAL, pasidQueue.write(1, SUCCESS));
        assertEquals(RESPONSE, pasidQueue.write(2, SUCCESS));
        assertEquals(List.of(4), pasidQueue.drain());
        assertEquals(List.of(5), ridQueue.drain());
    }

    @Test
    void shouldAnswerTheGroupsOfAReplacedPasid() {
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        raiseWithPasid(device, PASID, 1);
        raise(device, 2);
        assertEquals(0, mocks.pasidReplace(device, PASID, pageTable(device, pasidQueue, Iommufd.PASID)));
        assertEquals(List.of(), pasidQueue.drain());
        assertEquals(List.of(2), ridQueue.drain());
        raiseWithPasid(device, PASID, 3);
        assertEquals(List.of(3), pasidQueue.drain());
    }

    @Test
    void shouldKeepThePasidsWhenTheDeviceIsMoved() {
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        raiseWithPasid(device, PASID, 1);
        raise(device, 2);
        ok(mocks.replace(device, pageTable(device, ridQueue, Iommufd.PASID)));
        assertEquals(List.of(1), pasidQueue.drain());
        assertEquals(List.of(), ridQueue.drain());
    }

    @Test
    void shouldDetachWhatIsNotAttachedWithoutAWord() {
        assertEquals(0, mocks.pasidDetach(device, PASID));
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        assertEquals(0, mocks.pasidDetach(device, PASID + 1));
        raiseWithPasid(device, PASID, 1);
        assertEquals(List.of(1), pasidQueue.drain());
    }

    @Test
    void shouldRefuseAPasidTwice() {
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        assertFails(Errno.EBUSY, mocks.pasidAttach(device, PASID, pasidTable));
        assertFails(Errno.EBUSY, mocks.pasidAttach(device, PASID, pageTable(device, pasidQueue, Iommufd.PASID)));
    }

    @Test
    void shouldRefuseToReplaceWhatIsNotAttached() {
        assertFails(Errno.EINVAL, mocks.pasidReplace(device, PASID, pasidTable));
    }

    @Test
    void shouldRefuseAPageTableThatIsNotForPasids() {
        assertFails(Errno.EINVAL, mocks.pasidAttach(device, PASID, pageTable(device, pasidQueue)));
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        assertFails(Errno.EINVAL, mocks.pasidReplace(device, PASID, pageTable(device, pasidQueue)));
        assertFails(Errno.EINVAL, mocks.replace(device, pageTable(device, ridQueue)));
        ok(mocks.pasidDetach(device, PASID));
        ok(mocks.replace(device, pageTable(device, ridQueue)));
        assertFails(Errno.EINVAL, mocks.pasidAttach(device, PASID, pasidTable));
    }

    @ParameterizedTest(name = "pasid {0}")
    @ValueSource(ints = {1 << 20, Integer.MAX_VALUE, -1})
    void shouldRefuseAPasidThatIsTooLong(final int pasid) {
        assertFails(Errno.EINVAL, mocks.pasidAttach(device, pasid, pasidTable));
    }

    @Test
    void shouldTakeTheLongestPasid() {
        ok(mocks.pasidAttach(device, (1 << 20) - 1, pasidTable));
        raiseWithPasid(device, (1 << 20) - 1, 1);
        assertEquals(List.of(1), pasidQueue.drain());
    }

    @Test
    void shouldRefuseADeviceWithoutPasids() {
        final MockDevice plain = device();
        ok(mocks.replace(plain, pageTable(device, ridQueue, Iommufd.PASID)));
        assertFails(Errno.EINVAL, mocks.pasidAttach(plain, PASID, pasidTable));
    }

    @Test
    void shouldNotKnowAStranger() {
        assertFails(Errno.ENOENT, mocks.pasidAttach(device, PASID, NOBODY));
    }

    @Test
    void shouldKeepThePageTableBusy() {
        ok(mocks.pasidAttach(device, PASID, pasidTable));
        assertFails(Errno.EBUSY, iommufd.destroy(pasidTable));
        ok(mocks.pasidDetach(device, PASID));
        assertEquals(0, iommufd.destroy(pasidTable));
    }

    @Test
    void shouldTakeANestedPageTable() {
        ok(mocks.pasidAttach(device, PASID, nestedPageTable(device, pasidQueue, Iommufd.PASID)));
        raiseWithPasid(device, PASID, 1);
        assertEquals(List.of(1), pasidQueue.drain());
    }
}
