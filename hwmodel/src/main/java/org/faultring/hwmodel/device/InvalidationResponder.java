/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.AtsCapability;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.hwmodel.pci.InvalidateCompletionPort;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The side of a function that answers invalidate requests of ATS. It caches nothing, so there is nothing to forget:
 * what came since the last duty cycle is completed in it, by as many messages as it is set to, each for all tags.
 * While ATS is off every request is unsupported.
 *
 * <p>At most 32 requests wait, one for each tag; the IOMMU does not use a tag twice at a time. Hardware world;
 * allocates nothing.
 */
public final class InvalidationResponder implements InvalidateRequestPort {

    private final int requesterId;
    private final int destination;
    private final int completions;
    private final AtsCapability ats;
    private final InvalidateCompletionPort upstream;
    private final Tally tally;
    private InvalidationHandling handling = InvalidationHandling.COMPLETE;
    private int waiting;

    /**
     * A responder without requests, that completes what comes.
     *
     * @param requesterId of the function
     * @param destination ID of the IOMMU, 16 bits
     * @param completions messages for each request, 1..8, as many as the function has virtual channels for its traffic
     * @param ats         capability of the function
     * @param upstream    where completions go
     * @param tally       of the world that calls
     */
    public InvalidationResponder(final int requesterId, final int destination, final int completions,
            final AtsCapability ats, final InvalidateCompletionPort upstream, final Tally tally) {
        this.requesterId = Checks.range("requesterId", requesterId, 0, 0xFFFF);
        this.destination = Checks.range("destination", destination, 0, 0xFFFF);
        this.completions = Checks.range("completions", completions, 1, InvalidateCompletionMessage.MAX_COUNT);
        this.ats = ats;
        this.upstream = upstream;
        this.tally = tally;
    }

    /**
     * From now on.
     *
     * @param newHandling what to do about requests that come
     */
    public void handle(final InvalidationHandling newHandling) {
        handling = newHandling;
    }

    @Override
    public void invalidateRequest(final int tag, final int pasid, final long body) {
        if (!ats.isEnabled()) {
            tally.increment(Counter.INVALIDATIONS_UNSUPPORTED);
            upstream.invalidateUnsupported(requesterId, tag);
        } else if (handling == InvalidationHandling.IGNORE) {
            tally.increment(Counter.INVALIDATIONS_IGNORED);
        } else {
            waiting |= 1 << tag;
        }
    }

    /**
     * One duty cycle: complete what waits.
     *
     * @return requests completed
     */
    public int doWork() {
        if (waiting == 0) {
            return 0;
        }
        final long message = InvalidateCompletionMessage.of(destination, completions, waiting);
        final int count = Integer.bitCount(waiting);
        waiting = 0;
        tally.add(Counter.INVALIDATIONS_COMPLETED, count);
        for (int i = 0; i < completions; i++) {
            upstream.invalidateCompletion(requesterId, message);
        }
        return count;
    }

    /** The function is reset: what waits is never completed. */
    public void reset() {
        tally.add(Counter.INVALIDATIONS_IGNORED, Integer.bitCount(waiting));
        waiting = 0;
    }
}
