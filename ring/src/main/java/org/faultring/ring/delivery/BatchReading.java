/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.FaultFile;

/**
 * Reads a batch by a system call, handles it, and writes its answers. The memory grows for a group that is longer. Used
 * by the user world.
 */
final class BatchReading {

    private final FileBatch batch;
    private final GroupHandling handling;
    private final Tally tally;
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();

    /**
     * A reader with memory of its own.
     *
     * @param file            to read and write
     * @param recordsPerRead  records asked for by a read
     * @param answersPerWrite answers given by a write at most
     * @param context         what handles them
     */
    BatchReading(final FaultFile file, final int recordsPerRead, final int answersPerWrite,
            final HandlerContext context) {
        this.batch = new FileBatch(file, recordsPerRead, answersPerWrite, context.tally());
        this.handling = context.handling();
        this.tally = context.tally();
    }

    /** One batch: faults handled, 1 if the memory only grew, 0 if there was nothing. */
    int doWork() {
        final int bytes = batch.read();
        if (bytes > 0) {
            handle(bytes);
        }
        return bytes == FileBatch.GROWN ? 1 : bytes / PageFaultFlyweight.LENGTH_BYTES;
    }

    /** One batch, whose first group is known to be long: the memory grows until it fits. Faults handled. */
    int readLong() {
        int bytes;
        do {
            bytes = batch.read();
        } while (bytes == FileBatch.GROWN);
        if (bytes > 0) {
            handle(bytes);
        }
        return bytes / PageFaultFlyweight.LENGTH_BYTES;
    }

    private void handle(final int bytes) {
        for (int at = 0; at < bytes; at += PageFaultFlyweight.LENGTH_BYTES) {
            record.wrap(batch.records(), at);
            if (handling.closesGroup(record, handling.rowOf(record))) {
                batch.answer(response, record.cookie(), handling.answer());
            }
        }
        batch.writeAnswers();
        tally.add(Counter.FAULTS_HANDLED, bytes / PageFaultFlyweight.LENGTH_BYTES);
    }

    /** Whether the last read found a group that is longer than the memory can be. */
    boolean isStuck() {
        return batch.isStuck();
    }

    /** Error number of the last read, 0 if it succeeded or found a group that was too long. */
    int readError() {
        return batch.readError();
    }
}
