/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.faultring.ring.kernel.iommufd.ModelUser.LAST;
import static org.faultring.ring.kernel.iommufd.ModelUser.READ;
import static org.faultring.ring.kernel.iommufd.ModelUser.RESPONSE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;

import org.faultring.ring.Allocations;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** Faults of mock devices and their answers, and what Linux does not show. */
class FaultsTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final int FAILURE = PageResponseFlyweight.FAILURE;

    private final ModelUser user = new ModelUser();
    private final ModelIommufd model = user.model;
    private final int faults = user.faultQueue();
    private final FaultFile file = model.file(faults);
    private final MockDevice device = user.attached(faults);

    private void request(final int flags, final int groupIndex, final long address) {
        model.pageRequest(device.deviceId(), flags, 0, groupIndex, READ, address);
    }

    @Test
    void shouldBeReadWhenTheTriggerReturnsAndAnsweredWhenTheWriteDoes() {
        user.trigger(device, 0, 7);
        assertEquals(List.of(7), user.read(file, 1));
        assertEquals(RESPONSE, user.write(file, 1, SUCCESS));
        assertEquals(List.of(new MockAnswer(device.deviceId(), LAST, 0, 7, SUCCESS)), model.answers());
    }

    @Test
    void shouldKeepAllBitsOfWhatAMockDeviceRaises() {
        final MockDevice nested = user.device();
        model.replace(nested, user.nested(nested, user.parent(nested), faults));
        assertEquals(0, model.triggerFault(nested.deviceId(), -1, -2, -3, -4));
        assertEquals(List.of(-2), user.read(file, 1));
        assertEquals(-1, user.record(0).pasid());
        assertEquals(-3, user.record(0).permissions());
        assertEquals(-4, user.record(0).address());
        assertEquals(RESPONSE, user.write(file, 1, INVALID));
        assertEquals(List.of(new MockAnswer(nested.deviceId(), 3, -1, -2, INVALID)), model.answers());
    }

    @Test
    void shouldThrowAwayWhatNobodyHandlesAndSayNothing() {
        final MockDevice idle = user.device();
        user.trigger(idle, 0, 1);
        user.trigger(device, 5, 2);
        assertEquals(List.of(), user.read(file, 5));
        assertEquals(List.of(new MockAnswer(idle.deviceId(), LAST, 0, 1, INVALID),
                new MockAnswer(device.deviceId(), 3, 5, 2, INVALID)), model.answers());
    }

    @Test
    void shouldRaiseGroupsOfSeveralFaults() {
        request(0, 3, 0x1000);
        request(0, 4, 0x2000);
        request(0, 3, 0x3000);
        request(LAST, 3, 0x4000);
        assertEquals(List.of(-Errno.EINVAL), user.read(file, 2));
        assertEquals(List.of(3, 3, 3), user.read(file, 5));
        assertEquals(0x1000, user.record(0).address());
        assertEquals(0x4000, user.record(2 * ModelUser.RECORD).address());
        assertEquals(RESPONSE, user.write(file, 1, INVALID));
        assertEquals(List.of(new MockAnswer(device.deviceId(), LAST, 0, 3, INVALID)), model.answers());
        assertEquals(3, model.counters().get(Counter.ANSWERED));
    }

    @Test
    void shouldForgetUnfinishedGroupsWithoutAnAnswer() {
        request(0, 3, 0x1000);
        model.discardPartials();
        request(LAST, 3, 0x4000);
        assertEquals(List.of(3), user.read(file, 5));
        request(0, 5, 0x1000);
        // The last page table that handles faults goes, and with it the device from the queue.
        model.replace(device, user.space);
        assertEquals(1, model.answerCount());
        model.replace(device, user.faulting(device, faults));
        request(LAST, 5, 0x4000);
        assertEquals(List.of(5), user.read(file, 5));
    }

    @Test
    void shouldAnswerFailureAtALimit() {
        final ModelUser small = new ModelUser(new IommufdLimits(100, 2, 4, 2, 1, 2));
        final FaultFile smallFile = small.model.file(small.faultQueue());
        final MockDevice faulting = small.attached(2);
        for (int group = 1; group <= 4; group++) {
            small.trigger(faulting, 0, group);
        }
        assertEquals(2, small.model.answerCount());
        assertEquals(new MockAnswer(faulting.deviceId(), LAST, 0, 4, FAILURE), small.model.answers().get(1));
        assertEquals(List.of(1, 2), small.read(smallFile, 5));
        // A partial beyond the limit vanishes.
        assertEquals(0, small.model.pageRequest(faulting.deviceId(), 0, 0, 9, READ, 0));
        assertEquals(-Errno.ENOMEM, small.model.pageRequest(faulting.deviceId(), 0, 0, 9, READ, 0));
        // Only the latest answers are remembered.
        small.write(smallFile, 1, SUCCESS);
        assertEquals(3, small.model.answerCount());
        assertEquals(List.of(4, 1), small.model.answers().stream().map(MockAnswer::groupIndex).toList());
    }

    @Test
    void shouldBeOutOfMemoryAtALimitOfObjects() {
        final ModelUser small = new ModelUser(new IommufdLimits(6, 1, 4, 2, 1, 2));
        final MockDevice only = small.device();
        assertEquals(-Errno.ENOMEM, small.model.mockDevice(small.space, 0).result());
        final int sixth = ModelUser.made(small.model.ioasAlloc());
        assertEquals(6, ModelUser.made(small.model.ioasAlloc()));
        assertEquals(-Errno.ENOMEM, small.model.ioasAlloc());
        assertEquals(-Errno.ENOMEM, small.model.faultQueueAlloc(0));
        assertEquals(-Errno.ENOMEM, small.model.hwptAlloc(0, only.deviceId(), small.space, 0, 0));
        assertEquals(-Errno.ENOMEM, small.model.replace(only, sixth));
        assertEquals(-Errno.EBUSY, small.model.destroy(only.pageTable()));
        assertEquals(0, small.model.destroy(6));
        assertEquals(6, small.model.replace(only, sixth));
    }

    @Test
    void shouldUseTheNumbersOfDevicesThatAreGoneAgain() {
        for (int i = 0; i < 500; i++) {
            final MockDevice passing = user.attached(faults);
            user.trigger(passing, 0, 1);
            assertEquals(List.of(1), user.read(file, 1));
            assertEquals(passing.deviceId(), user.record(0).deviceId());
            assertEquals(0, model.destroy(passing.selfTestId()));
            assertEquals(i + 1, model.answerCount());
        }
    }

    @Test
    void shouldAllocateNothingForAFault() {
        final ByteBuffer memory = RingMemory.allocate(2 * ModelUser.RECORD);
        final int buffer = file.register(memory);
        final PageResponseFlyweight response = new PageResponseFlyweight().wrap(memory, ModelUser.RECORD);
        Allocations.assertNone(1, () -> {
            model.triggerFault(device.deviceId(), 0, 7, READ, 0x1000);
            file.read(buffer, 0, ModelUser.RECORD);
            response.set(memory.getInt(PageFaultFlyweight.COOKIE_OFFSET), SUCCESS);
            file.write(buffer, ModelUser.RECORD, RESPONSE);
        });
    }
}
