/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.hwmodel.vtd.InvalidationBatch.State;
import org.faultring.hwmodel.vtd.VtdFixture.Answer;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a submission when the hardware reports an error. */
class SubmissionErrorTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int PASID = VtdFixture.PASID;
    private static final int FLAGS = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE;
    private static final long BAD = 0xF;

    /** An error as the driver reports it. */
    record Error(InvalidationError error, int domain, int requesterId, int detail) {}

    private final DriverFixture linux = new DriverFixture(0, 48, 64);
    private final VtdFixture vtd = linux.vtd;
    private final List<Error> errors = new ArrayList<>();
    private final List<Integer> tags = new ArrayList<>();

    SubmissionErrorTest() {
        linux.driver.reportErrorsTo((error, domain, requesterId, detail) -> errors
                .add(new Error(error, domain, requesterId, detail)));
        vtd.iommu.connectDeviceTlb(FUNCTION, (tag, pasid, body) -> tags.add(tag));
        linux.bus.accesses();
    }

    private static InvalidationBatch batch(final int domain) {
        return new InvalidationBatch().begin(domain);
    }

    private static InvalidationBatch good(final int domain) {
        return batch(domain).add(IotlbDescriptor.qw0(IotlbDescriptor.DOMAIN, domain, 0), 0);
    }

    private static InvalidationBatch ofDevice(final int domain) {
        return good(domain).add(DeviceTlbDescriptor.pasidQw0(FUNCTION, FUNCTION, PASID, 0),
                DeviceTlbDescriptor.pasidQw1(0, DeviceTlbDescriptor.EVERYTHING));
    }

    private long queueWord(final int entry) {
        return vtd.word((vtd.registers.read64(VtdRegisters.IQA) & -4096L) + entry * 32L);
    }

    @Test
    void shouldSubmitABatchWithItsWait() {
        final InvalidationBatch batch = good(5).drainPageRequests();
        linux.driver.submit(batch);
        assertEquals(State.SUBMITTED, batch.state());
        assertEquals(List.of("IQT<-40"), linux.bus.writes());
        assertEquals(0x0000_0002_0000_00A5L, queueWord(1));
        assertFalse(linux.driver.isAtRest());
        linux.settle();
        assertEquals(State.DONE, batch.state());
        assertEquals(1, batch.attempts());
        assertEquals(5, batch.domain());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldTakeBatchesAndResponsesInTurn() {
        final InvalidationBatch first = good(1);
        final InvalidationBatch second = good(2);
        linux.driver.respond(DriverFixture.DEVICE, FLAGS, PASID, 1, 0);
        linux.driver.submit();
        linux.driver.respond(DriverFixture.DEVICE, FLAGS, PASID, 2, 0);
        linux.driver.submit(first);
        linux.driver.submit(second);
        assertEquals(State.QUEUED, first.state());
        assertThrows(IllegalStateException.class, () -> linux.driver.submit(first));
        assertThrows(IllegalStateException.class, () -> first.begin(1));
        // No further responses before the batches had their turn.
        assertEquals(0, linux.driver.room());
        linux.driver.submit();
        linux.settle();
        assertEquals(State.DONE, first.state());
        assertEquals(State.DONE, second.state());
        assertEquals(List.of(1, 2), vtd.answers.stream().map(Answer::groupIndex).toList());
        assertEquals(64, linux.driver.room());
    }

    @Test
    void shouldRefuseMoreThan16Descriptors() {
        final InvalidationBatch batch = batch(1);
        for (int i = 0; i < 16; i++) {
            batch.add(1, 0);
        }
        assertThrows(IllegalArgumentException.class, () -> batch.add(1, 0));
        assertThrows(IllegalArgumentException.class, () -> batch(0x1_0000));
    }

    /** IQE at the first slot: overwritten with the wait, -EINVAL. */
    @Test
    void shouldGiveUpABatchWhoseFirstDescriptorIsBad() {
        final InvalidationBatch batch = batch(5).add(BAD, 0).add(IotlbDescriptor.qw0(2, 5, 0), 0);
        linux.driver.submit(batch);
        linux.bus.accesses();
        vtd.iommu.doWork();
        assertEquals(VtdRegisters.IQE, vtd.fsts());
        assertEquals(0, vtd.iqh());
        linux.driver.doWork();
        assertEquals(State.INVALID, batch.state());
        assertEquals(List.of("FSTS<-10"), linux.bus.writes());
        assertEquals(queueWord(2), queueWord(0));
        assertEquals(List.of(new Error(InvalidationError.QUEUE, 5, 0, InvalidationError.INVALID_TYPE)), errors);
        assertEquals(1, linux.count(Counter.SUBMISSIONS_FAILED));
        // The hardware executes what was given up, repaired.
        assertEquals(3, vtd.iommu.doWork());
        assertEquals(0x60, vtd.iqh());
        final InvalidationBatch next = good(6);
        linux.driver.submit(next);
        linux.settle();
        assertEquals(State.DONE, next.state());
        assertFalse(linux.driver.isStuck());
    }

    /** IQE at a later slot: nobody clears it, Linux polls forever; the watchdog sees it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15})
    void shouldBeStuckAtALaterBadDescriptor(final int slot) {
        final InvalidationBatch batch = batch(5);
        for (int i = 0; i <= slot; i++) {
            batch.add(i == slot ? BAD : IotlbDescriptor.qw0(2, 5, 0), 0);
        }
        linux.driver.submit(batch);
        linux.bus.accesses();
        assertFalse(linux.driver.isStuck());
        for (int i = 0; i < 100; i++) {
            linux.cycle();
        }
        assertTrue(linux.driver.isStuck());
        assertEquals(State.SUBMITTED, batch.state());
        assertFalse(linux.driver.isAtRest());
        assertEquals(1, linux.count(Counter.SUBMISSIONS_STUCK));
        assertEquals(1, linux.count(Counter.COMMAND_ERRORS));
        assertEquals(List.of(), linux.bus.writes());
        assertEquals(slot * 0x20L, vtd.iqh());
        assertEquals(List.of(new Error(InvalidationError.QUEUE, 5, 0, InvalidationError.INVALID_TYPE)), errors);
        // Whoever mends the descriptor and clears the bit sets it free.
        vtd.putWord((vtd.registers.read64(VtdRegisters.IQA) & -4096L) + slot * 32L, IotlbDescriptor.qw0(2, 5, 0));
        vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
        linux.settle();
        assertFalse(linux.driver.isStuck());
        assertEquals(State.DONE, batch.state());
    }

    /** The rest of what was given up is bad too: now the next submission is stuck, and the owner of the slot named. */
    @Test
    void shouldNameTheDomainOfTheDescriptorAtTheHead() {
        final InvalidationBatch bad = batch(5).add(BAD, 0).add(BAD, 0);
        linux.driver.submit(bad);
        vtd.iommu.doWork();
        linux.driver.doWork();
        final InvalidationBatch next = good(6);
        linux.driver.submit(next);
        for (int i = 0; i < 10; i++) {
            linux.cycle();
        }
        assertTrue(linux.driver.isStuck());
        assertEquals(State.INVALID, bad.state());
        assertEquals(State.SUBMITTED, next.state());
        assertEquals(List.of(5, 5), errors.stream().map(Error::domain).toList());
    }

    @Test
    void shouldReportEachCauseOfAQueueError() {
        linux.driver.submit(batch(5).add(IotlbDescriptor.qw0(2, 5, 0) | 1 << 8, 0));
        linux.settle();
        linux.driver.submit(batch(6).add(InvalidationDescriptor.PAGE_GROUP_RESPONSE, 1));
        linux.settle();
        linux.driver.submit(batch(7).add(0, 0));
        linux.settle();
        assertEquals(List.of(InvalidationError.RESERVED_FIELD, InvalidationError.RESERVED_FIELD,
                InvalidationError.INVALID_TYPE), errors.stream().map(Error::detail).toList());
        assertEquals(List.of(5, 6, 7), errors.stream().map(Error::domain).toList());
    }

    /** ITE: the wait is never written, its slot becomes aborted, the whole batch goes out again. */
    @Test
    void shouldSubmitTheWholeBatchAgainWhenADeviceDoesNotAnswer() {
        final InvalidationBatch batch = ofDevice(5);
        linux.driver.submit(batch);
        vtd.iommu.doWork();
        linux.driver.doWork();
        final long status = vtd.word((vtd.registers.read64(VtdRegisters.IQA) & -4096L) + 2 * 32L + 8);
        assertEquals(1, vtd.half(status));
        assertTrue(vtd.iommu.timeOutInvalidations(FUNCTION));
        linux.bus.accesses();
        linux.driver.doWork();
        assertEquals(List.of("FSTS<-40", "IQT<-c0"), linux.bus.writes());
        assertEquals(2, batch.attempts());
        assertEquals(State.SUBMITTED, batch.state());
        for (int i = 0; i < 2; i++) {
            assertEquals(queueWord(i), queueWord(3 + i));
        }
        assertEquals(List.of(new Error(InvalidationError.TIME_OUT, 5, FUNCTION, 0)), errors);
        assertEquals(1, linux.count(Counter.SUBMISSIONS_RETRIED));
        vtd.iommu.doWork();
        assertEquals(2, tags.size());
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1 << tags.get(1)));
        linux.settle();
        assertEquals(State.DONE, batch.state());
        // The first wait was never written.
        assertEquals(0, vtd.half(status));
        assertEquals(0, vtd.fsts());
    }

    /** There is no time limit: a device that does not answer ends the poll only through ITE. */
    @Test
    void shouldPollWithoutATimeLimit() {
        final InvalidationBatch batch = ofDevice(5);
        linux.driver.submit(batch);
        for (int i = 0; i < 100_000; i++) {
            linux.cycle();
            linux.bus.accesses();
        }
        assertEquals(State.SUBMITTED, batch.state());
        assertEquals(1, batch.attempts());
        assertFalse(linux.driver.isStuck());
        vtd.iommu.timeOutInvalidations(FUNCTION);
        linux.driver.doWork();
        assertEquals(2, batch.attempts());
    }

    @Test
    void shouldTryAgainAsOftenAsADeviceDoesNotAnswer() {
        final InvalidationBatch batch = ofDevice(5);
        linux.driver.submit(batch);
        for (int i = 1; i <= 300; i++) {
            linux.cycle();
            assertEquals(i, batch.attempts());
            assertTrue(vtd.iommu.timeOutInvalidations(FUNCTION));
            linux.driver.doWork();
        }
        linux.cycle();
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1 << tags.get(tags.size() - 1)));
        linux.settle();
        assertEquals(301, batch.attempts());
        assertEquals(State.DONE, batch.state());
    }

    @Test
    void shouldKeepWhatIsCollectedBehindABatchThatGoesOutAgain() {
        final InvalidationBatch batch = ofDevice(5);
        linux.driver.submit(batch);
        linux.cycle();
        for (int i = 0; i < 64; i++) {
            linux.driver.respond(DriverFixture.DEVICE, FLAGS, PASID, i, i & 1);
        }
        for (int attempt = 0; attempt < 10; attempt++) {
            vtd.iommu.timeOutInvalidations(FUNCTION);
            linux.cycle();
            linux.cycle();
            assertEquals(List.of(), vtd.answers);
        }
        linux.driver.submit();
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1 << tags.get(tags.size() - 1)));
        linux.settle();
        assertEquals(State.DONE, batch.state());
        assertEquals(64, vtd.answers.size());
        for (int i = 0; i < 64; i++) {
            assertEquals(new Answer(FUNCTION, PASID, i, i & 1), vtd.answers.get(i));
        }
    }

    @Test
    void shouldGiveUpABatchForADeviceThatIsGone() {
        final InvalidationBatch batch = ofDevice(5);
        linux.driver.submit(batch);
        linux.cycle();
        linux.driver.removeDevice(FUNCTION);
        vtd.iommu.timeOutInvalidations(FUNCTION);
        linux.driver.doWork();
        assertEquals(State.TIMED_OUT, batch.state());
        assertEquals(1, batch.attempts());
        assertEquals(1, linux.count(Counter.SUBMISSIONS_FAILED));
        assertEquals(0, linux.count(Counter.SUBMISSIONS_RETRIED));
        final InvalidationBatch next = good(6);
        linux.driver.submit(next);
        linux.settle();
        assertEquals(State.DONE, next.state());
    }

    /** The wait was not fetched yet: it is not aborted, and is done although the device never answered. */
    @Test
    void shouldGoOnWhenItsOwnWaitWasNotAborted() {
        final InvalidationBatch batch = ofDevice(5).add(WaitDescriptor.qw0(WaitDescriptor.FENCE, 2), 0)
                .add(IotlbDescriptor.qw0(2, 5, 0), 0);
        linux.driver.submit(batch);
        linux.cycle();
        vtd.iommu.timeOutInvalidations(FUNCTION);
        linux.settle();
        assertEquals(State.DONE, batch.state());
        assertEquals(1, batch.attempts());
    }

    @Test
    void shouldClearACompletionErrorAndGoOn() {
        final InvalidationBatch batch = ofDevice(5);
        linux.driver.submit(batch);
        linux.cycle();
        vtd.iommu.invalidateCompletion(0x0777, InvalidateCompletionMessage.of(0, 1, 1 << 9));
        linux.bus.accesses();
        linux.driver.doWork();
        assertEquals(List.of("FSTS<-20"), linux.bus.writes());
        assertEquals(List.of(new Error(InvalidationError.COMPLETION, 5, 0x0777, 0)), errors);
        assertEquals(State.SUBMITTED, batch.state());
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1));
        linux.settle();
        assertEquals(State.DONE, batch.state());
    }

    /** Page group responses go out twice; the function sees an unexpected index. */
    @Test
    void shouldSubmitResponsesAgainAsWell() {
        // The rest of a batch that was given up is still out at the device.
        final InvalidationBatch bad = batch(5).add(BAD, 0).add(
                DeviceTlbDescriptor.pasidQw0(FUNCTION, FUNCTION, PASID, 0),
                DeviceTlbDescriptor.pasidQw1(0, DeviceTlbDescriptor.EVERYTHING));
        linux.driver.submit(bad);
        linux.cycle();
        linux.driver.respond(DriverFixture.DEVICE, FLAGS, PASID, 7, 0);
        linux.driver.submit();
        linux.cycle();
        assertEquals(1, vtd.answers.size());
        vtd.iommu.timeOutInvalidations(FUNCTION);
        linux.settle();
        assertEquals(List.of(7, 7), vtd.answers.stream().map(Answer::groupIndex).toList());
        assertEquals(InvalidationErrorSink.NO_DOMAIN, errors.get(errors.size() - 1).domain());
    }

    @Test
    void shouldAllocateNothing() {
        final DriverFixture other = new DriverFixture(0, 48, 64, 1 << 10, false);
        other.vtd.iommu.connectDeviceTlb(FUNCTION, (tag, pasid, body) -> {});
        final InvalidationBatch batch = new InvalidationBatch();
        Allocation.assertNone(() -> {
            for (int i = 0; i < 300; i++) {
                batch.begin(5).add(DeviceTlbDescriptor.pasidQw0(FUNCTION, FUNCTION, PASID, 0), 0);
                other.driver.submit(batch);
                other.cycle();
                other.vtd.iommu.timeOutInvalidations(FUNCTION);
                other.driver.doWork();
                other.vtd.iommu.doWork();
                other.vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 1));
                other.cycle();
                batch.begin(5).add(BAD, 0);
                other.driver.submit(batch);
                other.cycle();
                other.cycle();
            }
        });
        assertEquals(0, other.count(Counter.SUBMISSIONS_STUCK));
    }
}
