/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.FaultFile;

/** What deliveries that read a file in batches by system calls have in common. */
public abstract class FileDelivery implements Delivery {

    final BatchReading reading;
    final Tally tally;

    FileDelivery(final FaultFile file, final int recordsPerRead, final int answersPerWrite,
            final HandlerContext context) {
        reading = new BatchReading(file, recordsPerRead, answersPerWrite, context);
        tally = context.tally();
    }

    /** One batch. */
    @Override
    public int doWork() {
        final int work = reading.doWork();
        tally.publish();
        return work;
    }

    /**
     * Whether the last read found a group of more than {@link ReadDelivery#MAX_RECORDS_PER_READ} faults. It blocks all
     * behind it until its attachment goes away; the file stays readable, each read of it is counted.
     *
     * @return true if nothing gets through
     */
    public final boolean isStuck() {
        return reading.isStuck();
    }

    /**
     * How the last read failed. It left everything as it was, and is tried again at every duty cycle: without memory
     * that helps, on a file that is closed it never does. Each is counted.
     *
     * @return positive error number, see {@link org.faultring.ring.file.Errno}; 0 if it succeeded, or if
     *         {@link #isStuck()} says why not
     */
    public final int readError() {
        return reading.readError();
    }
}
