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
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;

/** The driver at the fault recording registers, seen on the bus and by the receiver of events. */
class PrimaryFaultHandlerTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int PASID = VtdFixture.PASID;
    private static final long PAGE = VtdFixture.PAGE;

    /** An event as its receiver finds it. */
    record Event(int device, FaultLevel level, long low, long high) {}

    private final DriverFixture linux = new DriverFixture(0, 48, 64);
    private final VtdFixture vtd = linux.vtd;
    private final List<Event> events = new ArrayList<>();

    PrimaryFaultHandlerTest() {
        linux.driver.reportFaultsTo((device, level, record, offset, length) -> {
            assertEquals(16, length);
            events.add(new Event(device, level, LittleEndian.getLong(record, offset),
                    LittleEndian.getLong(record, offset + 8)));
        });
        linux.bus.accesses();
    }

    private void fault(final int requesterId, final int reason) {
        vtd.iommu.fault(requesterId, PASID, PAGE, reason, FaultRecord.WRITE);
    }

    @Test
    void shouldReadAndClearRecordsFromFriOnAndThenTheStatus() {
        fault(FUNCTION, 0x71);
        fault(FUNCTION, 0x79);
        linux.driver.doWork();
        assertEquals(List.of("FSTS", "FRCD0+12", "FRCD0+8", "FRCD0+0", "FRCD0+4", "FRCD0+12<-80000000", "FRCD1+12",
                "FRCD1+8", "FRCD1+0", "FRCD1+4", "FRCD1+12<-80000000", "FRCD2+12", "FSTS<-83"), linux.bus.accesses());
        assertEquals(List.of(new Event(0, FaultLevel.FIRST, PAGE, 0x8000_4271_8000_0308L),
                new Event(0, FaultLevel.SECOND, PAGE, 0x8000_4279_8000_0308L)), events);
        assertEquals(VtdRegisters.fri(0), vtd.fsts());
        assertEquals(2, linux.count(Counter.EVENTS_READ));
        assertTrue(linux.driver.isAtRest());
        linux.bus.accesses();
        fault(FUNCTION, 0x40);
        assertEquals(VtdRegisters.fri(2) | VtdRegisters.PPF, vtd.fsts());
        linux.driver.doWork();
        assertEquals("FRCD2+12", linux.bus.accesses().get(1));
        assertEquals(FaultLevel.CONFIGURATION, events.get(2).level());
    }

    @Test
    void shouldRecoverFromAnOverflowAndGoRoundTheRecords() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 9 + round % 3; i++) {
                fault(FUNCTION, 0x71);
            }
            assertEquals(VtdRegisters.PFO | VtdRegisters.PPF, vtd.fsts() & 3);
            linux.driver.doWork();
            linux.driver.doWork();
            assertEquals(0, vtd.fsts() & 0xFF);
            // One fault in between moves the beginning.
            fault(FUNCTION, 0x71);
            linux.driver.doWork();
        }
        assertEquals(20 * 9, events.size());
        assertEquals(20 * 9, linux.count(Counter.EVENTS_RECORDED));
        assertEquals(20 + 20 - 1, linux.count(Counter.EVENTS_LOST));
    }

    @Test
    void shouldTakeWhatIsRecordedMeanwhile() {
        fault(FUNCTION, 0x71);
        linux.bus.after("FRCD0+12<-80000000", () -> fault(FUNCTION, 0x72));
        linux.driver.doWork();
        assertEquals(2, events.size());
        // Its event comes as well, and finds nothing.
        linux.bus.accesses();
        linux.driver.doWork();
        assertEquals(List.of("FSTS"), linux.bus.accesses());
        linux.bus.after("FSTS<-83", () -> fault(FUNCTION, 0x73));
        fault(FUNCTION, 0x71);
        linux.driver.doWork();
        assertEquals(3, events.size());
        linux.driver.doWork();
        assertEquals(4, events.size());
    }

    @Test
    void shouldLeaveTheOverflowOfThePageRequestQueueAloneThoughItWritesTheOldPlace() {
        vtd.requests(0, 128);
        assertEquals(VtdRegisters.PPR | VtdRegisters.PRO, vtd.prs());
        fault(FUNCTION, 0x71);
        linux.bus.after("FSTS<-83", () -> assertEquals(0, vtd.fsts() & VtdRegisters.OLD_PRO));
        vtd.registers.write32(VtdRegisters.FSTS, 0x83);
        assertEquals(VtdRegisters.PPR | VtdRegisters.PRO, vtd.prs());
        assertEquals(VtdRegisters.PPF, vtd.fsts());
    }

    @Test
    void shouldCountFaultsOfFunctionsItDoesNotKnow() {
        fault(0x0999, 0x71);
        fault(FUNCTION, 0x71);
        linux.driver.doWork();
        assertEquals(1, events.size());
        assertEquals(1, linux.count(Counter.EVENTS_UNROUTED));
        assertEquals(1, linux.count(Counter.EVENTS_READ));
        assertEquals(VtdRegisters.fri(0), vtd.fsts());
    }

    @Test
    void shouldNotLookWithoutAnInterruptAndReturnWhenNothingIsPending() {
        linux.driver.doWork();
        assertEquals(List.of(), linux.bus.accesses());
        // An interrupt for an error of the invalidation queue.
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1));
        linux.driver.doWork();
        assertEquals(List.of("FSTS"), linux.bus.accesses());
        assertEquals(VtdRegisters.ICE, vtd.fsts());
        assertFalse(events.size() > 0);
    }

    /** PRE=0: the request is answered by the hardware, and recorded as a page request that was blocked. */
    @Test
    void shouldReportPageRequestsThatAreNotEnabled() {
        vtd.connect(0x0410);
        final int device = linux.addDevice(0x0410);
        vtd.iommu.blockPageRequests(0x0410);
        linux.request(0x0410, PASID, PAGE, 5, VtdFixture.READ | VtdFixture.LAST);
        linux.request(0x0410, PASID, PAGE, 6, VtdFixture.READ);
        linux.request(FUNCTION, PASID, PAGE, 7, VtdFixture.READ | VtdFixture.LAST);
        linux.settle();
        assertEquals(List.of(new VtdFixture.Answer(0x0410, PASID, 5, 1)), vtd.answers);
        assertEquals(1, linux.faults().size());
        assertEquals(2, events.size());
        for (final Event event : events) {
            assertEquals(device, event.device());
            assertEquals(FaultLevel.CONFIGURATION, event.level());
            assertEquals(FaultReason.PAGE_REQUEST_BLOCKED, FaultRecord.reason(event.high()));
            assertEquals(FaultRecord.PAGE_REQUEST, FaultRecord.kind(event.high()));
            assertEquals(PASID, FaultRecord.pasid(event.high()));
            assertEquals(PAGE, event.low());
        }
    }

    @Test
    void shouldAnswerWhatIsBlockedWithTheChosenCode() {
        final VtdFixture other = new VtdFixture(VtdSettings.DEFAULT.withBlockedResponse(0xF).withAutoResponse(3));
        other.iommu.blockPageRequests(FUNCTION);
        other.setUpRequests(0);
        other.request(5, VtdFixture.READ | VtdFixture.LAST);
        other.request(5, VtdFixture.LAST);
        assertEquals(List.of(new VtdFixture.Answer(FUNCTION, PASID, 5, 0xF)), other.answers);
        assertEquals(0, other.pqt());
    }

    @Test
    void shouldAllocateNothing() {
        final DriverFixture other = new DriverFixture(0, 48, 64, 1 << 10, false);
        other.driver.reportFaultsTo((device, level, record, offset, length) -> {});
        Allocation.assertNone(() -> {
            for (int i = 0; i < 500; i++) {
                for (int k = 0; k < 10; k++) {
                    other.vtd.iommu.fault(FUNCTION, PASID, PAGE, k, FaultRecord.READ);
                }
                other.cycle();
                other.cycle();
            }
        });
    }
}
