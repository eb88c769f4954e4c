/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.GroupIndexAllocator;
import org.faultring.hwmodel.pci.PageRequestMessage;

/** A slot for each of the function's 512 group indexes; slot and index are the same. */
final class FunctionSlots extends GroupSlots {

    private final GroupIndexAllocator indexes = new GroupIndexAllocator();

    @Override
    int slots() {
        return PageRequestMessage.GROUP_INDEXES;
    }

    @Override
    int take(final int pasid) {
        return indexes.take();
    }

    @Override
    int index(final int slot) {
        return slot;
    }

    @Override
    int find(final int pasid, final int index) {
        return index;
    }

    @Override
    void giveBack(final int slot) {
        indexes.giveBack(slot);
    }
}
