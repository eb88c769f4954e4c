/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Relations that must hold whatever the prices are. */
class ModelExperimentsTest {

    private static void less(final double smaller, final double larger) {
        assertTrue(smaller < larger, () -> smaller + " (expected: less than " + larger + ")");
    }

    @Test
    void shouldHaveDeliveryMatterLessTheLongerTheHandler() {
        final Results results = QuickRun.of("delivery");
        for (final String design : results.values("design")) {
            less(share(results, design, "20"), share(results, design, "0"));
        }
        less(results.value("perFault", "design", "read", "handler", "0", "inFlight", "256", "batch", "64"),
                results.value("perFault", "design", "read", "handler", "0", "inFlight", "256", "batch", "1"));
    }

    private static double share(final Results results, final String design, final String handler) {
        return results.value("deliveryShare", "design", design, "handler", handler, "inFlight", "1", "batch", "1");
    }

    @Test
    void shouldNeverWakeAReaderThatDoesNotSleepAndWakeOthersLessTheMoreComes() {
        final Results results = QuickRun.of("wakes");
        for (final String wake : results.values("wake")) {
            for (final String rate : results.values("rate")) {
                assertEquals(0, results.value("wakes", "wake", wake, "design", "busy-read", "rate", rate));
                assertTrue(results.value("wakes", "wake", wake, "design", "read", "rate", rate) <= 1);
                less(results.value("p50", "wake", wake, "design", "busy-read", "rate", rate),
                        results.value("p50", "wake", wake, "design", "read", "rate", rate));
            }
            less(results.value("wakes", "wake", wake, "design", "read", "rate", "100000"),
                    results.value("wakes", "wake", wake, "design", "read", "rate", "10000"));
        }
        // What a reader that never sleeps does has no price of a wake-up in it.
        assertEquals(results.value("p50", "wake", "2", "design", "busy-read", "rate", "10000"),
                results.value("p50", "wake", "25", "design", "busy-read", "rate", "10000"));
    }

    @Test
    void shouldOverflowOnlyWhereTheQueueIsSmallerThanTheCredits() {
        final Results results = QuickRun.of("overflow");
        for (final String iommu : results.values("iommu")) {
            final String[] small = {"iommu", iommu, "load", "0.5", "creditsPerEntry", "0.5"};
            final String[] large = {"iommu", iommu, "load", "0.5", "creditsPerEntry", "8"};
            assertEquals(0, results.value("overflows", small));
            assertEquals(0, results.value("retries", small));
            assertEquals(0, results.value("overflowShare", small));
            less(0, results.value("overflows", large));
            less(0, results.value("overflowShare", large));
            less(0, results.value("retries", large));
        }
    }

    @Test
    void shouldSendNothingAgainThatStalls() {
        final Results results = QuickRun.of("stall-or-pri");
        for (final String masters : results.values("masters")) {
            for (final String outstanding : results.values("outstanding")) {
                final String[] stall = {"kind", "smmuv3-stall", "masters", masters, "outstanding", outstanding};
                assertEquals(0, results.value("retries", stall));
                assertEquals(1, results.value("answers", stall), 0.02, "an answer for each fault");
                assertEquals(0.25, results.value("answers", "kind", "smmuv3-pri", "masters", masters, "outstanding",
                        outstanding), 0.02, "an answer for each group");
            }
        }
    }

    @Test
    void shouldDropPartialRequestsOnlyWithoutRoomForThem() {
        final Results results = QuickRun.of("groups");
        assertEquals(0, results.value("dropped", "open", "0", "size", "16"));
        assertEquals(0, results.value("dropped", "open", "64", "size", "4"), "64 x 3 requests have room");
        final double dropped = results.value("dropped", "open", "64", "size", "16");
        less(0, dropped);
        assertEquals(dropped, results.value("retries", "open", "64", "size", "16"), 0.05,
                "what was dropped is asked for again");
        assertEquals(1, results.value("answers", "open", "0", "size", "1"), 0.01);
        assertEquals(1 / 16.0, results.value("answers", "open", "0", "size", "16"), 0.01);
    }

    @Test
    void shouldLetQuietDevicesWaitBehindAFloodInOneObjectOnly() {
        final Results results = QuickRun.of("fairness");
        less(results.value("quietP99", "routing", "one-object", "floodCredits", "8"),
                results.value("quietP99", "routing", "one-object", "floodCredits", "512"));
        less(results.value("quietP99", "routing", "object-for-each-device", "floodCredits", "512"),
                results.value("quietP99", "routing", "one-object", "floodCredits", "512"));
        less(results.value("quietP99", "routing", "one-object-with-shares", "floodCredits", "512"),
                results.value("quietP99", "routing", "one-object", "floodCredits", "512"));
        less(0, results.value("failed", "routing", "one-object-with-shares", "floodCredits", "512"));
        assertEquals(0, results.value("failed", "routing", "one-object", "floodCredits", "512"));
    }

