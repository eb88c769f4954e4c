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
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;

/**
 * Memory for one batch of a {@link FaultFile}: the records of a read, and behind them as many answers.
 *
 * <p>A group longer than the memory blocks the file for as long as the memory is so short, so it grows then; requests
 * left over from a lost group can make a group longer than any that a device sends. Allocates nothing otherwise. Used
 * by the user world.
 */
final class FileBatch {

    /** {@link #read}: the memory was too short and has grown; read again. */
    static final int GROWN = -1;
    /** Most records of one read. */
    static final int MAX_RECORDS = 4096;

    private final FaultFile file;
    private final Tally tally;
    /** Bytes of one write at most. */
    private final int writeBytes;
    private ByteBuffer buffer;
    private int bufferNumber;
    /** Bytes of the records, where the answers begin. */
    private int readBytes;
    private int answersEnd;
    private boolean isStuck;
    private int readError;

    FileBatch(final FaultFile file, final int recordsPerRead, final int answersPerWrite, final Tally tally) {
        Checks.range("recordsPerRead", recordsPerRead, 1, MAX_RECORDS);
        Checks.range("answersPerWrite", answersPerWrite, 1, MAX_RECORDS);
        this.file = file;
        this.writeBytes = answersPerWrite * PageResponseFlyweight.LENGTH_BYTES;
        this.tally = tally;
        allocate(recordsPerRead);
    }

    private void allocate(final int records) {
        readBytes = records * PageFaultFlyweight.LENGTH_BYTES;
        answersEnd = readBytes;
        buffer = RingMemory.allocate(readBytes + records * PageResponseFlyweight.LENGTH_BYTES);
        bufferNumber = file.register(buffer);
    }

    /** Read whole groups: their bytes, 0 for none, or {@link #GROWN}. */
    int read() {
        tally.increment(Counter.READS);
        final int bytes = file.read(bufferNumber, 0, readBytes);
        if (bytes < 0) {
            return recover(-bytes);
        }
        isStuck = false;
        readError = 0;
        tally.add(Counter.RECORDS_COPIED, bytes / PageFaultFlyweight.LENGTH_BYTES);
        return bytes;
    }

    /**
     * A group longer than the buffer blocks the file for as long as the buffer is so short: take a longer one. Requests
     * left over from a lost group can make a group longer than any that a device sends.
     */
    private int recover(final int errno) {
        final int records = readBytes / PageFaultFlyweight.LENGTH_BYTES;
        isStuck = false;
        readError = 0;
        if (errno == Errno.EAGAIN) {
            // How a file says that it is empty, if it does not say it with 0.
            return 0;
        }
        if (errno != Errno.EINVAL) {
            // Without memory or after a signal a later read succeeds; whether another one can, the host has to judge.
            readError = errno;
            tally.increment(Counter.READS_FAILED);
            return 0;
        }
        if (records == MAX_RECORDS) {
            isStuck = true;
            tally.increment(Counter.READS_STUCK);
            return 0;
        }
        writeAnswers();
        allocate(Math.min(2 * records, MAX_RECORDS));
        return GROWN;
    }

    /** Whether the last read found a group that is longer than the memory can be. */
    boolean isStuck() {
        return isStuck;
    }

    /** Error number of the last read, 0 if it succeeded or found a group that was too long. */
    int readError() {
        return readError;
    }

    /** Memory of the records, from its start. */
    ByteBuffer records() {
        return buffer;
    }

    /** Note an answer, to be written with the next {@link #writeAnswers()}, or at once if there are many. */
    void answer(final PageResponseFlyweight response, final int cookie, final int code) {
        if (answersEnd == buffer.capacity()) {
            writeAnswers();
        }
        response.wrap(buffer, answersEnd).set(cookie, code);
        answersEnd += PageResponseFlyweight.LENGTH_BYTES;
    }

    void writeAnswers() {
        int at = readBytes;
        tally.add(Counter.RECORDS_COPIED, (answersEnd - readBytes) / PageResponseFlyweight.LENGTH_BYTES);
        while (at < answersEnd) {
            tally.increment(Counter.WRITES);
            final int written = file.write(bufferNumber, at, Math.min(writeBytes, answersEnd - at));
            if (written > 0) {
                at += written;
            } else {
                // The file refuses the first answer that is left (detached meanwhile): skip it, the others are still
                // good.
                tally.increment(Counter.ANSWERS_LOST);
                at += PageResponseFlyweight.LENGTH_BYTES;
            }
        }
        answersEnd = readBytes;
    }
}
