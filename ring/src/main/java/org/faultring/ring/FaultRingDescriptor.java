/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/**
 * Memory layout of a {@link FaultRing}: the control words, each on a line pair of its own, then the slots.
 *
 * <pre>
 *  +---------------------------------------------------------------+
 *  |  header of a mapped ring                             pad 128  |    0
 *  +---------------------------------------------------------------+
 *  |  producer position (8), written by producers                  |  128
 *  +---------------------------------------------------------------+
 *  |  producer limit (8), written by producers                     |  136
 *  +---------------------------------------------------------------+
 *  |  high-water mark (8), written by producers          pad 112  |  144
 *  +---------------------------------------------------------------+
 *  |  consumer position (8), written by the consumer      pad 128  |  256
 *  +---------------------------------------------------------------+
 *  |  slot 0                                                  64   |  384
 *  +---------------------------------------------------------------+
 *  |  …                                                            |
 * </pre>
 *
 * <p>A slot is one cache line, so that one fault moves one line between cores:
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                                                               |  0
 *  |         the fault, see {@link PageFaultFlyweight}  (40 bytes)         |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |            raise time, ns; -1 = group is not sampled          | 40
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           attachment                          | 48
 *  +-------------------------------+-------------------------------+
 *  |         group length          |               0               | 52
 *  +-------------------------------+-------------------------------+
 *  |                     stamp: position + 1                       | 56
 *  |                                                               |
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Group length counts the slots of a group in its first slot and is 0 in the others; 0xFFFF marks padding. The stamp
 * is stored last, with release; the consumer acquires it. A slot whose stamp is not its position + 1 is not (or no
 * longer) readable. The first slot of a claim of several slots has the stamp -(position + 1) and its group length from
 * the claim on, so that {@link FaultRing#unblock()} knows how much to repair.
 */
public final class FaultRingDescriptor {

    /** Offset of the header, which only a mapped ring has. */
    public static final int HEADER_OFFSET = 0;
    /** Offset of the position of the next claim; 0 in a {@link OneToOneFaultRing}, as are the next two. */
    public static final int PRODUCER_POSITION_OFFSET = HEADER_OFFSET + RingMemory.PADDED_BYTES;
    /** Offset of the first position that producers may not claim before they look at the consumer again. */
    public static final int PRODUCER_LIMIT_OFFSET = PRODUCER_POSITION_OFFSET + Long.BYTES;
    /** Offset of the high-water mark. */
    public static final int HIGH_WATER_MARK_OFFSET = PRODUCER_LIMIT_OFFSET + Long.BYTES;
    /** Offset of the consumer's position. */
    public static final int CONSUMER_POSITION_OFFSET = PRODUCER_POSITION_OFFSET + RingMemory.PADDED_BYTES;
    /** Offset of the first slot. */
    public static final int SLOTS_OFFSET = CONSUMER_POSITION_OFFSET + RingMemory.PADDED_BYTES;

    /** Length of a slot: one cache line. */
    public static final int SLOT_LENGTH_BYTES = RingMemory.CACHE_LINE_BYTES;
    /** Offset within a slot at which the fault begins. */
    public static final int FAULT_OFFSET = 0;
    /** Offset within a slot of the raise time. */
    public static final int RAISE_NANOS_OFFSET = FAULT_OFFSET + PageFaultFlyweight.LENGTH_BYTES;
    /** Offset within a slot of the attachment. */
    public static final int ATTACHMENT_OFFSET = RAISE_NANOS_OFFSET + Long.BYTES;
    /** Offset within a slot of the group length. */
    public static final int GROUP_LENGTH_OFFSET = ATTACHMENT_OFFSET + Integer.BYTES;
    /** Offset within a slot of two bytes that are always 0. */
    public static final int ZERO_OFFSET = GROUP_LENGTH_OFFSET + Short.BYTES;
    /** Offset within a slot of the stamp. */
    public static final int STAMP_OFFSET = ZERO_OFFSET + Short.BYTES;

    /** Group length that marks a slot without a fault. */
    public static final int PADDING = 0xFFFF;

    /** Most slots a ring may have: 64 MiB of them. */
    public static final int MAX_CAPACITY = 1 << 20;
    /** Most slots one group may have, so that its length never looks like {@link #PADDING}. */
    public static final int MAX_GROUP_LENGTH = PADDING - 1;

    private FaultRingDescriptor() {}

    /**
     * Check a capacity.
     *
     * @param capacity in slots
     * @return the capacity, a power of two, 1..{@link #MAX_CAPACITY}
     */
    public static int checkCapacity(final int capacity) {
        return Checks.powerOfTwo("capacity", capacity, 1, MAX_CAPACITY);
    }

    /**
     * Memory a ring needs.
     *
     * @param capacity in slots
     * @return bytes
     */
    public static int lengthBytes(final int capacity) {
        return SLOTS_OFFSET + checkCapacity(capacity) * SLOT_LENGTH_BYTES;
    }
}
