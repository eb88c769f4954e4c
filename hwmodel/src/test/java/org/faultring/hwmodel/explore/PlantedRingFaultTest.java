/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.ring.FaultRing;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.ForwardingFaultObject;
import org.faultring.ring.kernel.ForwardingFaultSink;
import org.faultring.ring.kernel.Overload;
import org.junit.jupiter.api.Test;

/** A path with a ring in place of a file that breaks one rule is found out, and the rule is named. */
class PlantedRingFaultTest {

    private final Planted planted = new Planted(DeliveryDesign.SHARED_RING);

    /** Break the field of the newest record before its arrival is told. */
    private void assertRecordFound(final Invariant expected, final int fieldOffset, final int delta) {
        planted.assertSinkFound(expected, sink -> new ForwardingFaultSink(sink) {
            @Override
            public void groupArrived(final int handle, final int attachment) {
                final FaultRing ring = ring();
                final int at = ring.slotOffset(ring.producerPosition() - 1) + fieldOffset;
                LittleEndian.putInt(ring.buffer(), at, LittleEndian.getInt(ring.buffer(), at) + delta);
                super.groupArrived(handle, attachment);
            }
        });
    }

    @Test
    void shouldFindAGroupThatWasTornApart() {
        assertRecordFound(Invariant.WHOLE_GROUP, PageFaultFlyweight.ADDR_OFFSET, 4096);
    }

    @Test
    void shouldFindAGroupUnderTwoCookies() {
        assertRecordFound(Invariant.ARRIVAL_ORDER, PageFaultFlyweight.COOKIE_OFFSET, 1 << 20);
    }

    @Test
    void shouldFindARecordThatChangesInTheRing() {
        planted.assertSinkFound(Invariant.ARRIVAL_ORDER, sink -> new ForwardingFaultSink(sink) {
            @Override
            public void cycleEnded() {
                final FaultRing ring = ring();
                if (ring.producerPosition() > 0) {
                    final int at = ring.slotOffset(ring.producerPosition() - 1) + PageFaultFlyweight.ADDR_OFFSET;
                    LittleEndian.putLong(ring.buffer(), at, 0x1000);
                }
                super.cycleEnded();
            }
        });
    }

    @Test
    void shouldFindASecondResponse() {
        planted.assertResponderFound(Invariant.ONE_RESPONSE, (driver, device, flags, pasid, groupIndex, code) -> {
            driver.respond(device, flags, pasid, groupIndex, code);
            if (code == PageResponseFlyweight.SUCCESS && driver.room() > 0) {
                driver.respond(device, flags, pasid, groupIndex, code);
            }
        });
    }

    @Test
    void shouldFindAResponseUnderAnotherPasid() {
        planted.assertResponderFound(Invariant.RESPONSE_OF_LAST, (driver, device, flags, pasid, groupIndex,
                code) -> driver.respond(device, flags, code == PageResponseFlyweight.SUCCESS ? pasid + 1 : pasid,
                        groupIndex, code));
    }

    @Test
    void shouldFindAnotherCodeThanTheHandlerGave() {
        planted.assertResponderFound(Invariant.COOKIE_SPENT, (driver, device, flags, pasid, groupIndex,
                code) -> driver.respond(device, flags, pasid, groupIndex,
                        code == PageResponseFlyweight.SUCCESS ? PageResponseFlyweight.INVALID : code));
    }

    @Test
    void shouldFindADetachThatAnswersNothing() {
        planted.assertObjectFound(Invariant.AUTO_RESPONSE, object -> new ForwardingFaultObject(object) {
            @Override
            public int autoRespond(final int attachment) {
                return 0;
            }
        });
    }

    @Test
    void shouldFindARuleThatIsNotKept() {
        planted.assertFound(Invariant.FAILURES, PathHooks.NONE,
                monitor -> new ForwardingHooks(monitor) {
                    @Override
                    public FaultSink sink(final int object,
                            final FaultSink sink) {
                        return new ForwardingFaultSink(super.sink(object, sink)) {
                            @Override
                            public Overload overload(final int device, final int length) {
                                return super.overload(device, length) == Overload.ANSWER_INVALID
                                        ? Overload.ANSWER_FAILURE
                                        : Overload.ANSWER_INVALID;
                            }
                        };
                    }
                });
    }
}
