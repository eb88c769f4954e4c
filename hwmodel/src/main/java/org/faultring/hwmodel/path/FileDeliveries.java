/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.delivery.BusyReadDelivery;
import org.faultring.ring.delivery.CommitAndFetchDelivery;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.EventFdDelivery;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.MultishotDelivery;
import org.faultring.ring.delivery.PollThenReadDelivery;
import org.faultring.ring.delivery.PostedReadDelivery;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.delivery.RingSettings;
import org.faultring.ring.delivery.Sample2023Delivery;
import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape.PostedRead;
import org.faultring.ring.file.IoRing;

/** Makes the designs over a file, whoever's file and completion ring it is: the model's or a real kernel's. */
public final class FileDeliveries {

    /** The sample would go round for ever; this shows it, and ends. */
    private static final int SAMPLE_ROUNDS = 64;
    /** The first proposal had a call for each answer. */
    private static final int EVENTFD_ANSWERS_PER_CALL = 1;

    private FileDeliveries() {}

    /**
     * What a design works on.
     *
     * @param file   to read and write
     * @param ring   of the same world, used by nobody else; null where the design posts nothing
     * @param events counted at each arrival; null where the design does not wait for them
     */
    public record Parts(FaultFile file, IoRing ring, EventCounter events) {}

    /**
     * Make one.
     *
     * @param design   one that {@link DeliveryDesign#readsFile()}
     * @param batch    records of a read at most
     * @param settings that the design has
     * @param parts    that it needs
     * @param context  what handles faults
     * @return a delivery
     * @throws IllegalArgumentException if the design is none over a file, or has not what is set
     */
    public static Delivery of(final DeliveryDesign design, final int batch, final DeliverySettings settings,
            final Parts parts, final HandlerContext context) {
        settings.check(design);
        return switch (design) {
            case READ -> new ReadDelivery(parts.file, batch, settings.answersPerWrite(batch), context);
            case BUSY_READ -> new BusyReadDelivery(parts.file, batch, settings.answersPerWrite(batch), context);
            case EVENTFD -> new EventFdDelivery(parts.events, parts.file, batch,
                    settings.answersPerWrite(EVENTFD_ANSWERS_PER_CALL), context);
            case SAMPLE_2023 -> new Sample2023Delivery(parts.ring, parts.file, SAMPLE_ROUNDS, context);
            case POSTED_READ, POLL_THEN_READ, MULTISHOT, COMMIT_AND_FETCH -> onRing(design,
                    settings.onRing(design, batch), parts, context);
            default -> throw new IllegalArgumentException("design=" + design.key() + " (expected: one over a file)");
        };
    }

    private static Delivery onRing(final DeliveryDesign design, final RingSettings settings, final Parts parts,
            final HandlerContext context) {
        return switch (design) {
            case POLL_THEN_READ -> new PollThenReadDelivery(parts.ring, parts.file, settings, context);
            case MULTISHOT -> new MultishotDelivery(parts.ring, parts.file, settings.withReadFlags(
                    multishotFlags(parts.file)), context);
            case COMMIT_AND_FETCH -> new CommitAndFetchDelivery(parts.ring, parts.file, settings, context);
            default -> new PostedReadDelivery(parts.ring, parts.file, settings, context);
        };
    }

    /** A multishot read of a file that cannot refuse to wait has to be armed without a try. */
    private static int multishotFlags(final FaultFile file) {
        return file.shape().postedRead() == PostedRead.RETRIES ? IoRing.ASYNC : 0;
    }
}
