/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
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
    public static final int MAX_RECORDS_PER_READ = FileBatch.MAX_RECORDS;

    private final FileBatch batch;
    private final GroupHandling handling;
    private final Tally tally;
    private final Wait wait;
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();

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
        this.batch = new FileBatch(file, recordsPerRead, tally);
        this.handling = new GroupHandling(handler, stages, clock, tally);
        this.tally = tally;
        this.wait = Wait.readable(file);
    }

    @Override
    public int doWork() {
        final int bytes = batch.read();
        if (bytes > 0) {
            handle(bytes);
            batch.writeAnswers();
            tally.add(Counter.FAULTS_HANDLED, bytes / PageFaultFlyweight.LENGTH_BYTES);
        }
        tally.publish();
        return bytes == FileBatch.GROWN ? 1 : bytes / PageFaultFlyweight.LENGTH_BYTES;
    }

    private void handle(final int bytes) {
        for (int at = 0; at < bytes; at += PageFaultFlyweight.LENGTH_BYTES) {
            record.wrap(batch.records(), at);
            if (handling.closesGroup(record, handling.rowOf(record))) {
                batch.answer(response, record.cookie(), handling.answer());
            }
        }
    }

    /**
     * Whether the last read found a group of more than {@link #MAX_RECORDS_PER_READ} faults. It blocks all behind it
     * until its attachment goes away; the file stays readable, each read of it is counted.
     *
     * @return true if nothing gets through
     */
    public boolean isStuck() {
        return batch.isStuck();
    }

    /**
     * How the last read failed. It left everything as it was, and is tried again at every duty cycle: without memory
     * that helps, on a file that is closed it never does. Each is counted.
     *
     * @return positive error number, see {@link org.faultring.ring.file.Errno}; 0 if it succeeded, or if
     *         {@link #isStuck()} says why not
     */
    public int readError() {
        return batch.readError();
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
