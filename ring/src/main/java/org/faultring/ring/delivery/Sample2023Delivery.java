/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;

import org.faultring.ring.Checks;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.file.Wait;

/**
 * The design {@code sample-2023}: the loop that the mails around "IOMMUFD: Deliver IO page faults to user space"
 * (version 2, October and November 2023) sketched for io_uring, with its behaviour kept as it was. Not to be used for
 * anything but showing what is wrong with it:
 * <ul>
 * <li>One read is posted before the loop and none in it. The second fault is never read.</li>
 * <li>The loop takes every completion for a fault. So the completion of the first answer makes it handle the first
 * fault again, from memory that nobody has written to since, and answer it again: refused, and that refusal again has a
 * completion. From the first fault on the loop goes round for ever and waits for nothing.</li>
 * <li>What a completion says is not looked at. A spurious 0, as the fault file gives when it was opened non-blocking,
 * is handled like a fault: a record of zeros.</li>
 * <li>A read of one record fails with EINVAL at a group of two.</li>
 * <li>The second answer to a cookie is harmless only as long as no other reader has got the cookie anew.</li>
 * </ul>
 *
 * <p>Waits on: completions(ring). Copies: one record, and each answer once.
 */
public final class Sample2023Delivery implements Delivery, CompletionHandler {

    private static final int ANSWER_AT = PageFaultFlyweight.LENGTH_BYTES;

    private final IoRing ring;
    private final int file;
    private final ByteBuffer memory = RingMemory.allocate(ANSWER_AT + PageResponseFlyweight.LENGTH_BYTES);
    private final int memoryNumber;
    private final PageFaultHandler handler;
    private final Tally tally;
    private final Wait wait;
    private final PageFaultFlyweight fault = new PageFaultFlyweight();
    private final PageResponseFlyweight answer = new PageResponseFlyweight();
    private final long rounds;
    private long done;
    private boolean isReadPosted;

    /**
     * A delivery over a ring.
     *
     * @param ring    to post to; no one else uses it
     * @param file    to read and write, of the same world
     * @param rounds  of the loop, after which it stops taking completions, so that a run of it ends; from 1, the sample
     *                has no end
     * @param context what handles faults
     */
    public Sample2023Delivery(final IoRing ring, final FaultFile file, final long rounds,
            final HandlerContext context) {
        this.ring = ring;
        this.file = ring.registerFile(file);
        this.rounds = Checks.range("rounds", rounds, 1, Long.MAX_VALUE);
        memoryNumber = ring.registerBuffer(memory);
        handler = context.handler();
        tally = context.tally();
        wait = Wait.completions(ring);
    }

    @Override
    public int doWork() {
        if (!isReadPosted) {
            isReadPosted = ring.prepareRead(file, memoryNumber, 0, PageFaultFlyweight.LENGTH_BYTES, 0, 0);
            ring.submit();
        }
        final int work = done < rounds ? ring.forEachCompletion(this, 1) : 0;
        if (done == rounds) {
            // More than there can ever be: nothing ends this wait.
            wait.atLeast(Integer.MAX_VALUE);
        }
        tally.publish();
        return work;
    }

    @Override
    public void onCompletion(final long userData, final int result, final int flags) {
        done++;
        fault.wrap(memory, 0);
        answer.wrap(memory, ANSWER_AT).set(fault.cookie(), handler.onPageFault(fault));
        tally.increment(Counter.FAULTS_HANDLED);
        tally.add(Counter.RECORDS_COPIED, Integer.signum(Math.max(result, 0)));
        ring.prepareWrite(file, memoryNumber, ANSWER_AT, PageResponseFlyweight.LENGTH_BYTES, 0, 0);
        ring.submit();
    }

    /**
     * Rounds of the loop so far.
     *
     * @return the count; what is more than one is not a fault
     */
    public long rounds() {
        return done;
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "sample-2023";
    }
}
