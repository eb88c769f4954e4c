/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import java.util.Arrays;
import java.util.BitSet;

import org.faultring.ring.file.Errno;

/**
 * The number space of one {@code /dev/iommu} (drivers/iommu/iommufd/main.c): numbers from 1, the lowest free one is
 * given, and a number is taken before the object under it can be found.
 */
final class ObjectTable {

    private final int limit;
    private final BitSet taken = new BitSet();
    private KernelObject[] objects = new KernelObject[16];

    /** An empty table for so many objects at once. */
    ObjectTable(final int limit) {
        this.limit = limit;
        taken.set(0);
    }

    /** Take a number under which nothing can be found yet; -ENOMEM at the limit. */
    int reserve() {
        final int number = taken.nextClearBit(1);
        if (number > limit) {
            return -Errno.ENOMEM;
        }
        taken.set(number);
        return number;
    }

    /** Give back a reserved number. */
    void cancel(final int number) {
        taken.clear(number);
    }

    /** Let an object be found under a reserved number. */
    void publish(final int number, final KernelObject object) {
        if (number >= objects.length) {
            objects = Arrays.copyOf(objects, Math.max(number + 1, 2 * objects.length));
        }
        object.number(number);
        objects[number] = object;
    }

    /** Take a number and let the object be found under it; the number, or -ENOMEM at the limit. */
    int add(final KernelObject object) {
        final int number = reserve();
        if (number > 0) {
            publish(number, object);
        }
        return number;
    }

    /** The object under a number, or null. */
    KernelObject find(final int number) {
        return number > 0 && number < objects.length ? objects[number] : null;
    }

    /** The object under a number if it is of a kind, or null. */
    <T extends KernelObject> T find(final int number, final Class<T> kind) {
        final KernelObject object = find(number);
        return kind.isInstance(object) ? kind.cast(object) : null;
    }

    /** Destroy what nobody uses: 0, -ENOENT or -EBUSY. */
    int destroy(final int number) {
        final KernelObject object = find(number);
        if (object == null) {
            return -Errno.ENOENT;
        }
        if (object.isUsed()) {
            return -Errno.EBUSY;
        }
        remove(object);
        return 0;
    }

    /** Destroy an object whose users are gone. */
    void remove(final KernelObject object) {
        objects[object.number()] = null;
        taken.clear(object.number());
        object.destroyed();
    }

    /**
     * Destroy an object that a program may still want to destroy itself: the number is not given again, and nothing is
     * found under it ({@code iommufd_object_tombstone_user}).
     */
    void bury(final KernelObject object) {
        objects[object.number()] = null;
        object.destroyed();
    }

    /** Destroy everything: again and again what nobody uses, the lowest number first. */
    void destroyAll() {
        int destroyed;
        do {
            destroyed = 0;
            for (final KernelObject object : objects.clone()) {
                // Destroying one object may have destroyed another.
                if (object != null && find(object.number()) == object && !object.isUsed()) {
                    remove(object);
                    destroyed++;
                }
            }
        } while (destroyed > 0);
    }
}
