/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.DeliverySettings;
import org.faultring.hwmodel.path.FileDeliveries;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.file.FileShape.Opened;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each design that reads a file, on the fault file of the model and of the running kernel. */
class DesignsOnFaultFileTest extends RulesContract {

    private static final int FAULTS = 150;
    private static final int BATCH = 3;
    private static final int ENTRIES = 32;
    private static final int QUIET_CYCLES = 5;

    private final Counters counters = new Counters();
    /** Numbers of faults, as handled. */
    private final List<Integer> handled = new ArrayList<>();
    /** Numbers of faults that another reader took. */
    private final List<Integer> taken = new ArrayList<>();
    private final Random random = new Random(20231102);
    private FaultingDevice device;
    private RulesRing ring;
    private Delivery delivery;

    /** What a test does with an open file. */
    private interface Body {
        void run() throws Exception;
    }

    private void on(final DeliveryDesign design, final Body body) throws Exception {
        try (Subject own = on.open(design.opensNonblocking() ? Opened.NONBLOCKING : Opened.BLOCKING);
                FaultingDevice raising = new FaultingDevice(own);
                RulesRing open = own.ring(raising.queue.file, RingMode.DEFERRED, ENTRIES)) {
            device = raising;
            ring = open;
            delivery = FileDeliveries.of(design, BATCH, DeliverySettings.DEFAULT,
                    new FileDeliveries.Parts(raising.queue.file, open.ring(), null),
                    new HandlerContext(this::handle, new StageTimes(1), System::nanoTime, counters.tally()));
            body.run();
        }
    }

    private int handle(final PageFaultFlyweight fault) {
        handled.add(FaultingDevice.number(fault));
        return PageResponseFlyweight.SUCCESS;
    }

    /** A duty cycle, and what the kernel does meanwhile; true if something was done. */
    private boolean cycle() throws Exception {
        final boolean isWorking = delivery.doWork() > 0;
        return ring.turn() | isWorking;
    }

    private void settle() throws Exception {
        int quiet = 0;
        while (quiet < QUIET_CYCLES) {
            quiet = cycle() ? 0 : quiet + 1;
        }
    }

    /** Raise faults, in bursts, between duty cycles. */
    private void raise(final int faults) throws Exception {
        int left = faults;
        while (left > 0) {
            for (int burst = 1 + random.nextInt(Math.min(left, 6)); burst > 0; burst--) {
                device.raise();
                left--;
            }
            for (int cycles = random.nextInt(4); cycles > 0; cycles--) {
                cycle();
            }
        }
    }

    private static List<Integer> upTo(final int number) {
        return IntStream.rangeClosed(1, number).boxed().toList();
    }

    private List<Integer> handledInOrder(final DeliveryDesign design) {
        // Of several posted reads the order of completions is not the file's.
        return design == DeliveryDesign.POSTED_READ || design == DeliveryDesign.COMMIT_AND_FETCH
                ? handled.stream().sorted().toList()
                : handled;
    }

    private void assertNothingIsLeft() {
        assertFalse(device.queue.isReadable());
        assertEquals(handled.size(), handled.stream().distinct().count(), "none twice");
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "BUSY_READ", "POSTED_READ", "POLL_THEN_READ", "MULTISHOT", "COMMIT_AND_FETCH"})
    void shouldHandleAndAnswerEachFaultOnce(final DeliveryDesign design) throws Exception {
        on(design, () -> {
            settle();
            raise(FAULTS);
            settle();
            assertEquals(upTo(FAULTS), handledInOrder(design));
            assertEquals(FAULTS, counters.get(Counter.GROUPS_HANDLED));
            assertEquals(0, counters.get(Counter.ANSWERS_LOST));
            assertEquals(0, counters.get(Counter.READS_FAILED));
            assertNothingIsLeft();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "BUSY_READ", "POSTED_READ", "POLL_THEN_READ", "MULTISHOT", "COMMIT_AND_FETCH"})
    void shouldGoOnWhereAnotherReaderWasFaster(final DeliveryDesign design) throws Exception {
        on(design, () -> {
            for (int i = 0; i < FAULTS / 5; i++) {
                raise(4);
                device.raise();
                takeOne();
            }
            settle();
            final List<Integer> all = new ArrayList<>(handled);
            all.addAll(taken);
            assertEquals(upTo(FAULTS), all.stream().sorted().toList());
            assertEquals(0, counters.get(Counter.ANSWERS_LOST));
            assertNothingIsLeft();
        });
    }

    /** What another reader does, if it finds something. */
    private void takeOne() {
        if (device.queue.read(1) == RECORD) {
            final PageFaultFlyweight fault = device.queue.record(0);
            taken.add(FaultingDevice.number(fault));
            assertEquals(RESPONSE, device.queue.write(fault.cookie(), SUCCESS));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "BUSY_READ", "POSTED_READ", "POLL_THEN_READ", "MULTISHOT", "COMMIT_AND_FETCH"})
    void shouldGoOnAfterADetachInTheMiddle(final DeliveryDesign design) throws Exception {
        on(design, () -> {
            for (int i = 0; i < 10; i++) {
                raise(5);
                device.raise();
                device.detach();
                // Nobody's: the page table has no queue.
                final int lost = device.raise();
                device.attach();
                settle();
                assertFalse(handled.contains(lost));
                final int handledBefore = handled.size();
                raise(4);
                settle();
                assertEquals(handledBefore + 4, handled.size(), "what comes afterwards arrives");
            }
            assertTrue(handled.size() >= 40 && handled.size() <= 100, () -> "handled " + handled.size());
            assertNothingIsLeft();
        });
    }
}
