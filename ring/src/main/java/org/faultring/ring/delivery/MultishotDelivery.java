/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.Checks;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;

/**
 * The design {@code multishot}: one read stays armed and takes a provided buffer for each of its completions; a buffer
 * goes back once its records have been handled. The read is armed again when it has ended: because all buffers were
 * out, because another reader had been faster, or because a group was longer than a buffer. Answers go out as posted
 * writes.
 *
 * <p>On the fault file of Linux 7.2 this works with {@link IoRing#ASYNC} on a file that was opened non-blocking, and in
 * no other way: without the flag the read of an empty file ends at once, again and again.
 *
 * <p>Waits on: completions(ring), the settings say how many and how long. Copies: each record once, from the file to a
 * buffer; each answer once. Faults come in the file's order.
 */
public final class MultishotDelivery extends RingDelivery {

    private final int buffers;
    private final int group;
    private final int readFlags;
    /** Buffers that hold records. */
    private int held;
    private boolean isArmed;

    /**
     * A delivery over a ring.
     *
     * @param ring     to post to; no one else uses it
     * @param file     to read and write, of the same world
     * @param settings of the reads and writes; reads says how many buffers are provided, a power of two
     * @param context  what handles faults
     */
    public MultishotDelivery(final IoRing ring, final FaultFile file, final RingSettings settings,
            final HandlerContext context) {
        super(ring, file, settings, context);
        buffers = settings.reads();
        Checks.powerOfTwo("reads", buffers, 1, RingSettings.MAX_READS);
        group = ring.provideBuffers(parts.memoryNumber(), 0, parts.partBytes(), buffers);
        readFlags = settings.readFlags();
    }

    @Override
    void onRead(final int number, final int result, final int flags) {
        final boolean hasBuffer = (flags & IoRing.HAS_BUFFER) != 0;
        final int buffer = hasBuffer ? flags >>> IoRing.BUFFER_SHIFT : 0;
        if (keeps(buffer, result)) {
            held++;
        } else if (hasBuffer) {
            ring.returnBuffer(group, buffer);
        }
        isArmed = (flags & IoRing.MORE) != 0;
    }

    @Override
    void release(final int part) {
        ring.returnBuffer(group, part);
        held--;
    }

    @Override
    void postReads() {
        // Without a buffer it would end at once.
        if (!isArmed && held < buffers) {
            isArmed = prepare() || ring.submit() >= 0 && prepare();
        }
    }

    private boolean prepare() {
        return ring.prepareReadMultishot(file, group, readFlags, RequestId.of(RequestId.READ, 0));
    }

    @Override
    public String roleName() {
        return "multishot";
    }
}
