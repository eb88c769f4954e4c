/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.AtsCapability;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.hwmodel.pci.InvalidateCompletionPort;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The side of a function that answers invalidate requests of ATS. Its cache forgets what a request names when the
 * request comes; what came since the last duty cycle is completed in it, by as many messages as it is set to, each for
 * all tags. While ATS is off every request is unsupported.
 *
 * <p>At most 32 requests wait, one for each tag; the IOMMU does not use a tag twice at a time. Hardware world;
 * allocates nothing.
 */
public final class InvalidationResponder implements InvalidateRequestPort {

    private final int requesterId;
    private final int destination;
    private final int completions;
    private final AtsCapability ats;
    private final TranslationCache cache;
    private final InvalidateCompletionPort upstream;
    private final Tally tally;
    /** By tag: what is still held though its invalidation may be completed. */
    private final int[] latePasid = new int[InvalidateRequestMessage.TAGS];
    private final long[] lateBody = new long[InvalidateRequestMessage.TAGS];
    private InvalidationHandling handling = InvalidationHandling.COMPLETE;
    private int waiting;
    /** Tags whose pages are still held, a bit for each. */
    private int late;

    /**
     * A responder without requests, that completes what comes.
     *
     * @param requesterId of the function
     * @param destination ID of the IOMMU, 16 bits
     * @param completions messages for each request, 1..8, as many as the function has virtual channels for its traffic
     * @param ats         capability of the function
     * @param cache       that forgets
     * @param upstream    where completions go
     * @param tally       of the world that calls
     */
    public InvalidationResponder(final int requesterId, final int destination, final int completions,
            final AtsCapability ats, final TranslationCache cache, final InvalidateCompletionPort upstream,
            final Tally tally) {
        this.requesterId = Checks.range("requesterId", requesterId, 0, 0xFFFF);
        this.destination = Checks.range("destination", destination, 0, 0xFFFF);
        this.completions = Checks.range("completions", completions, 1, InvalidateCompletionMessage.MAX_COUNT);
        this.ats = ats;
        this.cache = cache;
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
            if (handling == InvalidationHandling.COMPLETE_EARLY) {
                putOff(tag, pasid, body);
            } else {
                cache.forget(pasid, body);
            }
            waiting |= 1 << tag;
        }
    }

    /**
     * One duty cycle: complete what waits.
     *
     * @return requests completed
     */
    public int doWork() {
        forgetLate();
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

    private void putOff(final int tag, final int pasid, final long body) {
        if ((late & 1 << tag) != 0) {
            // The tag comes again before the pages of its last request were forgotten.
            cache.forget(latePasid[tag], lateBody[tag]);
        }
        late |= 1 << tag;
        latePasid[tag] = pasid;
        lateBody[tag] = body;
    }

    /** Forget what was completed in an earlier duty cycle. */
    private void forgetLate() {
        int left = late & ~waiting;
        late &= waiting;
        while (left != 0) {
            final int tag = Integer.numberOfTrailingZeros(left);
            cache.forget(latePasid[tag], lateBody[tag]);
            left &= left - 1;
        }
    }

    /** The function is reset: what waits is never completed, and nothing is held any more. */
    public void reset() {
        tally.add(Counter.INVALIDATIONS_IGNORED, Integer.bitCount(waiting));
        waiting = 0;
        late = 0;
        cache.clear();
    }
}
