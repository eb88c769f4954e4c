/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;

/**
 * The design {@code read}: wait until the file is readable, read a batch without blocking, handle it, write all its
 * answers at once. What was merged into Linux with iommufd.
 *
 * <p>Waits on: readable(file). Copies: each record once, from the file to the buffer; each answer once.
 */
public final class ReadDelivery extends FileDelivery {

    /** Most records of one read. */
    public static final int MAX_RECORDS_PER_READ = FileBatch.MAX_RECORDS;

    private final Wait wait;

    /**
     * A delivery over a file that writes the answers of a batch at once.
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
        this(file, recordsPerRead, MAX_RECORDS_PER_READ, new HandlerContext(handler, stages, clock, tally));
    }

    /**
     * A delivery over a file.
     *
     * @param file            to read and write; a {@link org.faultring.ring.file.LockedFaultFile} if several threads
     *                        read it
     * @param recordsPerRead  records asked for by a read, 1..{@link #MAX_RECORDS_PER_READ}
     * @param answersPerWrite answers given by a write at most, 1..{@link #MAX_RECORDS_PER_READ}
     * @param context         what handles faults
     */
    public ReadDelivery(final FaultFile file, final int recordsPerRead, final int answersPerWrite,
            final HandlerContext context) {
        super(file, recordsPerRead, answersPerWrite, context);
        wait = Wait.readable(file);
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
