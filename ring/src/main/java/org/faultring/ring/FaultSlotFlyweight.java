/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/**
 * A view of one slot of a {@link FaultRing}: the fault, and what travels with it.
 *
 * <p>The layout is drawn in {@link FaultRingDescriptor}. Accesses are plain; the ring orders them. Not thread-safe.
 */
public final class FaultSlotFlyweight extends PageFaultFlyweight {

    /** A view of nothing; wrap it before use. */
    public FaultSlotFlyweight() {}

    /**
     * When the device raised the group.
     *
     * @return ns of the path's clock, or {@link StageTimes#NOT_SAMPLED}
     */
    public long raiseNanos() {
        return LittleEndian.getLong(buffer(), offset() + FaultRingDescriptor.RAISE_NANOS_OFFSET);
    }

    /**
     * Attachment through which the fault was routed.
     *
     * @return its number in the attach table
     */
    public int attachment() {
        return LittleEndian.getInt(buffer(), offset() + FaultRingDescriptor.ATTACHMENT_OFFSET);
    }

    /**
     * Slots of the group.
     *
     * @return the count in the first slot of a group, 0 in its others, {@link FaultRingDescriptor#PADDING} in padding
     */
    public int groupLength() {
        return LittleEndian.getUnsignedShort(buffer(), offset() + FaultRingDescriptor.GROUP_LENGTH_OFFSET);
    }

    /**
     * Whether the slot was aborted or repaired and holds no fault. A {@link FaultRing}'s own consumer skips such slots;
     * the readers of a {@link DisruptorFaultRing} see them.
     *
     * @return true if there is nothing to handle
     */
    public boolean isPadding() {
        return groupLength() == FaultRingDescriptor.PADDING;
    }

    /**
     * Set what travels with the fault.
     *
     * @param raiseNanos  see {@link #raiseNanos()}
     * @param attachment  see {@link #attachment()}
     * @param groupLength see {@link #groupLength()}
     * @return this
     */
    public FaultSlotFlyweight route(final long raiseNanos, final int attachment, final int groupLength) {
        FaultSlotEncoder.route(buffer(), offset(), raiseNanos, attachment, groupLength);
        return this;
    }
}
