/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.junit.jupiter.api.Test;

class FirstOwnersTest {

    private static final int DEVICE = 3;
    private static final int OBJECT = 1;
    private static final int PASID = 9;

    private final Watch watch = new Watch(null);
    private final FirstOwners owners = new FirstOwners(watch);

    private static MirrorGroup group(final int device, final int index, final int attachment, final long address) {
        return new MirrorGroup(device, index, attachment, 0, List.of(new MirrorRecord(
                PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE, PASID, 1, address)));
    }

    private static MirrorGroup group(final int index) {
        return group(DEVICE, index, 4, 0x1000);
    }

    private void assertViolated(final Invariant... invariants) {
        assertEquals(List.of(invariants), watch.violations().stream().map(Violation::invariant).toList());
    }

    @Test
    void shouldTakeGroupsOfADeviceInOrderAndThoseOfOthersInAny() {
        owners.enter(OBJECT, group(0));
        owners.enter(OBJECT, group(1));
        owners.enter(OBJECT, group(DEVICE + 1, 0, 5, 0x2000));
        owners.enter(OBJECT + 1, group(2));
        owners.forwarded(OBJECT + 1, group(2));
        owners.forwarded(OBJECT, group(DEVICE + 1, 0, 5, 0x2000));
        owners.forwarded(OBJECT, group(0));
        assertFalse(owners.isEmpty());
        owners.forwarded(OBJECT, group(1));
        assertTrue(owners.isEmpty());
        assertViolated();
    }

    @Test
    void shouldSeeAGroupThatIsHandedOnBeforeItsTurn() {
        owners.enter(OBJECT, group(0));
        owners.enter(OBJECT, group(1));
        owners.forwarded(OBJECT, group(1));
        assertViolated(Invariant.WHOLE_GROUP);
    }

    @Test
    void shouldSeeWhatChangesOnTheWay() {
        owners.enter(OBJECT, group(0));
        owners.forwarded(OBJECT, group(DEVICE, 0, 5, 0x1000));
        owners.enter(OBJECT, group(0));
        owners.forwarded(OBJECT, group(DEVICE, 0, 4, 0x3000));
        assertViolated(Invariant.WHOLE_GROUP, Invariant.WHOLE_GROUP);
    }

    @Test
    void shouldSeeAGroupThatIsHandedOnTwice() {
        owners.enter(OBJECT, group(0));
        owners.forwarded(OBJECT, group(0));
        owners.forwarded(OBJECT, group(0));
        assertViolated(Invariant.WHOLE_GROUP);
    }

    @Test
    void shouldLetADrainAnswerSuccessToTheFirst() {
        owners.enter(OBJECT, group(0));
        owners.enter(OBJECT, group(1));
        assertFalse(owners.endsFirst(DEVICE, PASID, 1, PageResponseFlyweight.SUCCESS, true));
        assertTrue(owners.endsFirst(DEVICE, PASID, 0, PageResponseFlyweight.SUCCESS, true));
        assertViolated();
        assertTrue(owners.endsFirst(DEVICE, PASID, 1, PageResponseFlyweight.SUCCESS, false));
        assertViolated(Invariant.FAILURES);
    }

    @Test
    void shouldSeeAChangeThatLeavesAGroupBehind() {
        final FaultObject object = owners.object(OBJECT, new FaultObject() {

            @Override
            public FaultSink sink() {
                throw new UnsupportedOperationException();
            }

            @Override
            public OneToOneResponseRing responses() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int autoRespond(final int attachment) {
                return 0;
            }
        });
        owners.enter(OBJECT, group(0));
        object.autoRespond(5);
        assertViolated();
        object.autoRespond(4);
        assertViolated(Invariant.AUTO_RESPONSE);
    }
}
