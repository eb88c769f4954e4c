/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.hwmodel.vtd.InvalidationBatch.State;
import org.faultring.hwmodel.vtd.VtdFixture.Answer;
import org.faultring.ring.PageFaultFlyweight;
import org.junit.jupiter.api.Test;

/** A driver that looks when the hardware says so. */
class InterruptCompletionTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int FLAGS = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE;

    private final DriverFixture driver = new DriverFixture(0, 48, 4, 1 << 10, true, InterruptCompletion::new);
    private final VtdFixture vtd = driver.vtd;

    @Test
    void shouldTouchNothingUntilTheInterrupt() {
        assertEquals(0, vtd.registers.read32(VtdRegisters.IECTL));
        driver.driver.respond(DriverFixture.DEVICE, FLAGS, VtdFixture.PASID, 1, 0);
        driver.driver.submit();
        driver.bus.accesses();
        for (int i = 0; i < 5; i++) {
            assertEquals(0, driver.driver.doWork());
        }
        assertEquals(List.of(), driver.bus.accesses());
        vtd.iommu.doWork();
        assertEquals(VtdRegisters.IWC, vtd.registers.read32(VtdRegisters.ICS));
        assertEquals(1, driver.driver.doWork());
        assertEquals(List.of("ICS<-1"), driver.bus.accesses());
        assertEquals(0, vtd.registers.read32(VtdRegisters.ICS));
        assertTrue(driver.driver.isAtRest());
    }

    @Test
    void shouldGoRoundManyTimes() {
        int given = 0;
        while (given < 2_000) {
            for (int room = driver.driver.room(); room > 0; room--) {
                driver.driver.respond(DriverFixture.DEVICE, FLAGS, VtdFixture.PASID, given++ & 511, 0);
            }
            driver.driver.submit();
            driver.cycle();
        }
        driver.settle();
        assertEquals(given, vtd.answers.size());
        for (int i = 0; i < given; i++) {
            assertEquals(new Answer(FUNCTION, VtdFixture.PASID, i & 511, 0), vtd.answers.get(i));
        }
    }

    @Test
    void shouldSeeErrorsAlthoughTheFaultEventGoesOutForTheFirstBitOnly() {
        final int[] tag = {-1};
        vtd.iommu.connectDeviceTlb(FUNCTION, (newTag, pasid, body) -> tag[0] = newTag);
        final InvalidationBatch batch = new InvalidationBatch().begin(3)
                .add(DeviceTlbDescriptor.qw0(FUNCTION, FUNCTION, 0), 0);
        driver.driver.submit(batch);
        vtd.iommu.doWork();
        // A fault first: the time-out comes without an event of its own.
        vtd.iommu.fault(FUNCTION, VtdFixture.PASID, 0, 0x71, FaultRecord.READ);
        vtd.iommu.timeOutInvalidations(FUNCTION);
        assertEquals(1, vtd.iommu.faultInterrupt().raised().get());
        driver.driver.doWork();
        assertEquals(2, batch.attempts());
        vtd.iommu.doWork();
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1 << tag[0]));
        driver.settle();
        assertEquals(State.DONE, batch.state());

        batch.begin(4).add(0, 0);
        driver.driver.submit(batch);
        driver.settle();
        assertEquals(State.INVALID, batch.state());
    }
}
