/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;

/**
 * Functions, IOMMU, driver and handler that act in an order drawn from a seed, and the books at the end. A group is
 * sent whole, but other functions and the driver may act between its requests. A function keeps to its credits and
 * reuses an index only after its answer.
 */
public final class Interleaving {

    /** One function: what it has outstanding. */
    private final class Function implements PageGroupResponsePort {

        private final int requesterId;
        private final Map<Integer, Integer> lengthOf = new HashMap<>();
        private int credits;
        private int index;
        private int left;

        private Function(final int requesterId, final int credits) {
            this.requesterId = requesterId;
            this.credits = credits;
        }

        private void act() {
            if (left == 0 && !begin()) {
                return;
            }
            left--;
            requests++;
            final long access = 1 + random.nextInt(3) | (left == 0 ? PageRequestMessage.LAST : 0);
            iommu.pageRequest(requesterId, pasid, PageRequestMessage.of(requests << 12, index, access));
            if (random.nextInt(50) == 0) {
                stopMarkers++;
                iommu.pageRequest(requesterId, pasid, PageRequestMessage.of(0, 511, PageRequestMessage.LAST));
            }
        }

        private boolean begin() {
            final int length = 1 + random.nextInt(4);
            if (credits < length) {
                return false;
            }
            index = random.nextInt(511);
            while (lengthOf.containsKey(index)) {
                index = (index + 1) % 511;
            }
            lengthOf.put(index, length);
            credits -= length;
            left = length;
            return true;
        }

        @Override
        public void pageGroupResponse(final int answeredPasid, final long message) {
            final int answered = PageGroupResponseMessage.groupIndex(message);
            assertEquals(requesterId, PageGroupResponseMessage.destination(message));
            final Integer length = lengthOf.remove(answered);
            if (length == null) {
                unexpected++;
            } else {
                credits += length;
            }
        }
    }

    private final Random random;
    private final Iommu iommu;
    private final IommuDriver driver;
    private final KernelFixture kernel;
    private final Counters counters;
    private final Tally[] tallies;
    private final int pasid;
    private final List<Function> functions = new ArrayList<>();
    private long requests;
    private long stopMarkers;
    private long unexpected;

    public Interleaving(final Random random, final Iommu iommu, final IommuDriver driver, final KernelFixture kernel,
            final Counters counters, final int pasid, final Tally... tallies) {
        this.random = random;
        this.iommu = iommu;
        this.driver = driver;
        this.kernel = kernel;
        this.counters = counters;
        this.pasid = pasid;
        this.tallies = tallies.clone();
    }

    /** Put a function behind the IOMMU; the driver must know it. */
    public Interleaving function(final int requesterId, final int credits) {
        final Function function = new Function(requesterId, credits);
        functions.add(function);
        iommu.connect(requesterId, function);
        return this;
    }

    /** Act at random. */
    public Interleaving run(final int steps) {
        final int eager = 1 + random.nextInt(500);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(eager + 4)) {
                case 0 -> iommu.doWork();
                case 1 -> driver.doWork();
                case 2 -> kernel.faults();
                case 3 -> kernel.answerAll(random.nextInt(10) == 0 ? 1 : 0);
                default -> functions.get(random.nextInt(functions.size())).act();
            }
        }
        return this;
    }

    /** Finish the groups that were begun, answer everything, come to rest. */
    public Interleaving finish() {
        for (final Function function : functions) {
            while (function.left > 0) {
                function.act();
            }
        }
        int quiet = 0;
        for (int i = 0; i < 100_000 && quiet < 10; i++) {
            final int moved = iommu.doWork() + driver.doWork() + kernel.faults().size();
            kernel.answerAll(0);
            quiet = moved + kernel.respond() == 0 && driver.isAtRest() ? quiet + 1 : 0;
        }
        assertTrue(driver.isAtRest(), "at rest");
        // Only what had been answered before it was whole, and stop markers.
        assertTrue(unexpected <= stopMarkers + count(Counter.REFUSED), "answers without a group: " + unexpected);
        return this;
    }

    /** Requests sent, stop markers left out. */
    public long requests() {
        return requests;
    }

    /** Stop markers sent. */
    public long stopMarkers() {
        return stopMarkers;
    }

    /** Groups that were never answered. */
    public int unanswered() {
        return functions.stream().mapToInt(function -> function.lengthOf.size()).sum();
    }

    public long count(final Counter counter) {
        for (final Tally tally : tallies) {
            tally.publish();
        }
        return counters.get(counter);
    }

    /** Requests that ended: answered, answered by the hardware, refused, dropped, discarded, unanswered, or held. */
    public long ended() {
        return count(Counter.ANSWERED) + count(Counter.AUTO_ANSWERED) + count(Counter.REFUSED)
                + count(Counter.DROPPED_IN_OVERFLOW) + count(Counter.DROPPED_BY_KERNEL) + count(Counter.DISCARDED)
                + count(Counter.UNANSWERED) + kernel.held() + driver.queuedRequests();
    }
}
