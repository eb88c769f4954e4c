/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayDeque;
import java.util.Queue;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.path.TimedAgent;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;

/**
 * Between a function and its IOMMU: the last request of a group goes on only when a number of other groups have been
 * opened, or after a time, as if the function worked on that many groups at once. An agent lets go what has waited long
 * enough.
 */
final class LateLasts implements PageRequestPort, TimedAgent {

    private final PageRequestPort iommu;
    private final int open;
    private final long longestNanos;
    private final NanoClock clock;
    private final Queue<Last> waiting = new ArrayDeque<>();

    /** A request that waits. */
    private record Last(int requesterId, int prefix, long message, long dueNanos) {}

    LateLasts(final PageRequestPort iommu, final int open, final long longestNanos, final NanoClock clock) {
        this.iommu = iommu;
        this.open = open;
        this.longestNanos = longestNanos;
        this.clock = clock;
    }

    @Override
    public void pageRequest(final int requesterId, final int prefix, final long message) {
        if (!PageRequestMessage.isLast(message)) {
            iommu.pageRequest(requesterId, prefix, message);
            return;
        }
        waiting.add(new Last(requesterId, prefix, message, clock.nanoTime() + longestNanos));
        if (waiting.size() > open) {
            letGo();
        }
    }

    private void letGo() {
        final Last last = waiting.remove();
        iommu.pageRequest(last.requesterId, last.prefix, last.message);
    }

    @Override
    public int doWork() {
        int work = 0;
        while (!waiting.isEmpty() && waiting.peek().dueNanos <= clock.nanoTime()) {
            letGo();
            work++;
        }
        return work;
    }

    @Override
    public long nextNanos() {
        return waiting.isEmpty() ? NEVER : waiting.peek().dueNanos;
    }

    @Override
    public String roleName() {
        return "late-lasts";
    }
}
