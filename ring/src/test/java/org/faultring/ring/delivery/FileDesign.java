/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;

/** The designs that read a file, each in the forms that differ. */
enum FileDesign {

    READ(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new ReadDelivery(file, records, ReadDelivery.MAX_RECORDS_PER_READ, context);
        }
    },
    READ_ONE_ANSWER_PER_WRITE(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new ReadDelivery(file, records, 1, context);
        }
    },
    BUSY_READ(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new BusyReadDelivery(file, records, records, context);
        }
    },
    EVENTFD(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new EventFdDelivery(events, file, records, 1, context);
        }
    },
    POSTED_READ(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new PostedReadDelivery(ring, file, RingSettings.of(records, 1), context);
        }
    },
    POSTED_READS(false) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new PostedReadDelivery(ring, file,
                    RingSettings.of(records, 8).withAnswersPerWrite(2).withReadFlags(IoRing.ASYNC), context);
        }
    },
    POSTED_READS_IN_BATCHES(false) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new PostedReadDelivery(ring, file, RingSettings.of(records, 8).withMinimumBatch(3, 5), context);
        }
    },
    POLL_THEN_READ(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new PollThenReadDelivery(ring, file, RingSettings.of(records, 1), context);
        }
    },
    MULTISHOT(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new MultishotDelivery(ring, file,
                    RingSettings.of(records, 4).withAnswersPerWrite(3).withReadFlags(IoRing.ASYNC), context);
        }
    },
    COMMIT_AND_FETCH(true) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new CommitAndFetchDelivery(ring, file, RingSettings.of(records, 1), context);
        }
    },
    COMMITS_AND_FETCHES(false) {
        @Override
        Delivery make(final FaultFile file, final IoRing ring, final EventCounter events, final int records,
                final HandlerContext context) {
            return new CommitAndFetchDelivery(ring, file, RingSettings.of(records, 4), context);
        }
    };

    private final boolean isOrdered;

    FileDesign(final boolean isOrdered) {
        this.isOrdered = isOrdered;
    }

    /** Whether faults come in the file's order. */
    boolean isOrdered() {
        return isOrdered;
    }

    /** A new delivery that reads so many records at a time. */
    abstract Delivery make(FaultFile file, IoRing ring, EventCounter events, int records, HandlerContext context);
}
