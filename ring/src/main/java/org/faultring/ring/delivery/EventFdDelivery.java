/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;

/**
 * The design {@code eventfd}: a page table has a counter to wait on and a file to read; the counter is taken, the file
 * read until it is empty, and each answer given by a call of its own. As the first proposal of iommufd's page faults
 * had it, in 2023.
 *
 * <p>Waits on: events(counter). Copies: each record once, from the file to the buffer; each answer once. Faults come in
 * the file's order. One delivery serves one page table.
 */
public final class EventFdDelivery extends FileDelivery {

    private final EventCounter events;
    private final Wait wait;
    /** The counter has been taken, and the file not been seen empty since. */
    private boolean isReading;

    /**
     * A delivery over a counter and a file.
     *
     * @param events          counts arrivals of groups; no one else takes it
     * @param file            to read and write
     * @param recordsPerRead  records asked for by a read, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}
     * @param answersPerWrite answers given by a call at most, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}; the
     *                        proposal had 1
     * @param context         what handles faults
     */
    public EventFdDelivery(final EventCounter events, final FaultFile file, final int recordsPerRead,
            final int answersPerWrite, final HandlerContext context) {
        super(file, recordsPerRead, answersPerWrite, context);
        this.events = events;
        wait = Wait.events(events);
    }

    @Override
    public int doWork() {
        int work = 0;
        // What arrives after the counter was taken counts again, so an empty file may be left until it does.
        if (isReading || take()) {
            work = reading.doWork();
            isReading = work > 0;
        }
        tally.publish();
        return work;
    }

    private boolean take() {
        tally.increment(Counter.EVENT_READS);
        return events.take() > 0;
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "eventfd";
    }
}
