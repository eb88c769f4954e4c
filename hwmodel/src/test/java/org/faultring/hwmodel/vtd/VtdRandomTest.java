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
import java.util.Random;

import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices, hardware, driver and user in any order: every request and every fault ends in exactly one way. */
class VtdRandomTest {

    private static final int[] FUNCTIONS = {VtdFixture.FUNCTION, 0x0410, 0x0418, 0x0999};
    private static final int STEPS = 30_000;

    static long[] seeds() {
        return Seeds.of(30, 12);
    }

    private record Invalidate(int function, int tag) {}

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldConserveRequestsAndFaults(final long seed) {
        Seeds.run(seed, () -> new Run(seed).go());
    }

    /** One run. */
    private static final class Run {

        private final Random random;
        private final DriverFixture linux;
        private final VtdFixture vtd;
        private final List<Invalidate> out = new ArrayList<>();
        private final InvalidationBatch batch = new InvalidationBatch();
        private long requests;
        private long stopMarkers;
        private long faults;
        private long answered;
        private int timeOuts;

        private Run(final long seed) {
            random = new Random(seed);
            final boolean isPolled = random.nextBoolean();
            final int responses = new int[] {1, 7, 126}[random.nextInt(3)];
            linux = new DriverFixture(random.nextInt(2), 48, responses, 64, false,
                    hardware -> isPolled ? new PolledCompletion() : new InterruptCompletion(hardware));
            vtd = linux.vtd;
            for (int i = 0; i < FUNCTIONS.length; i++) {
                final int function = FUNCTIONS[i];
                vtd.connect(function);
                if (i == 1 || i == 2) {
                    linux.addDevice(function);
                }
                vtd.iommu.connectDeviceTlb(function, (tag, pasid, body) -> out.add(new Invalidate(function, tag)));
            }
        }

        private void go() {
            for (int i = 0; i < STEPS; i++) {
                step();
                vtd.answers.clear();
            }
            settle();
            check();
            assertTrue(timeOuts > 0);
            assertTrue(linux.count(Counter.OVERFLOWS) > 0);
            assertTrue(linux.count(Counter.DISCARDED) > 0);
            assertTrue(linux.count(Counter.EVENTS_LOST) > 0);
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1 -> burst();
                case 2, 3 -> vtd.iommu.doWork();
                case 4, 5 -> linux.driver.doWork();
                case 6, 7 -> answered += linux.faults().size();
                case 8 -> linux.answerAll(random.nextInt(2));
                case 9 -> invalidate();
                case 10 -> {
                    for (int left = random.nextInt(20) == 0 ? 12 : 1; left > 0; left--, faults++) {
                        vtd.iommu.fault(FUNCTIONS[random.nextInt(4)], random.nextInt(99) - 1, random.nextLong(),
                                random.nextInt(256), random.nextLong());
                    }
                }
                default -> deviceAnswers();
            }
        }

        private void burst() {
            for (int left = random.nextInt(20) == 0 ? 300 : random.nextInt(20); left > 0; left--) {
                final int pasid = random.nextInt(20) == 0 ? VtdFixture.NO_PASID : VtdFixture.PASID + random.nextInt(2);
                final long address = random.nextInt(10) == 0 ? random.nextLong() : VtdFixture.PAGE;
                final long message = PageRequestMessage.of(address, random.nextInt(16), random.nextInt(8));
                if (PageRequestMessage.isStopMarker(message, pasid)) {
                    stopMarkers++;
                } else {
                    requests++;
                }
                vtd.iommu.pageRequest(FUNCTIONS[random.nextInt(4)], pasid, message);
            }
        }

        private void invalidate() {
            if (batch.isUnderWay() || linux.driver.isDrainingPasid()) {
                return;
            }
            if (random.nextInt(4) == 0) {
                linux.driver.drainPasid(random.nextInt(3), VtdFixture.PASID, 5, VtdFixture.FUNCTION, 0);
                return;
            }
            batch.begin(random.nextInt(1 << 16));
            if (random.nextInt(4) == 0) {
                // Bad, and repaired, since it is the first.
                batch.add(0xF, 0);
            }
            for (int i = random.nextInt(8); i >= 0; i--) {
                final int function = FUNCTIONS[random.nextInt(3)];
                batch.add(DeviceTlbDescriptor.pasidQw0(function, function, VtdFixture.PASID, random.nextInt(3)), 0);
            }
            linux.driver.submit(batch);
        }

        private void deviceAnswers() {
            if (out.isEmpty()) {
                return;
            }
            final Invalidate one = out.remove(random.nextInt(out.size()));
            if (random.nextInt(20) == 0) {
                // It never does. Later answers to what timed out belong to nothing, or to a tag that is out again.
                if (vtd.iommu.timeOutInvalidations(one.function())) {
                    timeOuts++;
                }
                out.removeIf(other -> other.function() == one.function());
            } else {
                vtd.iommu.invalidateCompletion(one.function(), InvalidateCompletionMessage.of(0, 1, 1 << one.tag()));
            }
        }

        private void settle() {
            for (int i = 0; i < 100_000; i++) {
                answered += linux.faults().size();
                linux.answerAll(0);
                linux.respond();
                while (!out.isEmpty()) {
                    final Invalidate one = out.remove(0);
                    vtd.iommu.invalidateCompletion(one.function(),
                            InvalidateCompletionMessage.of(0, 1, 1 << one.tag()));
                }
                assertFalse(linux.driver.isStuck());
                if (linux.cycle() == 0 && out.isEmpty() && linux.driver.isAtRest()) {
                    return;
                }
            }
            throw new AssertionError("the driver does not come to rest");
        }

        private void check() {
            assertEquals(answered, linux.count(Counter.ANSWERED));
            assertEquals(requests, linux.count(Counter.ANSWERED) + linux.count(Counter.AUTO_ANSWERED)
                    + linux.count(Counter.DROPPED_IN_OVERFLOW) + linux.count(Counter.DROPPED_BY_KERNEL)
                    + linux.count(Counter.REFUSED) + linux.count(Counter.DISCARDED) + linux.waitingRequests());
            assertEquals(faults, linux.count(Counter.EVENTS_RECORDED) + linux.count(Counter.EVENTS_LOST));
            // A fault that came while an error of the invalidation queue was pending may wait without an event.
            assertTrue(linux.count(Counter.STOP_MARKERS) <= stopMarkers);
            final long taken = linux.count(Counter.EVENTS_READ) + linux.count(Counter.EVENTS_UNROUTED);
            final long pending = pendingRecords();
            assertEquals(linux.count(Counter.EVENTS_RECORDED), taken + pending);
        }

        private long pendingRecords() {
            int pending = 0;
            for (int i = 0; i < 8; i++) {
                pending += vtd.registers.read32(VtdRegisters.FAULT_RECORDS + 16 * i + 12) < 0 ? 1 : 0;
            }
            return pending;
        }
    }
}
