/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.function.Supplier;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.ring.FaultRing;
import org.faultring.ring.ForwardingFaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.ForwardingDelivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.ForwardingFaultSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A path of any design that breaks one rule is found out, and the rule is named. */
class PlantedDesignFaultTest {

    /** Does nothing any more after a few duty cycles. */
    private static final class LazyReader extends ForwardingDelivery {

        private static final int CYCLES = 20;
        private int cycles;

        LazyReader(final Delivery reader) {
            super(reader);
        }

        @Override
        public int doWork() throws Exception {
            final int work = cycles < CYCLES ? super.doWork() : 0;
            cycles += work > 0 ? 1 : 0;
            return work;
        }
    }

    private static final PathHooks LAZY_READERS = new PathHooks() {

        @Override
        public Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
                final Supplier<Delivery> usual) {
            return new LazyReader(usual.get());
        }
    };

    @ParameterizedTest
    @EnumSource(names = {"EVENTFD", "BUSY_READ", "INJECT", "POSTED_READ", "MULTISHOT"})
    void shouldFindAReaderThatStopsToServe(final DeliveryDesign design) {
        new Planted(design).assertPartFound(Invariant.ALL_SERVED, LAZY_READERS);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENTFD", "BUSY_READ", "INJECT", "POSTED_READ", "POLL_THEN_READ", "MULTISHOT",
        "COMMIT_AND_FETCH", "SAMPLE_2023"})
    void shouldFindACookieThatIsNotTheLowest(final DeliveryDesign design) {
        new Planted(design).assertFileFound(Invariant.LOWEST_COOKIE, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                if (bytes > 0) {
                    LittleEndian.putInt(buffers.get(buffer), offset + PageFaultFlyweight.COOKIE_OFFSET, 77);
                }
                return bytes;
            }
        });
    }

    @Test
    void shouldFindARecordThatTheDeliveryIsNotGiven() {
        new Planted(DeliveryDesign.VFIO_REGION).assertPartFound(Invariant.ARRIVAL_ORDER, new PathHooks() {

            @Override
            public FaultRing faults(final int object, final FaultRing ring) {
                return new ForwardingFaultRing(ring) {

                    private int polled;

                    @Override
                    public int poll(final FaultSlotHandler handler, final int limit) {
                        return ring.poll(slot -> hand(slot, handler), limit);
                    }

                    private void hand(final FaultSlotFlyweight slot, final FaultSlotHandler handler) {
                        if (++polled % 50 != 0) {
                            handler.onSlot(slot);
                        }
                    }
                };
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"VFIO_REGION", "MULTISHOT", "INJECT"})
    void shouldFindAnotherCodeThanWasGiven(final DeliveryDesign design) {
        assertCodeFound(design, Invariant.COOKIE_SPENT);
    }

    @Test
    void shouldFindAnotherCodeThanThePagesHave() {
        assertCodeFound(DeliveryDesign.SVA, Invariant.FIRST_FAILURE);
    }

    private static void assertCodeFound(final DeliveryDesign design, final Invariant expected) {
        new Planted(design).assertResponderFound(expected, (driver, device, flags, pasid, groupIndex,
                code) -> driver.respond(device, flags, pasid, groupIndex,
                        code == PageResponseFlyweight.SUCCESS ? PageResponseFlyweight.INVALID : code));
    }

    @Test
    void shouldFindAGroupOfTheKernelThatIsNeverAnswered() {
        new Planted(DeliveryDesign.SVA).assertResponderFound(Invariant.ALL_SERVED, (driver, device, flags, pasid,
                groupIndex, code) -> {
            if (groupIndex % 32 != 31) {
                driver.respond(device, flags, pasid, groupIndex, code);
            }
        });
    }

    /** A ring without room is no memory for a group; only a first owner then waits though there is room. */
    @Test
    void shouldFindAFirstOwnerThatHandsNothingOn() {
        final Planted planted = new Planted(DeliveryDesign.EVENTFD);
        planted.assertSinkFound(Invariant.ALL_SERVED, sink -> new ForwardingFaultSink(sink) {

            private final FaultRing full = new ForwardingFaultRing(super.ring()) {

                private int claims;

                @Override
                public long tryClaim(final int slots) {
                    return ++claims > 20 ? INSUFFICIENT_CAPACITY : super.tryClaim(slots);
                }

                @Override
                public int poll(final FaultSlotHandler handler, final int limit) {
                    return sink.ring().poll(handler, limit);
                }
            };

            @Override
            public FaultRing ring() {
                return full;
            }
        });
    }
}
