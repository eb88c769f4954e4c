/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.Delivery;

/** Steps of paths, and what must be true at their end. */
final class Paths {

    private static final int MAX_STEPS = 5_000_000;

    /** Designs that serve faults to the end. */
    static final List<DeliveryDesign> SERVING = Stream.of(DeliveryDesign.values()).filter(DeliveryDesign::isServing)
            .toList();

    private Paths() {}

    static FaultPath closedLoop(final FaultPathConfig config, final Workload workload, final NanoClock clock,
            final GroupObserver observer) {
        return FaultPath.create(config, workload, RaiseSchedules.closedLoop(), clock, observer);
    }

    static int step(final Agent agent) {
        try {
            final int work = agent.doWork();
            if (work == 0 && agent instanceof final Delivery delivery) {
                delivery.waitingOn().begin();
            }
            return work;
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Until it has found nothing twice: what a wait submits may complete at once. */
    static void stepUntilIdle(final Agent agent) {
        for (int idle = 0; idle < 2;) {
            idle = step(agent) == 0 ? idle + 1 : 0;
        }
    }

    /** One duty cycle of each world after the other until all is done; hardware gets a few at a time. */
    static void run(final FaultPath path, final int hardwareSteps) {
        for (int i = 0; !path.isFinished(); i++) {
            assertTrue(i < MAX_STEPS, "the path does not finish");
            for (int k = 0; k < hardwareSteps; k++) {
                step(path.hardware());
            }
            step(path.kernel());
            step(path.user());
        }
    }

    /** The path is finished: let it come to rest and close the books. */
    static Conservation settled(final FaultPath path) {
        assertTrue(path.isFinished());
        assertTrue(path.settle());
        final Conservation books = path.conservation();
        assertEquals(List.of(), books.violations());
        return books;
    }

    /** Every fault was resolved, by a handler that refuses nothing, and nothing is left anywhere. */
    static void assertAllResolved(final FaultPath path, final long faults) {
        final Conservation books = settled(path);
        assertEquals(faults, books.faultsRaised());
        assertEquals(faults, path.counters().get(Counter.FAULTS_RESOLVED));
        assertEquals(0, books.unanswered());
        assertEquals(0, books.refused());
        assertEquals(books.requests(), books.faultsRaised() + books.retries());
        for (final Counter never : List.of(Counter.FAULTS_FAILED, Counter.UNEXPECTED_RESPONSES,
                Counter.DROPPED_BY_KERNEL, Counter.RESPONSES_REFUSED, Counter.ANSWERS_LOST, Counter.STOP_MARKERS,
                Counter.IGNORED_RESPONSES)) {
            assertEquals(0, path.counters().get(never), never::key);
        }
        assertEquals(path.counters().get(Counter.GROUPS_DELIVERED), path.counters().get(Counter.GROUPS_ANSWERED));
        if (!path.user().roleName().equals(DeliveryDesign.SVA.key())) {
            assertEquals(path.counters().get(Counter.GROUPS_DELIVERED), path.counters().get(Counter.GROUPS_HANDLED));
        }
        if (path.counters().get(Counter.OVERFLOWS) == 0) {
            assertEquals(0, books.retries());
            assertEquals(books.requests(), books.answered());
        }
    }

    static void assertStagesInOrder(final StageTimes stages, final int row) {
        final Stage[] all = Stage.values();
        for (int i = 1; i < all.length; i++) {
            assertTrue(stages.nanos(row, all[i - 1]) <= stages.nanos(row, all[i]),
                    all[i - 1] + " after " + all[i]);
        }
    }
}
