/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.junit.jupiter.api.Test;

/** The driver drains the page requests of a PASID. */
class PasidDrainTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int PASID = VtdFixture.PASID;
    private static final int DEVICE = DriverFixture.DEVICE;
    private static final long LAST = VtdFixture.READ | VtdFixture.LAST;

    private final DriverFixture linux = new DriverFixture(0, 48, 64);
    private final VtdFixture vtd = linux.vtd;

    private long queueWord(final int entry, final int word) {
        return vtd.word((vtd.registers.read64(VtdRegisters.IQA) & -4096L) + entry * 32L + word * 8L);
    }

    private boolean begin() {
        return linux.driver.drainPasid(DEVICE, PASID, 5, FUNCTION, 0);
    }

    private void run() {
        for (int i = 0; i < 1_000 && linux.driver.isDrainingPasid(); i++) {
            linux.cycle();
        }
        assertFalse(linux.driver.isDrainingPasid());
    }

    @Test
    void shouldSubmitAFenceTheInvalidationsAndAWaitWithDrain() {
        assertTrue(begin());
        assertFalse(begin());
        assertFalse(linux.driver.isAtRest());
        run();
        assertEquals(0x0000_0002_0000_0045L, queueWord(0, 0));
        assertEquals(0, queueWord(0, 1));
        assertEquals(0x0000_0042_0005_0026L, queueWord(1, 0));
        assertEquals(0x0300_0042_0308_8008L, queueWord(2, 0));
        assertEquals(0x7FFF_FFFF_FFFF_F800L, queueWord(2, 1));
        assertEquals(0x0000_0002_0000_00A5L, queueWord(3, 0));
        assertEquals(0x80, vtd.registers.read64(VtdRegisters.IQT));
        assertEquals(0, vtd.fsts());
        assertTrue(linux.driver.isAtRest());
    }

    @Test
    void shouldInvalidateADomainAndADeviceWithoutAPasid() {
        assertTrue(linux.driver.drainPasid(DEVICE, VtdFixture.NO_PASID, 5, 0, 1));
        run();
        assertEquals(IotlbDescriptor.qw0(IotlbDescriptor.DOMAIN, 5, 0), queueWord(1, 0));
        assertEquals(DeviceTlbDescriptor.qw0(FUNCTION, 0, 1), queueWord(2, 0));
        assertEquals(0x7FFF_FFFF_FFFF_F001L, queueWord(2, 1));
    }

    @Test
    void shouldFirstLetRequestsOfThePasidLeaveTheQueue() {
        vtd.iommu.doWork();
        linux.request(FUNCTION, PASID, VtdFixture.PAGE, 1, LAST);
        linux.bus.accesses();
        begin();
        linux.bus.after("PQH<-20", () -> assertEquals(0, vtd.registers.read64(VtdRegisters.IQT)));
        run();
        assertEquals(0x80, vtd.registers.read64(VtdRegisters.IQT));
        assertEquals(1, linux.faults().size());
    }

    @Test
    void shouldNotWaitForRequestsOfOthers() {
        linux.request(FUNCTION, PASID + 1, VtdFixture.PAGE, 1, LAST);
        linux.request(FUNCTION, VtdFixture.NO_PASID, VtdFixture.PAGE, 2, LAST);
        linux.request(0x0410, PASID, VtdFixture.PAGE, 3, LAST);
        // Nobody drains: the interrupt has been taken and the queue is not empty.
        vtd.iommu.pageRequestInterrupt().take();
        begin();
        run();
        assertEquals(3, linux.driver.queuedRequests());
        assertEquals(0x80, vtd.registers.read64(VtdRegisters.IQT));
    }

    @Test
    void shouldWaitForTheSoftwareQueue() {
        final List<Integer> asked = new ArrayList<>();
        final boolean[] empty = {false};
        linux.driver.flushedBy(device -> {
            asked.add(device);
            return empty[0];
        });
        begin();
        for (int i = 0; i < 10; i++) {
            linux.cycle();
        }
        assertEquals(0, vtd.registers.read64(VtdRegisters.IQT));
        assertEquals(List.of(DEVICE), asked.stream().distinct().toList());
        empty[0] = true;
        run();
        assertEquals(0x80, vtd.registers.read64(VtdRegisters.IQT));
    }

    @Test
    void shouldWaitForTheDeviceAndForRequestsUnderWay() {
        final int[] tag = {-1};
        final boolean[] underWay = {true};
        vtd.iommu.connectDeviceTlb(FUNCTION, (newTag, pasid, body) -> tag[0] = newTag);
        vtd.iommu.watchRequestsUnderWay(() -> underWay[0]);
        begin();
        for (int i = 0; i < 10; i++) {
            linux.cycle();
        }
        assertTrue(linux.driver.isDrainingPasid());
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1 << tag[0]));
        linux.cycle();
        assertTrue(linux.driver.isDrainingPasid());
        underWay[0] = false;
        run();
    }

    @Test
    void shouldBeginAgainAfterAnOverflow() {
        begin();
        // The scan, then the submission.
        linux.driver.doWork();
        linux.driver.doWork();
        assertEquals(0x80, vtd.registers.read64(VtdRegisters.IQT));
        vtd.requests(0, 128);
        // Done, but in overflow: a pass of the drain must come, then all again.
        vtd.iommu.doWork();
        vtd.iommu.pageRequestInterrupt().take();
        linux.driver.doWork();
        linux.driver.doWork();
        assertTrue(linux.driver.isDrainingPasid());
        assertEquals(0x80, vtd.registers.read64(VtdRegisters.IQT));
        vtd.iommu.pageRequestInterrupt().raise();
        linux.driver.doWork();
        assertEquals(0, vtd.prs() & VtdRegisters.PRO);
        run();
        assertEquals(0x100, vtd.registers.read64(VtdRegisters.IQT));
    }

    @Test
    void shouldAllocateNothing() {
        final DriverFixture other = new DriverFixture(0, 48, 64, 1 << 10, false);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 500; i++) {
                other.driver.drainPasid(DEVICE, PASID, 5, FUNCTION, 0);
                while (other.driver.isDrainingPasid()) {
                    other.cycle();
                }
            }
        });
    }
}
