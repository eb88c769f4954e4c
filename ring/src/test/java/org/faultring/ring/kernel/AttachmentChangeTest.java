/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.FileUser.RESPONSE;
import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.ServedFile.answer;
import static org.faultring.ring.kernel.ServedFile.group;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.TwoThreads;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attach, replace and detach, step by step over both worlds. */
class AttachmentChangeTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;

    /** A driver that lets the test say how far it is. */
    private static final class SlowDriver implements DomainPort, DrainPort {

        private int refusal;
        private boolean isBusy;
        private boolean isDraining;
        private int switches;
        private int drains;

        @Override
        public int attach(final int device, final int pasid, final IommuDomain domain) {
            switches++;
            return refusal;
        }

        @Override
        public boolean beginDrain(final int device, final int pasid) {
            if (isBusy) {
                return false;
            }
            drains++;
            return true;
        }

        @Override
        public boolean isDraining() {
            return isDraining;
        }
    }

    private final ServedFile file = new ServedFile(32, 64, 2);
    private final Kernel kernel = file.kernel;
    private final LinuxFaultObject object = file.object;
    private final FileUser user = file.user;
    private final SlowDriver driver = new SlowDriver();
    private final Counters userCounters = new Counters();
    private final Tally userTally = userCounters.tally();
    private final AttachmentChange change = new AttachmentChange(kernel.attachments, kernel.reporter, driver, driver,
            userTally);

    private int attach(final int device, final int pasid, final IommuDomain domain) {
        change.beginAttach(device, pasid, domain);
        assertFalse(change.finish());
        assertEquals(1, change.doWork());
        assertTrue(change.finish());
        return change.result();
    }

    private long autoResponded() {
        userTally.publish();
        return userCounters.get(Counter.AUTO_RESPONDED);
    }

    @Test
    void shouldHaveNothingToDoAtFirst() {
        assertEquals(0, change.doWork());
        assertTrue(change.finish());
    }

    @Test
    void shouldAttachWhenTheKernelWorldComesToIt() {
        change.beginAttach(0, 5, file.domain);
        assertFalse(change.finish());
        assertEquals(AttachTable.NONE, kernel.attachments.find(0, 5));
        assertEquals(1, change.doWork());
        assertEquals(0, change.doWork());
        assertNotEquals(AttachTable.NONE, kernel.attachments.find(0, 5));
        assertTrue(change.finish());
        assertTrue(change.finish());
        assertEquals(kernel.attachments.find(0, 5), change.result());
        assertEquals(1, driver.switches);
        assertEquals(0, driver.drains);
    }

    @Test
    void shouldRefuseToAttachTwice() {
        final int number = attach(0, 5, file.domain);
        assertEquals(-Errno.EBUSY, attach(0, 5, file.domain));
        assertEquals(number, kernel.attachments.find(0, 5));
        assertEquals(1, driver.switches);
    }

    @Test
    void shouldChangeNothingWhereTheDriverRefuses() {
        driver.refusal = -Errno.ENOMEM;
        assertEquals(-Errno.ENOMEM, attach(0, 5, file.domain));
        assertEquals(AttachTable.NONE, kernel.attachments.find(0, 5));
    }

    @Test
    void shouldDetachInTheOrderOfLinux() {
        attach(0, 0, file.domain);
        file.report(0, 0, 1, 1);
        user.readGroups(1);
        file.report(0, 0, 2, 1);
        kernel.report(0, 0, 0, 3, 0);
        change.beginDetach(0, 0, object);
        // Another drain is under way.
        driver.isBusy = true;
        driver.isDraining = true;
        assertEquals(1, change.doWork());
        assertEquals(0, change.doWork());
        driver.isBusy = false;
        assertEquals(1, change.doWork());
        assertEquals(0, change.doWork());
        assertFalse(change.finish());
        // What the drain brings still goes to the old attachment.
        file.report(0, 0, 4, 1);
        assertEquals(List.of(group(2, 0, 0, 2, 1)), user.readGroups(1));
        driver.isDraining = false;
        assertEquals(1, change.doWork());
        // The handle is gone and the partial with it, and nothing has been answered yet.
        assertEquals(-Errno.EINVAL, kernel.report(0, LAST, 0, 5, 0));
        assertEquals(0, kernel.reporter.waitingRequests());
        assertEquals(1, kernel.count(Counter.DISCARDED));
        assertEquals(List.of(answer(0, 0, 5, INVALID)), file.answered());
        assertEquals(0, autoResponded());
        assertTrue(change.finish());
        assertEquals(0, change.result());
        assertEquals(3, autoResponded());
        assertEquals(3, file.answered().size());
        assertEquals(FaultFile.WRITABLE, object.ready());
        assertEquals(-Errno.EINVAL, user.write(1, SUCCESS));
        assertEquals(1, driver.drains);
    }

    @Test
    void shouldDetachNothingInSilence() {
        change.beginDetach(0, 9, null);
        assertEquals(1, change.doWork());
        assertTrue(change.finish());
        assertEquals(0, change.result());
        assertEquals(0, driver.drains);
        assertEquals(0, driver.switches);
    }

    @Test
    void shouldReplaceInTheOrderOfLinux() {
        final int old = attach(0, 0, file.domain);
        file.report(0, 0, 1, 1);
        kernel.report(0, 0, 0, 9, 0);
        final IommuDomain other = IommuDomain.paging(object.sink());
        change.beginReplace(0, 0, other, object);
        driver.isDraining = true;
        change.doWork();
        // Switched and not yet published: still the old attachment.
        file.report(0, 0, 2, 1);
        driver.isDraining = false;
        assertEquals(1, change.doWork());
        // The new handle is there before the old one's groups are answered.
        file.report(0, 0, 3, 1);
        assertEquals(List.of(), file.answered());
        assertTrue(change.finish());
        assertEquals(List.of(answer(0, 0, 1, INVALID), answer(0, 0, 2, INVALID)), file.answered());
        assertEquals(2, autoResponded());
        assertNotEquals(old, change.result());
        assertEquals(kernel.attachments.find(0, 0), change.result());
        assertEquals(List.of(group(1, 0, 0, 3, 1)), user.readGroups(10));
        assertEquals(RESPONSE, user.write(1, SUCCESS));
        // The device stayed on the queue, so its partial is still there.
        assertEquals(1, kernel.reporter.waitingRequests());
        assertEquals(0, kernel.count(Counter.DISCARDED));
    }

    @Test
    void shouldAnswerNothingWhereAReplaceFails() {
        final int old = attach(0, 0, file.domain);
        file.report(0, 0, 1, 1);
        file.report(0, 0, 2, 1);
        user.readGroups(1);
        kernel.report(0, 0, 0, 9, 0);
        driver.refusal = -Errno.EINVAL;
        change.beginReplace(0, 0, IommuDomain.nested(object.sink()), object);
        assertEquals(1, change.doWork());
        assertTrue(change.finish());
        assertEquals(-Errno.EINVAL, change.result());
        assertEquals(List.of(), file.answered());
        assertEquals(0, autoResponded());
        assertEquals(old, kernel.attachments.find(0, 0));
        assertEquals(1, kernel.reporter.waitingRequests());
        assertEquals(List.of(group(2, 0, 0, 2, 1)), user.readGroups(1));
        assertEquals(2 * RESPONSE, user.write(1, SUCCESS, 2, SUCCESS));
    }

    @Test
    void shouldRefuseToReplaceWhatIsNotThere() {
        change.beginReplace(0, 0, file.domain, null);
        change.doWork();
        assertTrue(change.finish());
        assertEquals(-Errno.EINVAL, change.result());
        assertEquals(0, driver.switches);
    }

    @Test
    void shouldDoNothingWhereADomainReplacesItself() {
        final int number = attach(0, 0, file.domain);
        file.report(0, 0, 1, 1);
        change.beginReplace(0, 0, file.domain, object);
        change.doWork();
        assertTrue(change.finish());
        assertEquals(number, change.result());
        assertEquals(1, driver.switches);
        assertEquals(0, driver.drains);
        assertEquals(List.of(), file.answered());
        assertEquals(List.of(group(1, 0, 0, 1, 1)), user.readGroups(1));
    }

    @Test
    void shouldKeepADeviceOnTheQueueWhileAnyOfItsDomainsHandlesFaults() {
        attach(0, 0, file.domain);
        attach(0, 5, file.domain);
        kernel.report(0, 0, 0, 9, 0);
        detach(0, 5);
        assertEquals(1, kernel.reporter.waitingRequests());
        change.beginReplace(0, 0, IommuDomain.paging(null), object);
        change.doWork();
        assertTrue(change.finish());
        assertEquals(0, kernel.reporter.waitingRequests());
        assertEquals(FaultReporter.OK, kernel.reporter.returnDevice(0));
        kernel.reporter.removeDevice(0);
        attach(0, 5, file.domain);
        file.report(0, 5, 1, 1);
        assertEquals(List.of(group(1, 0, 5, 1, 1)), user.readGroups(1));
    }

    private void detach(final int device, final int pasid) {
        change.beginDetach(device, pasid, object);
        while (!change.finish()) {
            change.doWork();
        }
    }

    @Test
    void shouldWaitForTheAnswersToPendingGroups() {
        final CoreSink sink = new CoreSink();
        attach(0, 0, IommuDomain.paging(sink));
        for (int i = 0; i < 3; i++) {
            kernel.report(0, LAST, 0, i, 0);
        }
        kernel.port.room(2);
        change.beginDetach(0, 0, null);
        assertEquals(1, change.doWork());
        assertFalse(change.finish());
        kernel.port.room(0);
        assertEquals(0, change.doWork());
        kernel.port.room(1);
        assertEquals(1, change.doWork());
        assertTrue(change.finish());
        assertEquals(3, kernel.port.answers().size());
    }

    @Test
    void shouldUseTheNumberOfAnAttachmentAgainOnceItsGroupsAreAnswered() {
        final int number = attach(0, 0, file.domain);
        change.beginDetach(0, 0, object);
        change.doWork();
        // Not yet: the user world has not been there.
        final int other = kernel.attachments.attach(1, 3, file.domain);
        assertNotEquals(number, other);
        assertTrue(change.finish());
        assertEquals(number, attach(0, 0, file.domain));
    }

    @Test
    void shouldRefuseASecondChange() {
        change.beginAttach(0, 5, file.domain);
        assertEquals("device=0 pasid=5: a change is under way", assertThrows(IllegalStateException.class,
                () -> change.beginDetach(1, 2, null)).getMessage());
        change.doWork();
        assertThrows(IllegalStateException.class, () -> change.beginDetach(1, 2, null));
        change.finish();
        change.beginDetach(1, 2, null);
    }

    @Test
    void shouldLeaveAChangeAloneWhenASecondIsRefused() {
        change.beginAttach(0, 5, file.domain, 77);
        assertThrows(IllegalStateException.class, () -> change.beginAttach(1, 6, IommuDomain.paging(null), 88));
        change.doWork();
        assertTrue(change.finish());
        kernel.attachments.find(0, 5);
        assertEquals(77, kernel.attachments.foundDeviceId());
        assertEquals(AttachTable.NONE, kernel.attachments.find(1, 6));
    }

    /** Faults arrive all the time while the user world reads, answers, detaches and attaches. */
    @Test
    @Timeout(60)
    void shouldAnswerEachGroupOnceBetweenTwoThreads() throws InterruptedException {
        final int changes = 3_000;
        final long[] reported = new long[2];
        attach(0, 5, file.domain);
        attach(1, 5, file.domain);
        final AtomicBoolean done = new AtomicBoolean();
        TwoThreads.run(pause -> {
            int i = 0;
            while (!done.get()) {
                change.doWork();
                file.responder.doWork();
                if (kernel.groups.openGroups() < 32) {
                    final int result = kernel.report(i & 1, LAST | Kernel.PASID, 5, i & 511, i);
                    reported[result == FaultReporter.OK ? 0 : 1]++;
                    i++;
                } else {
                    pause.once();
                }
                kernel.port.forget();
            }
        }, pause -> {
            for (int i = 0; i < changes; i++) {
                final int device = i & 1;
                if (i % 3 == 0) {
                    change.beginReplace(device, 5, IommuDomain.paging(object.sink()), object);
                } else {
                    change.beginDetach(device, 5, object);
                }
                while (!change.finish()) {
                    serve(3);
                    pause.once();
                }
                if (i % 3 != 0) {
                    change.beginAttach(device, 5, file.domain);
                    while (!change.finish()) {
                        serve(2);
                        pause.once();
                    }
                }
            }
            done.set(true);
        });
        detach(0, 5);
        detach(1, 5);
        while (file.responder.doWork() > 0) {
            continue;
        }
        assertEquals(FaultFile.WRITABLE, object.ready());
        assertEquals(0, kernel.groups.openGroups());
        assertEquals(0, kernel.count(Counter.RESPONSES_REFUSED));
        assertEquals(reported[0] + reported[1], kernel.count(Counter.ANSWERED) + kernel.count(Counter.REFUSED));
        assertEquals(object.wakes().get(), kernel.count(Counter.ANSWERED));
        assertTrue(reported[0] > 0 && autoResponded() > 0, "nothing happened");
    }

    private void serve(final int records) {
        if (user.read(records) > 0) {
            // The cookies may be any; a wrong one is refused.
            user.write(1, SUCCESS);
            user.write(2, SUCCESS);
        }
    }
}
