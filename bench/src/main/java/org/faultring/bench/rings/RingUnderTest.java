/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.faultring.ring.ManyToOneFaultRing;
import org.faultring.ring.OneToOneFaultRing;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/** Everything that is measured, by the name the command line and the results use. */
public enum RingUnderTest {

    /** Ours, one producer. */
    ONE_TO_ONE("OneToOneFaultRing", Kind.OURS, false, true),
    /** Ours, any number of producers. */
    MANY_TO_ONE("ManyToOneFaultRing", Kind.OURS, true, true),
    /** Ours on the Disruptor's sequencer for one producer. */
    DISRUPTOR_SLOTS_SINGLE("DisruptorFaultRing-single", Kind.OURS, false, true),
    /** Ours on the Disruptor's sequencer for many producers. */
    DISRUPTOR_SLOTS_MULTI("DisruptorFaultRing-multi", Kind.OURS, true, true),
    /** The JDK's. */
    ARRAY_BLOCKING_QUEUE("ArrayBlockingQueue", Kind.PEER, true, false),
    /** The Disruptor for one producer, its consumer spins. */
    DISRUPTOR_SINGLE_BUSY_SPIN("disruptor-single-busy-spin", Kind.PEER, false, true),
    /** The Disruptor for one producer, its consumer yields. */
    DISRUPTOR_SINGLE_YIELDING("disruptor-single-yielding", Kind.PEER, false, true),
    /** The Disruptor for many producers, its consumer spins. */
    DISRUPTOR_MULTI_BUSY_SPIN("disruptor-multi-busy-spin", Kind.PEER, true, true),
    /** The Disruptor for many producers, its consumer yields. */
    DISRUPTOR_MULTI_YIELDING("disruptor-multi-yielding", Kind.PEER, true, true),
    /** Agrona's for one producer. */
    AGRONA_ONE_TO_ONE("agrona-one-to-one", Kind.PEER, false, false),
    /** Agrona's for many producers. */
    AGRONA_MANY_TO_ONE("agrona-many-to-one", Kind.PEER, true, false),
    /** JCTools' for one producer. */
    JCTOOLS_SPSC("jctools-spsc", Kind.PEER, false, true),
    /** JCTools' for many producers. */
    JCTOOLS_MPSC("jctools-mpsc", Kind.PEER, true, true),
    /** The reference of the throughput, see {@link LapReference}. */
    REFERENCE("reference", Kind.REFERENCE, false, false),
    /** The reference of the round trip, see {@link PingPongLoad}. */
    PING_PONG("ping-pong", Kind.REFERENCE, false, false);

    /** Faults every ring has room for. */
    public static final int CAPACITY = 1024;

    /** Whose it is. */
    public enum Kind {
        /** Of this project. */
        OURS,
        /** A ring of somebody else. */
        PEER,
        /** No ring: what the machine can do. */
        REFERENCE
    }

    private final String label;
    private final Kind kind;
    private final boolean manyProducers;
    private final boolean claims;

    RingUnderTest(final String label, final Kind kind, final boolean manyProducers, final boolean claims) {
        this.label = label;
        this.kind = kind;
        this.manyProducers = manyProducers;
        this.claims = claims;
    }

    /**
     * Name in results and on the command line.
     *
     * @return the name
     */
    public String label() {
        return label;
    }

    /**
     * Whose it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether several threads may produce.
     *
     * @return true for the many-to-one rings
     */
    public boolean hasManyProducers() {
        return manyProducers;
    }

    /**
     * Whether several faults can be claimed and published at once.
     *
     * @return true if so
     */
    public boolean hasClaims() {
        return claims;
    }

    /**
     * A ring by its name.
     *
     * @param label in any case
     * @return the ring, or nothing
     */
    public static Optional<RingUnderTest> ofLabel(final String label) {
        return Arrays.stream(values()).filter(ring -> ring.label.equalsIgnoreCase(label)).findFirst();
    }

    /**
     * All names.
     *
     * @return separated by commas
     */
    public static String labels() {
        return Arrays.stream(values()).map(RingUnderTest::label).collect(Collectors.joining(", "));
    }

    /**
     * How the ends wait when there is a core for each.
     *
     * @return yielding for the two Disruptors that are named so
     */
    public Waiting waiting() {
        return this == DISRUPTOR_SINGLE_YIELDING || this == DISRUPTOR_MULTI_YIELDING ? Waiting.YIELDING
                : Waiting.BUSY_SPIN;
    }

    /**
     * A new, empty ring. A switch, and not a table, so that a JVM loads the one adapter it needs.
     *
     * @param waiting how its ends wait
     * @return the ring, with room for at least {@link #CAPACITY} faults
     */
    public BenchRing create(final Waiting waiting) {
        return switch (this) {
            case ONE_TO_ONE -> new StampedRing(new OneToOneFaultRing(CAPACITY), waiting);
            case MANY_TO_ONE -> new StampedRing(new ManyToOneFaultRing(CAPACITY), waiting);
            case DISRUPTOR_SLOTS_SINGLE -> DisruptorSlotsRing.single(CAPACITY, waiting);
            case DISRUPTOR_SLOTS_MULTI -> DisruptorSlotsRing.multi(CAPACITY, waiting);
            case ARRAY_BLOCKING_QUEUE -> new ArrayBlockingQueueRing(CAPACITY, waiting);
            case DISRUPTOR_SINGLE_BUSY_SPIN, DISRUPTOR_SINGLE_YIELDING -> DisruptorRing.single(CAPACITY, waiting);
            case DISRUPTOR_MULTI_BUSY_SPIN, DISRUPTOR_MULTI_YIELDING -> DisruptorRing.multi(CAPACITY, waiting);
            case AGRONA_ONE_TO_ONE -> new AgronaRing(new OneToOneRingBuffer(AgronaRing.memory(CAPACITY)), waiting);
            case AGRONA_MANY_TO_ONE -> new AgronaRing(new ManyToOneRingBuffer(AgronaRing.memory(CAPACITY)), waiting);
            case JCTOOLS_SPSC -> new JctoolsRing(new SpscVarHandleArrayQueue<>(CAPACITY), waiting);
            case JCTOOLS_MPSC -> new JctoolsRing(new MpscVarHandleArrayQueue<>(CAPACITY), waiting);
            case REFERENCE -> new LapReference(CAPACITY, waiting);
            case PING_PONG -> throw new IllegalArgumentException("ring=" + label + " (expected: a ring)");
        };
    }
}
