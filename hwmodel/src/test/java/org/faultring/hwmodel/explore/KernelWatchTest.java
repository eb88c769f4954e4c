/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.kernel.Overload;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;
import org.junit.jupiter.api.Test;

/** What the watcher of the kernel makes of answers, call by call. */
class KernelWatchTest {

    private static final int DEVICE = 2;
    private static final int INDEX = 168;
    private static final int FLAGS = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE;

    private final Watch watch = new Watch(null);
    private final MirrorObject first = new MirrorObject();
    private final MirrorObject second = new MirrorObject();
    private final KernelWatch kernel = new KernelWatch(watch, List.of(first, second), 1, null);
    private final PageResponsePort responses = kernel.responses(new PageResponsePort() {

        @Override
        public int room() {
            return 1;
        }

        @Override
        public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                final int code) {
            // Nobody is told.
        }

        @Override
        public void submit() {
            // Nothing was kept.
        }
    });

    private static MirrorGroup group(final int pasid, final int attachment) {
        return new MirrorGroup(DEVICE, INDEX, attachment, 0, List.of(new MirrorRecord(FLAGS, pasid, 1, 0x1000)));
    }

    private void respond(final int pasid, final int code) {
        responses.respond(DEVICE, FLAGS, pasid, INDEX, code);
    }

    private void assertViolated(final Invariant... invariants) {
        assertEquals(List.of(invariants), watch.violations().stream().map(Violation::invariant).toList());
    }

    /** A device that was reset has given the index to a group of another process; both attachments go away. */
    private void leaveTwoGroupsOfOneIndex() {
        first.arrive(group(2, 7));
        second.arrive(group(1, 6));
        first.autoRespond(7);
        second.autoRespond(6);
    }

    @Test
    void shouldTellTwoGroupsOfOneIndexApartByTheirPasids() {
        leaveTwoGroupsOfOneIndex();
        respond(1, PageResponseFlyweight.INVALID);
        respond(2, PageResponseFlyweight.INVALID);
        assertViolated();
        assertEquals(List.of(), first.answered());
        assertEquals(List.of(), second.answered());
    }

    @Test
    void shouldTellTwoGroupsOfOneIndexAndPasidApartByTheirCodes() {
        first.arrive(group(1, 5));
        first.autoRespond(5);
        second.arrive(group(1, 6));
        second.readFirst(1);
        second.answer(1, PageResponseFlyweight.SUCCESS);
        respond(1, PageResponseFlyweight.SUCCESS);
        respond(1, PageResponseFlyweight.INVALID);
        assertViolated();
    }

    @Test
    void shouldSeeAnAnswerUnderAPasidOfNeitherGroup() {
        leaveTwoGroupsOfOneIndex();
        respond(3, PageResponseFlyweight.INVALID);
        assertViolated(Invariant.RESPONSE_OF_LAST);
    }

    /** A request that finds no room, in a way that holds it back. */
    private void holdBack() {
        kernel.attached(new Attached() {

            @Override
            public int attachmentOf(final int device, final int pasid) {
                return 1;
            }

            @Override
            public int objectOf(final int device, final int pasid) {
                return 0;
            }

            @Override
            public boolean isChanging() {
                return false;
            }

            @Override
            public boolean hasHandlers(final int device) {
                return true;
            }
        });
        kernel.reports(new ReportPort() {

            @Override
            public int report(final int device, final int flags, final int pasid, final int groupIndex,
                    final int permissions, final long address) {
                kernel.overloaded(Overload.HOLD_BACK);
                return 0;
            }

            @Override
            public void discardPartials() {
                // Nothing waits.
            }

            @Override
            public boolean isHoldingBack() {
                return true;
            }
        }).report(DEVICE, FLAGS, 1, INDEX, PageFaultFlyweight.READ, 0x1000);
    }

    /** Beyond its share the device is held back; when it is tried again the ring is full, for which there is a rule. */
    @Test
    void shouldLetWhatWasHeldBackBeAnsweredByTheRuleThatItMeetsWhenItIsTriedAgain() {
        holdBack();
        kernel.overloaded(Overload.ANSWER_FAILURE);
        respond(1, PageResponseFlyweight.FAILURE);
        assertViolated();
    }

    @Test
    void shouldSeeACodeThatIsNotThatOfTheRule() {
        holdBack();
        kernel.overloaded(Overload.ANSWER_INVALID);
        respond(1, PageResponseFlyweight.FAILURE);
        assertViolated(Invariant.FAILURES);
    }

    @Test
    void shouldSeeTheCodeOfARuleWhereNothingWasHeldBack() {
        kernel.overloaded(Overload.ANSWER_FAILURE);
        respond(1, PageResponseFlyweight.FAILURE);
        assertViolated(Invariant.USER_CODES, Invariant.ONE_RESPONSE);
    }
}
