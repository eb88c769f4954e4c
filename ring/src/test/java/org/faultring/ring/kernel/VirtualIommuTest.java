/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.EventUser.Event;
import org.junit.jupiter.api.Test;

class VirtualIommuTest {

    private static final int SELFTEST = VirtualEventType.SELFTEST.number();
    private static final int SMMU = VirtualEventType.ARM_SMMUV3.number();

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final VirtualIommu viommu = new VirtualIommu(tally);
    private final ByteBuffer event = RingMemory.allocate(32);

    private long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    @Test
    void shouldHaveOneQueueOfEachType() {
        assertEquals(0, viommu.addQueue(SELFTEST, 2));
        assertEquals(-Errno.EEXIST, viommu.addQueue(SELFTEST, 3));
        assertEquals(0, viommu.addQueue(SMMU, 2));
        // Linux does not ask whether a driver knows the type.
        assertEquals(0, viommu.addQueue(77, 2));
        assertEquals(SMMU, viommu.queue(SMMU).type());
        assertNull(viommu.queue(78));
        assertEquals(0, new VirtualIommu(tally).addQueue(SELFTEST, 2));
    }

    @Test
    void shouldTakeANewQueueOfTheTypeOfOneThatIsGone() {
        viommu.addQueue(SELFTEST, 2);
        viommu.addQueue(SMMU, 2);
        final VirtualEventQueue first = viommu.queue(SELFTEST);
        viommu.removeQueue(77);
        viommu.removeQueue(SELFTEST);
        assertNull(viommu.queue(SELFTEST));
        assertNotNull(viommu.queue(SMMU));
        assertEquals(0, viommu.addQueue(SELFTEST, 2));
        assertNotSame(first, viommu.queue(SELFTEST));
    }

    @Test
    void shouldUseNoSequenceNumberWithoutAQueue() {
        assertEquals(-Errno.EOPNOTSUPP, viommu.report(SELFTEST, event, 0, 4));
        viommu.addQueue(SMMU, 1);
        assertEquals(-Errno.EOPNOTSUPP, viommu.report(SELFTEST, event, 0, 4));
        viommu.addQueue(SELFTEST, 1);
        final EventUser user = new EventUser(viommu.queue(SELFTEST));
        LittleEndian.putInt(event, 0, 5);
        assertEquals(0, viommu.report(SELFTEST, event, 0, 4));
        assertEquals(List.of(Event.of(0, 5)), user.readAll());
        assertEquals(2, count(Counter.VIRTUAL_EVENTS_REFUSED));
    }

    @Test
    void shouldCallALostEventASuccessAndCountIt() {
        viommu.addQueue(SELFTEST, 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, viommu.report(SELFTEST, event, 0, 4));
        }
        assertEquals(1, count(Counter.VIRTUAL_EVENTS));
        assertEquals(2, count(Counter.VIRTUAL_EVENTS_LOST));
        assertEquals(0, count(Counter.VIRTUAL_EVENTS_REFUSED));
    }

    @Test
    void shouldKeepTheEventsOfItsTypesApart() {
        viommu.addQueue(SELFTEST, 4);
        viommu.addQueue(SMMU, 4);
        viommu.report(SELFTEST, event, 0, 4);
        viommu.report(SMMU, event, 0, 32);
        viommu.report(SMMU, event, 0, 32);
        assertEquals(List.of(Event.of(0, 0)), new EventUser(viommu.queue(SELFTEST)).readAll());
        assertEquals(List.of(Event.of(0, 0), Event.of(1, 0)), new EventUser(viommu.queue(SMMU)).readAll());
    }

    @Test
    void shouldHaveOneVirtualDeviceForADeviceAndOneDeviceForAVirtualId() {
        assertEquals(0, viommu.addDevice(7, 0x99));
        assertEquals(-Errno.EEXIST, viommu.addDevice(7, 0x9A));
        assertEquals(-Errno.EEXIST, viommu.addDevice(8, 0x99));
        assertEquals(0, viommu.addDevice(8, -1L));
        assertEquals(0, viommu.addDevice(9, 0));
        assertEquals(new VirtualDevice(8, -1L), viommu.device(8));
        assertEquals(new VirtualDevice(7, 0x99), viommu.deviceByVirtualId(0x99));
        assertEquals(new VirtualDevice(9, 0), viommu.deviceByVirtualId(0));
        assertNull(viommu.deviceByVirtualId(0x9A));
        assertNull(viommu.device(0x99));
    }

    @Test
    void shouldForgetADeviceByBothNumbers() {
        viommu.addDevice(7, 0x99);
        viommu.addDevice(8, 0x98);
        viommu.removeDevice(6);
        viommu.removeDevice(7);
        assertNull(viommu.device(7));
        assertNull(viommu.deviceByVirtualId(0x99));
        assertEquals(0x98, viommu.device(8).virtualId());
        assertEquals(0, viommu.addDevice(9, 0x99));
        assertEquals(0, viommu.addDevice(7, 0x97));
    }

    @Test
    void shouldNumberOnlyItsOwnTypesOutsideLinux() {
        assertEquals(1, VirtualEventType.ARM_SMMUV3.number());
        assertEquals(2, VirtualEventType.TEGRA241_CMDQV.number());
        assertEquals(0xBEEFBEEF, VirtualEventType.SELFTEST.number());
        for (final VirtualEventType type : VirtualEventType.values()) {
            assertEquals(type.name().startsWith("FAULT_RING_"), type.isOurs(), type.name());
        }
        assertEquals(6, Arrays.stream(VirtualEventType.values()).mapToInt(VirtualEventType::number).distinct().count());
        assertTrue(VirtualEventType.FAULT_RING_VTD.isOurs());
    }
}
