/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The ways in which a path can deliver faults to user space. */
public enum DeliveryDesign {

    /** The sketch of 2023, which serves one fault; see {@link org.faultring.ring.delivery.Sample2023Delivery}. */
    SAMPLE_2023("sample-2023", Family.RING),
    /** Mapped rings and an interrupt; see {@link org.faultring.ring.delivery.VfioRegionDelivery}. */
    VFIO_REGION("vfio-region", Family.MAPPED),
    /** A counter to wait on, a call for each answer; see {@link org.faultring.ring.delivery.EventFdDelivery}. */
    EVENTFD("eventfd", Family.FILE),
    /** Poll, read a batch, write its answers; see {@link org.faultring.ring.delivery.ReadDelivery}. */
    READ("read", Family.FILE),
    /** Read without waiting; see {@link org.faultring.ring.delivery.BusyReadDelivery}. */
    BUSY_READ("busy-read", Family.FILE),
    /** Reads posted ahead; see {@link org.faultring.ring.delivery.PostedReadDelivery}. */
    POSTED_READ("posted-read", Family.RING),
    /** A wait and a read in a chain; see {@link org.faultring.ring.delivery.PollThenReadDelivery}. */
    POLL_THEN_READ("poll-then-read", Family.RING),
    /** One read that stays armed; see {@link org.faultring.ring.delivery.MultishotDelivery}. */
    MULTISHOT("multishot", Family.RING),
    /** Answers and next read in one; see {@link org.faultring.ring.delivery.CommitAndFetchDelivery}. */
    COMMIT_AND_FETCH("commit-and-fetch", Family.RING),
    /** The ring mapped into the handler; see {@link org.faultring.ring.delivery.SharedRingDelivery}. */
    SHARED_RING("shared-ring", Family.MAPPED),
    /** Into a guest, which answers; see {@link org.faultring.ring.delivery.GuestInjection}. */
    INJECT("inject", Family.FILE),
    /** No user space, the kernel maps the page; see {@link org.faultring.ring.kernel.SvaHandler}. */
    SVA("sva", Family.KERNEL);

    /** What a design has between kernel and user space. */
    enum Family {
        /** A file and system calls. */
        FILE,
        /** A file and a completion ring. */
        RING,
        /** Mapped rings. */
        MAPPED,
        /** Nothing. */
        KERNEL
    }

    private final String key;
    private final Family family;

    DeliveryDesign(final String key, final Family family) {
        this.key = key;
        this.family = family;
    }

    Family family() {
        return family;
    }

    /**
     * Whether the design reads a fault file, so that it runs on any: the model's, a stand-in, a real kernel's.
     *
     * @return false for mapped rings, and for what is a matter of the kernel's path
     */
    public boolean readsFile() {
        return family == Family.RING || family == Family.FILE && this != INJECT;
    }

    /**
     * Whether the design posts requests to a completion ring.
     *
     * @return true if it needs one
     */
    public boolean usesRing() {
        return family == Family.RING;
    }

    /**
     * Whether the design opens its file with {@code O_NONBLOCK}. A fault file of Linux pays no attention to that,
     * io_uring does: a posted read then does not wait for long, and a chain or an armed read is done in the submitter.
     *
     * @return true for those that never post a read before there is something
     */
    public boolean opensNonblocking() {
        return this == POLL_THEN_READ || this == MULTISHOT;
    }

    /**
     * Whether the design serves faults for as long as they come.
     *
     * @return false for the sketch of 2023 alone, which leaves all but the first unanswered
     */
    public boolean isServing() {
        return this != SAMPLE_2023;
    }

    /**
     * Name for commands and results.
     *
     * @return lower case, words joined by hyphens
     */
    public String key() {
        return key;
    }

    /**
     * Design of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the design
     * @throws IllegalArgumentException if there is none of that name
     */
    public static DeliveryDesign ofKey(final String key) {
        for (final DeliveryDesign design : values()) {
            if (design.key.equals(key)) {
                return design;
            }
        }
        throw new IllegalArgumentException("design=" + key + " (expected: "
                + Arrays.stream(values()).map(DeliveryDesign::key).collect(Collectors.joining(", ")) + ")");
    }
}
