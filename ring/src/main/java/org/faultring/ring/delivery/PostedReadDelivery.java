/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.function.IntPredicate;

import org.agrona.collections.IntArrayQueue;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;

/**
 * The design {@code posted-read}: a number of reads is posted ahead, each is posted again as soon as its records have
 * been handled, and answers go out as posted writes. What was asked for in the review of iommufd's page faults.
 *
 * <p>What becomes of it is the file's doing, see {@link org.faultring.ring.file.FileShape.PostedRead}: on the fault
 * file of Linux 7.2, opened blocking, each fault wakes all posted reads, and those that find nothing end with 0; opened
 * non-blocking, a read of the empty file ends with 0 at once, so that this design goes round and round.
 *
 * <p>Waits on: completions(ring), the settings say how many and how long. Copies: each record once, from the file to
 * the memory of its read; each answer once. With one read, faults come in the file's order; with more, in the order of
 * completions.
 */
public final class PostedReadDelivery extends RingDelivery {

    private final IntArrayQueue toPost;
    private final IntPredicate prepare = this::prepare;
    private final int readFlags;

    /**
     * A delivery over a ring.
     *
     * @param ring     to post to; no one else uses it
     * @param file     to read and write, of the same world
     * @param settings of the reads and writes
     * @param context  what handles faults
     */
    public PostedReadDelivery(final IoRing ring, final FaultFile file, final RingSettings settings,
            final HandlerContext context) {
        super(ring, file, settings, context);
        toPost = Numbers.upTo(settings.reads());
        readFlags = settings.readFlags();
    }

    @Override
    void onRead(final int number, final int result, final int flags) {
        if (!keeps(number, result)) {
            toPost.offerInt(number);
        }
    }

    @Override
    void release(final int part) {
        toPost.offerInt(part);
    }

    @Override
    void postReads() {
        Posting.postAll(toPost, ring, prepare);
    }

    private boolean prepare(final int part) {
        return ring.prepareRead(file, parts.memoryNumber(), parts.offset(part), parts.partBytes(), readFlags,
                RequestId.of(RequestId.READ, part));
    }

    @Override
    public String roleName() {
        return "posted-read";
    }
}
