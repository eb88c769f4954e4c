/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * 512 page request group indexes, of a function or of one PASID of it ({@link GroupIndexScope}). An index is free again
 * when its answer has arrived (PCIe). The one that has been free longest is given first, so that a late answer has the
 * least chance to hit a new group.
 *
 * <p>Hardware world; allocates nothing.
 */
public final class GroupIndexAllocator {

    /** No index is free. */
    public static final int NONE = -1;

    private static final int MASK = PageRequestMessage.GROUP_INDEXES - 1;

    private final short[] free = new short[PageRequestMessage.GROUP_INDEXES];
    private int taken;
    private int returned = PageRequestMessage.GROUP_INDEXES;

    /** All indexes free. */
    public GroupIndexAllocator() {
        for (int i = 0; i < free.length; i++) {
            free[i] = (short) i;
        }
    }

    /**
     * Take an index.
     *
     * @return 0..511, or {@link #NONE}
     */
    public int take() {
        return taken == returned ? NONE : free[taken++ & MASK];
    }

    /**
     * Give an index back.
     *
     * @param index taken before
     */
    public void giveBack(final int index) {
        free[returned++ & MASK] = (short) index;
    }

    /**
     * Indexes in use.
     *
     * @return 0..512
     */
    public int inUse() {
        return PageRequestMessage.GROUP_INDEXES - (returned - taken);
    }
}
