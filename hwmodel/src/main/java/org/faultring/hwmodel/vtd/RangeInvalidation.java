/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.UserArray;

/**
 * Invalidates the caches of a nested page table range by range ({@code cache_tag_flush_range},
 * drivers/iommu/intel/cache.c): the IOTLB, and with it the device TLBs. Each range is done before the next one is
 * looked at. Linux polls for each batch of descriptors; here the batch is a state, and the driver's duty cycles move it
 * on.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
abstract class RangeInvalidation implements InvalidationPort {

    private final VtdDriver driver;
    private final NestedDomain domain;
    private final InvalidationBatch batch = new InvalidationBatch();
    private UserArray array;
    private int handled;
    /** Tags of the entry under way that were submitted. */
    private int tag;

    RangeInvalidation(final VtdDriver driver, final NestedDomain domain) {
        this.driver = driver;
        this.domain = domain;
    }

    /** Whether an entry of the right layout makes sense, before anything is done for it. */
    abstract int check(UserArray newArray, int index);

    /** An entry is done. */
    abstract void done(UserArray newArray, int index);

    @Override
    public final int begin(final UserArray newArray) {
        array = newArray;
        handled = 0;
        return newArray.type() == StageOneEntry.TYPE ? nextEntry() : -Errno.EINVAL;
    }

    private int nextEntry() {
        while (handled < array.count()) {
            int result = array.checkOne(handled, StageOneEntry.LENGTH_BYTES);
            if (result == 0) {
                result = check(array, handled);
            }
            if (result != 0) {
                return result;
            }
            tag = 0;
            if (submit()) {
                return IN_PROGRESS;
            }
            endEntry();
        }
        return 0;
    }

    private void endEntry() {
        done(array, handled);
        handled++;
    }

    /** Hand over as many tags as a batch takes; false if there are none left. */
    private boolean submit() {
        if (tag == domain.tags()) {
            return false;
        }
        final long address = array.getLong(handled, StageOneEntry.ADDRESS_OFFSET);
        final int order = StageOneEntry.order(address, array.getLong(handled, StageOneEntry.PAGES_OFFSET));
        final long hint = (array.getInt(handled, StageOneEntry.FLAGS_OFFSET) & StageOneEntry.LEAF) != 0
                ? IotlbDescriptor.LEAF : 0;
        final int end = Math.min(domain.tags(), tag + InvalidationBatch.MAX_DESCRIPTORS);
        batch.begin(domain.domain());
        for (; tag < end; tag++) {
            domain.fill(batch, tag, StageOneEntry.start(address, order), order, hint);
        }
        driver.submit(batch);
        return true;
    }

    /** How a batch ended is no matter to Linux: user space learns nothing of it. */
    @Override
    public final int poll() {
        if (batch.isUnderWay() || submit()) {
            return IN_PROGRESS;
        }
        endEntry();
        return nextEntry();
    }

    @Override
    public final int handled() {
        return handled;
    }

    final boolean isUnderWay() {
        return batch.isUnderWay();
    }

    final int domain() {
        return domain.domain();
    }
}
