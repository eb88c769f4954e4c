/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.kernel.HwptInvalidation;
import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.MockCache;
import org.faultring.ring.kernel.MockNestedInvalidation;

/**
 * Calls of IOMMU_HWPT_INVALIDATE with random entries, good and bad: the count written back is that of the entries
 * applied, which the slots of the mock show.
 */
final class InvalidationRoom {

    private static final int CALLS = 20;
    private static final int MAX_ENTRIES = 12;
    private static final int ENTRY = MockNestedInvalidation.ENTRY_BYTES;
    private static final int FULL = 0xBADBEEF;

    private InvalidationRoom() {}

    /**
     * Random calls.
     *
     * @param broken put around the driver
     */
    static void run(final SplittableRandom random, final Watch watch, final UnaryOperator<InvalidationPort> broken) {
        final HwptInvalidation call = new HwptInvalidation();
        final ByteBuffer entries = RingMemory.allocate(MAX_ENTRIES * ENTRY);
        for (int i = 0; i < CALLS; i++) {
            final MockCache cache = new MockCache(FULL);
            final int count = random.nextInt(MAX_ENTRIES + 1);
            for (int entry = 0; entry < count; entry++) {
                LittleEndian.putInt(entries, entry * ENTRY + MockNestedInvalidation.FLAGS_OFFSET,
                        random.nextInt(12) == 0 ? 2 : random.nextInt(8) == 0 ? MockCache.ALL : 0);
                LittleEndian.putInt(entries, entry * ENTRY + MockNestedInvalidation.SLOT_OFFSET,
                        random.nextInt(12) == 0 ? MockCache.SLOTS : random.nextInt(MockCache.SLOTS));
            }
            final int result = call.begin(broken.apply(new MockNestedInvalidation(cache)),
                    Iommufd.INVALIDATE_SELFTEST, entries, ENTRY, count);
            check(watch, entries, count, result, call.handled(), cache);
        }
    }

    private static void check(final Watch watch, final ByteBuffer entries, final int count, final int result,
            final int handled, final MockCache cache) {
        final int[] slots = new int[MockCache.SLOTS];
        Arrays.fill(slots, FULL);
        int error = 0;
        int applied = 0;
        while (applied < count && error == 0) {
            error = apply(slots, LittleEndian.getInt(entries, applied * ENTRY + MockNestedInvalidation.FLAGS_OFFSET),
                    LittleEndian.getInt(entries, applied * ENTRY + MockNestedInvalidation.SLOT_OFFSET));
            applied += error == 0 ? 1 : 0;
        }
        final int expected = applied;
        final int expectedResult = error;
        watch.check(Invariant.INVALIDATE_COUNT, result == expectedResult && handled == expected,
                () -> "an invalidation of " + count + " entries returned " + result + " and counted " + handled
                        + ", expected " + expectedResult + " and " + expected);
        for (int slot = 0; slot < slots.length; slot++) {
            final int at = slot;
            watch.check(Invariant.INVALIDATE_COUNT, cache.value(slot) == slots[slot],
                    () -> "slot " + at + " holds " + cache.value(at) + ", expected " + slots[at]);
        }
    }

    private static int apply(final int[] slots, final int flags, final int slot) {
        if ((flags & ~MockCache.ALL) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (slot < 0 || slot >= slots.length) {
            return -Errno.EINVAL;
        }
        if (flags == MockCache.ALL) {
            Arrays.fill(slots, 0);
        } else {
            slots[slot] = 0;
        }
        return 0;
    }
}
