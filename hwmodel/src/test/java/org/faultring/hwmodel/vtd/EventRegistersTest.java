/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masked events: pending, merged, delivered once when unmasked. */
class EventRegistersTest {

    private static final int IM = VtdRegisters.IM;
    private static final int IP = VtdRegisters.IP;

    /** The three events, and something that causes each. */
    enum Event {
        FAULT(VtdRegisters.FECTL) {
            @Override
            void cause(final VtdFixture vtd) {
                vtd.iommu.fault(VtdFixture.FUNCTION, VtdFixture.PASID, 0, 0x71, FaultRecord.READ);
            }

            @Override
            void clear(final VtdFixture vtd) {
                for (int i = 0; i < 8; i++) {
                    vtd.registers.write32(VtdRegisters.FAULT_RECORDS + 16 * i + 12, IM);
                }
                vtd.registers.write32(VtdRegisters.FSTS, -1);
            }

            @Override
            InterruptLine line(final VtdFixture vtd) {
                return vtd.iommu.faultInterrupt();
            }
        },
        INVALIDATION(VtdRegisters.IECTL) {
            @Override
            void cause(final VtdFixture vtd) {
                vtd.submit(WaitDescriptor.qw0(WaitDescriptor.INTERRUPT, 0), 0);
                vtd.iommu.doWork();
            }

            @Override
            void clear(final VtdFixture vtd) {
                vtd.registers.write32(VtdRegisters.ICS, VtdRegisters.IWC);
            }

            @Override
            InterruptLine line(final VtdFixture vtd) {
                return vtd.iommu.invalidationInterrupt();
            }
        },
        PAGE_REQUEST(VtdRegisters.PECTL) {
            @Override
            void cause(final VtdFixture vtd) {
                vtd.request(1, VtdFixture.READ);
            }

            @Override
            void clear(final VtdFixture vtd) {
                vtd.registers.write32(VtdRegisters.PRS, VtdRegisters.PPR | VtdRegisters.PRO);
                vtd.registers.write64(VtdRegisters.PQH, vtd.pqt());
            }

            @Override
            InterruptLine line(final VtdFixture vtd) {
                return vtd.iommu.pageRequestInterrupt();
            }
        };

        private final int control;

        Event(final int control) {
            this.control = control;
        }

        abstract void cause(VtdFixture vtd);

        abstract void clear(VtdFixture vtd);

        abstract InterruptLine line(VtdFixture vtd);
    }

    private final VtdFixture vtd = new VtdFixture();

    EventRegistersTest() {
        vtd.setUpRequests(0);
        vtd.setUpInvalidations(0);
    }

    private void assertEvent(final Event event, final int control, final long interrupts) {
        assertEquals(Integer.toHexString(control), Integer.toHexString(vtd.registers.read32(event.control)));
        assertEquals(interrupts, event.line(vtd).raised().get());
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverAMaskedEventOnceWhenUnmasked(final Event event) {
        vtd.registers.write32(event.control, IM);
        event.cause(vtd);
        assertEvent(event, IM | IP, 0);
        event.cause(vtd);
        vtd.iommu.doWork();
        assertEvent(event, IM | IP, 0);
        vtd.registers.write32(event.control, 0);
        // A register write only stores.
        assertEvent(event, IP, 0);
        vtd.iommu.doWork();
        assertEvent(event, 0, 1);
        vtd.iommu.doWork();
        assertEvent(event, 0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMergeSeveralCauses(final Event event) {
        vtd.registers.write32(event.control, IM);
        for (int i = 0; i < 5; i++) {
            event.cause(vtd);
            event.clear(vtd);
        }
        event.cause(vtd);
        vtd.registers.write32(event.control, 0);
        event.cause(vtd);
        vtd.iommu.doWork();
        assertEvent(event, 0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetAPendingEventWhoseCauseIsCleared(final Event event) {
        vtd.registers.write32(event.control, IM);
        event.cause(vtd);
        event.clear(vtd);
        assertEvent(event, IM, 0);
        vtd.registers.write32(event.control, 0);
        vtd.iommu.doWork();
        assertEvent(event, 0, 0);
        event.cause(vtd);
        vtd.iommu.doWork();
        assertEvent(event, 0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeMaskedAfterReset(final Event event) {
        final VtdFixture fresh = new VtdFixture();
        assertEquals(IM, fresh.registers.read32(event.control));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepWhereItsMessageGoes(final Event event) {
        vtd.registers.write32(event.control + 4, -1);
        vtd.registers.write32(event.control + 8, 0xFEE0_1003);
        vtd.registers.write32(event.control + 12, 7);
        assertEquals(0xFFFF, vtd.registers.read32(event.control + 4));
        assertEquals(0xFEE0_1000, vtd.registers.read32(event.control + 8));
        assertEquals(7, vtd.registers.read32(event.control + 12));
        vtd.registers.write32(event.control, -1);
        assertEquals(IM, vtd.registers.read32(event.control));
    }

    @Test
    void shouldCountInterruptsThatGoOut() {
        for (final Event event : Event.values()) {
            vtd.registers.write32(event.control, 0);
            event.cause(vtd);
        }
        vtd.iommu.doWork();
        assertEquals(1, vtd.count(Counter.EVENT_INTERRUPTS));
        assertEquals(1, vtd.count(Counter.COMPLETION_INTERRUPTS));
        assertEquals(1, vtd.count(Counter.INTERRUPTS));
    }
}
