/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;

class FaultFateTest {

    private static final int INVALID = PageGroupResponseMessage.INVALID_REQUEST;

    /** Notes what it is told. */
    private static final class Notes implements WorkErrorSink {

        final List<String> told = new ArrayList<>();

        @Override
        public void faultFailed(final int requesterId, final int pasid, final long address, final WorkError error) {
            told.add(requesterId + " " + pasid + " " + (address - Faults.PAGES >>> 12) + " " + error);
        }

        @Override
        public void somethingFailed(final int requesterId) {
            told.add(requesterId + " something");
        }

        @Override
        public void processSignalled(final int pasid, final long address) {
            told.add("signal " + pasid + " " + (address - Faults.PAGES >>> 12));
        }
    }

    private final Notes notes = new Notes();

    private DeviceFixture fixture(final FaultFate fate, final Workload workload, final int credits,
            final WorkErrorSink sink) {
        final DeviceFixture pcie = new DeviceFixture(workload, new PriCapability(credits),
                DeviceFixture.settings(1, 1, 512).withFaultFate(fate), RaiseSchedules.closedLoop(), sink);
        pcie.pri.enable(2048);
        return pcie;
    }

    private static Workload twoProcesses() {
        return new Faults().touch(0, Faults.page(0), false).touch(0, Faults.page(1), true).gap()
                .touch(1, Faults.page(2), false).gap().touch(0, Faults.page(3), false).grouped();
    }

    /** One group of each end: invalid, failed, given up. */
    private DeviceFixture failing(final FaultFate fate) {
        final DeviceFixture pcie = fixture(fate, twoProcesses(), 16, notes);
        final List<Sent> sent = pcie.turn();
        pcie.answer(sent.get(0).index(), INVALID);
        pcie.answer(sent.get(2).index(), 0xF);
        pcie.device.reset();
        assertEquals(4, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(1, pcie.count(Counter.GIVEN_UP));
        return pcie;
    }

    @Test
    void shouldKeepErrorCompletionsToTheDevice() {
        final DeviceFixture pcie = failing(FaultFate.ERROR_COMPLETION);
        assertEquals(List.of(), notes.told);
        assertEquals(0, pcie.count(Counter.ERRORS_TOLD) + pcie.count(Counter.ERRORS_HINTED)
                + pcie.count(Counter.ERRORS_SIGNALLED));
    }

    @Test
    void shouldTellTheDriverAddressAndPasid() {
        final DeviceFixture pcie = failing(FaultFate.DRIVER_TOLD);
        assertEquals(List.of("776 1 0 INVALID_REQUEST", "776 1 1 INVALID_REQUEST", "776 2 2 RESPONSE_FAILURE",
                "776 1 3 RESET"), notes.told);
        assertEquals(4, pcie.count(Counter.ERRORS_TOLD));
    }

    @Test
    void shouldTellTheDriverThatSomethingFailed() {
        final DeviceFixture pcie = failing(FaultFate.DRIVER_HINTED);
        assertEquals(List.of("776 something", "776 something", "776 something", "776 something"), notes.told);
        assertEquals(4, pcie.count(Counter.ERRORS_HINTED));
    }

    @Test
    void shouldSignalTheProcess() {
        final DeviceFixture pcie = failing(FaultFate.PROCESS_SIGNALLED);
        assertEquals(List.of("signal 1 0", "signal 1 1", "signal 2 2", "signal 1 3"), notes.told);
        assertEquals(4, pcie.count(Counter.ERRORS_SIGNALLED));
    }

    /** A driver that keeps its queue of work in order and blames the oldest when it is only told that some failed. */
    private static final class BlamingDriver implements WorkErrorSink {

        final ArrayDeque<Sent> queue = new ArrayDeque<>();
        final List<Integer> blamed = new ArrayList<>();
        final List<Integer> told = new ArrayList<>();

        @Override
        public void somethingFailed(final int requesterId) {
            blamed.add(queue.remove().pasid());
        }

        @Override
        public void faultFailed(final int requesterId, final int pasid, final long address, final WorkError error) {
            told.add(pasid);
        }
    }

    @Test
    void shouldMakeADriverBlameTheWrongProcessWhenItIsImprecise() {
        final BlamingDriver driver = new BlamingDriver();
        final DeviceFixture pcie = fixture(FaultFate.DRIVER_HINTED, twoProcesses(), 16, driver);
        final List<Sent> sent = pcie.turn();
        driver.queue.addAll(sent);
        // The second process touched a page that is not its own.
        pcie.answer(sent.get(2).index(), INVALID);
        assertEquals(2, sent.get(2).pasid());
        assertEquals(List.of(1), driver.blamed);
        assertEquals(1, pcie.count(Counter.FAULTS_FAILED));
        // And the one that was blamed is done well after all.
        pcie.resolve(sent.subList(0, 2));
        assertEquals(2, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldLetADriverBlameTheRightProcessWhenItIsPrecise() {
        final BlamingDriver driver = new BlamingDriver();
        final DeviceFixture pcie = fixture(FaultFate.DRIVER_TOLD, twoProcesses(), 16, driver);
        final List<Sent> sent = pcie.turn();
        driver.queue.addAll(sent);
        pcie.answer(sent.get(2).index(), INVALID);
        assertEquals(List.of(2), driver.told);
        assertEquals(List.of(), driver.blamed);
    }

    @Test
    void shouldSayThatAStoppedPasidFailed() {
        final DeviceFixture pcie = fixture(FaultFate.DRIVER_TOLD, twoProcesses(), 16, notes);
        final List<Sent> sent = pcie.turn();
        pcie.answer(sent.get(2).index(), PageGroupResponseMessage.SUCCESS);
        pcie.device.stopPasid(2);
        pcie.turn();
        assertEquals(List.of("776 2 2 PASID_STOPPED"), notes.told);
    }

    @Test
    void shouldReportTheFaultsOfAGroupThatIsAnsweredBeforeItIsComplete() {
        final DeviceFixture pcie = fixture(FaultFate.DRIVER_TOLD, new Faults().groups(5, 1, 3).grouped(), 16, notes);
        pcie.react((requesterId, pasid, message) -> {
            if (notes.told.isEmpty()) {
                pcie.answer(0, INVALID);
            }
        });
        pcie.turn();
        assertEquals(List.of("776 1 5 INVALID_REQUEST", "776 1 6 INVALID_REQUEST", "776 1 7 INVALID_REQUEST"),
                notes.told);
        assertTrue(pcie.pri.outstanding() == 0);
    }
}
