/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.Checks;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;

/**
 * The design {@code read}: wait until the file is readable, read a batch without blocking, handle it, write all its
 * answers at once. What was merged into Linux with iommufd.
 *
 * <p>Waits on: readable(file). Copies: each record once, from the file to the buffer; each answer once.
 */
public final class ReadDelivery implements Delivery {

    /** Most records of one read. */
    public static final int MAX_RECORDS_PER_READ = 4096;

    private final FaultFile file;
    private final GroupHandling handling;
    private final Tally tally;
    private final Wait wait;
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private ByteBuffer buffer;
    private int bufferNumber;
    private int readBytes;
    private boolean isStuck;

    /**
     * A delivery over a file.
     *
     * @param file           to read and write
     * @param recordsPerRead records asked for by a read, 1..{@link #MAX_RECORDS_PER_READ}; for a longer group the
     *                       buffer grows up to that
     * @param handler        of the faults
     * @param stages         stamped for sampled groups
     * @param clock          of the path
     * @param tally          of the world that calls
     */
    public ReadDelivery(final FaultFile file, final int recordsPerRead, final PageFaultHandler handler,
            final StageTimes stages, final NanoClock clock, final Tally tally) {
        Checks.range("recordsPerRead", recordsPerRead, 1, MAX_RECORDS_PER_READ);
        this.file = file;
        this.handling = new GroupHandling(handler, stages, clock, tally);
        this.tally = tally;
        this.wait = Wait.readable(file);
        readInto(recordsPerRead);
    }

    private void readInto(final int records) {
        readBytes = records * PageFaultFlyweight.LENGTH_BYTES;
        // Records first; behind them room for as many answers.
        buffer = RingMemory.allocate(readBytes + records * PageResponseFlyweight.LENGTH_BYTES);
        bufferNumber = file.register(buffer);
    }

    @Override
    public int doWork() {
        final int handled = readAndAnswer();
        tally.publish();
        return handled;
    }

    private int readAndAnswer() {
        tally.increment(Counter.READS);
        final int bytes = file.read(bufferNumber, 0, readBytes);
        if (bytes < 0) {
            return recover(-bytes);
        }
        isStuck = false;
        if (bytes == 0) {
            return 0;
        }
        int answersEnd = readBytes;
        for (int at = 0; at < bytes; at += PageFaultFlyweight.LENGTH_BYTES) {
            record.wrap(buffer, at);
            if (handling.closesGroup(record, handling.rowOf(record))) {
                response.wrap(buffer, answersEnd).set(record.cookie(), handling.answer());
                answersEnd += PageResponseFlyweight.LENGTH_BYTES;
            }
        }
        writeAnswers(answersEnd);
        return bytes / PageFaultFlyweight.LENGTH_BYTES;
    }

    private void writeAnswers(final int end) {
        int at = readBytes;
        while (at < end) {
            tally.increment(Counter.WRITES);
            final int written = file.write(bufferNumber, at, end - at);
            if (written > 0) {
                at += written;
            } else {
                // The file refuses the first answer that is left (detached meanwhile): skip it, the others are still
                // good.
                tally.increment(Counter.ANSWERS_LOST);
                at += PageResponseFlyweight.LENGTH_BYTES;
            }
        }
    }

    /**
     * A group longer than the buffer blocks the file for as long as the buffer is so short: take a longer one. Requests
     * left over from a lost group can make a group longer than any that a device sends.
     */
    private int recover(final int errno) {
        final int records = readBytes / PageFaultFlyweight.LENGTH_BYTES;
        if (errno != Errno.EINVAL) {
            throw new IllegalStateException("read of " + records + " fault records failed with " + Errno.name(errno));
        }
        if (records == MAX_RECORDS_PER_READ) {
            isStuck = true;
            tally.increment(Counter.READS_STUCK);
            return 0;
        }
        readInto(Math.min(2 * records, MAX_RECORDS_PER_READ));
        return 1;
    }

    /**
     * Whether the last read found a group of more than {@link #MAX_RECORDS_PER_READ} faults. It blocks all behind it
     * until its attachment goes away; the file stays readable, each read of it is counted.
     *
     * @return true if nothing gets through
     */
    public boolean isStuck() {
        return isStuck;
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "read";
    }
}