    @Test
    void shouldBeFasterInTheKernelWithOneInFlight() {
        final Results results = QuickRun.of("sva");
        for (final String handler : results.values("handler")) {
            for (final String design : new String[] {"read", "shared-ring"}) {
                less(results.value("perFault", "handler", handler, "inFlight", "1", "design", "sva"),
                        results.value("perFault", "handler", handler, "inFlight", "1", "design", design));
            }
        }
    }

    @Test
    void shouldTellEachOutstandingGroupInvalidOnADetachAndNobodyOnAReset() {
        final Results results = QuickRun.of("teardown");
        for (final String handler : results.values("handler")) {
            for (final String end : new String[] {"detach", "pasid-reuse"}) {
                assertEquals(512, teardown(results, "invalid", end, handler, "2048"));
                assertEquals(8, teardown(results, "invalid", end, handler, "32"));
                assertEquals(0, teardown(results, "invalid", end, handler, "0"));
                assertEquals(0, teardown(results, "deviceWaits", end, handler, "2048"));
                assertEquals(0, teardown(results, "kernelHolds", end, handler, "2048"));
            }
            assertEquals(0, teardown(results, "invalid", "reset", handler, "2048"));
            assertEquals(0, teardown(results, "deviceWaits", "reset", handler, "2048"));
            assertEquals(2048, teardown(results, "kernelHolds", "reset", handler, "2048"));
            assertEquals(2048, teardown(results, "deviceWaits", "reader-dies", handler, "2048"));
            less(teardown(results, "settled", "detach", handler, "32"),
                    teardown(results, "settled", "detach", handler, "2048"));
        }
        assertEquals(512, teardown(results, "lateRefused", "detach", "not-answering", "2048"));
        assertEquals(0, teardown(results, "lateRefused", "reset", "not-answering", "2048"));
        assertEquals(0, teardown(results, "lateRefused", "detach", "not-reading", "2048"));
    }

    private static double teardown(final Results results, final String measure, final String end,
            final String handler, final String outstanding) {
        return results.value(measure, "end", end, "handler", handler, "outstanding", outstanding);
    }

    @Test
    void shouldNoticeEveryLostEventAndLoseLessTheDeeperTheQueue() {
        final Results results = QuickRun.of("events");
        results.points().forEach(point -> assertEquals(1, point.values().get("noticed"), point::toString));
        for (final String load : results.values("load")) {
            less(results.value("lost", "load", load, "depth", "16"), results.value("lost", "load", load, "depth", "1"));
            assertTrue(results.value("lost", "load", load, "depth", "256") <= results.value("lost", "load", load,
                    "depth", "16"));
        }
        // Twice what the reader can do: half is lost, however deep the queue.
        assertEquals(0.5, results.value("lost", "load", "2.0", "depth", "256"), 0.05);
        less(results.value("noticeDelay", "load", "2.0", "depth", "16"),
                results.value("noticeDelay", "load", "2.0", "depth", "256"));
    }

    @Test
    void shouldHaveAnswersWaitForInvalidations() {
        final Results results = QuickRun.of("invalidation");
        less(1_000 + results.value("answerMean", "command", "1", "descriptors", "4", "batches", "0"),
                results.value("answerMean", "command", "1", "descriptors", "4", "batches", "100000"));
        assertEquals(0, results.value("done", "command", "1", "descriptors", "4", "batches", "0"));
        assertEquals(100_000, results.value("done", "command", "0.01", "descriptors", "4", "batches", "100000"), 2_000);
    }

    @Test
    void shouldBeBoundByTheLockWhateverTheThreads() {
        final Results results = QuickRun.of("response-cost");
        for (final PointResult point : results.points()) {
            assertTrue(point.values().get("lockShare") <= 1.001, point::toString);
        }
        final double one = results.value("rate", "threads", "1", "objects", "1", "wait", "5");
        final double four = results.value("rate", "threads", "4", "objects", "1", "wait", "5");
        assertTrue(four <= 1e9 / 5_000 && four < 1.5 * one, () -> one + " " + four);
        less(2 * four, results.value("rate", "threads", "4", "objects", "4", "wait", "5"));
    }
}
