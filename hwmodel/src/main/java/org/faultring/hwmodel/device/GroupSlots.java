/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/**
 * The groups that a function can have under way: each has a slot, and a group index that is unique within a
 * {@link org.faultring.hwmodel.pci.GroupIndexScope}. Hardware world; allocates nothing after set-up, and nothing here
 * costs more with more groups under way.
 */
abstract class GroupSlots {

    /** No slot or index is free, or none fits. */
    static final int NONE = -1;

    /** Number of slots. */
    abstract int slots();

    /** Take a slot and an index for a group of a PASID of the workload; {@link #NONE} if there is none. */
    abstract int take(int pasid);

    /** Group index of a slot in use. */
    abstract int index(int slot);

    /** Slot of the group that an answer names, in use or not; {@link #NONE} if there can be none. */
    abstract int find(int pasid, int index);

    /** The group of a slot is answered or given up. */
    abstract void giveBack(int slot);
}
