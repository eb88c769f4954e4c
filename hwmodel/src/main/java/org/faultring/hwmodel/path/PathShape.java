/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.Checks;
import org.faultring.ring.kernel.GroupTable;

/**
 * How many of what a path has, and how much the kernel can hold. Immutable; values are checked here.
 *
 * <p>Each device raises the whole workload, and shares the address spaces of its processes. What process {@code p} of
 * device {@code d} asks for is translated by a page table over fault object {@code (d + p) mod faultObjects}, in a
 * container {@code p mod faultObjects}.
 *
 * @param devices      behind the IOMMU, 1..64
 * @param faultObjects each with a reader of its own, 1..16
 * @param maxGroups    groups that the kernel can hold, a power of two, 2..2^20
 * @param objectDepth  faults that a fault object can hold for its reader, a power of two
 * @param partials     requests that can wait for the last one of their group, of each device
 * @param cacheEntries translations that each device caches, a power of two up to 2^20; 0 for devices that do not
 *                     translate, but miss each page of the workload
 * @param rules        of fault objects that have limits
 * @param routing      which fault object takes the faults of a page table behind a device
 */
public record PathShape(int devices, int faultObjects, int maxGroups, int objectDepth, int partials,
        int cacheEntries, ObjectRules rules, Routing routing) {

    /** Group indexes of a function. */
    private static final int INDEXES = 512;

    /** Checks the values. */
    public PathShape {
        Checks.range("devices", devices, 1, 64);
        Checks.range("faultObjects", faultObjects, 1, 16);
        Checks.powerOfTwo("maxGroups", maxGroups, 2, GroupTable.MAX_CAPACITY);
        Checks.powerOfTwo("objectDepth", objectDepth, 1, 1 << 24);
        Checks.range("partials", partials, 1, 1 << 16);
        if (cacheEntries != 0) {
            Checks.powerOfTwo("cacheEntries", cacheEntries, 1, 1 << 20);
        }
        if (rules == null || routing == null) {
            throw new IllegalArgumentException("rules=" + rules + " routing=" + routing + " (expected: both)");
        }
    }

    /**
     * Devices that do not translate, and the usual rules.
     *
     * @param devices      behind the IOMMU, 1..64
     * @param faultObjects each with a reader of its own, 1..16
     * @param maxGroups    groups that the kernel can hold, a power of two, 2..2^20
     * @param objectDepth  faults that a fault object can hold for its reader, a power of two
     * @param partials     requests that can wait for the last one of their group, of each device
     */
    public PathShape(final int devices, final int faultObjects, final int maxGroups, final int objectDepth,
            final int partials) {
        this(devices, faultObjects, maxGroups, objectDepth, partials, 0, ObjectRules.DEFAULT, Routing.PER_DOMAIN);
    }

    /**
     * The same with devices that translate before they ask for pages.
     *
     * @param newCacheEntries see {@link #cacheEntries()}
     * @return a new shape
     */
    public PathShape withCacheEntries(final int newCacheEntries) {
        return new PathShape(devices, faultObjects, maxGroups, objectDepth, partials, newCacheEntries, rules,
                routing);
    }

    /**
     * The same with fault objects that hold more or less.
     *
     * @param newObjectDepth see {@link #objectDepth()}
     * @return a new shape
     */
    public PathShape withObjectDepth(final int newObjectDepth) {
        return new PathShape(devices, faultObjects, maxGroups, newObjectDepth, partials, cacheEntries, rules,
                routing);
    }

    /**
     * The same with other rules.
     *
     * @param newRules see {@link #rules()}
     * @return a new shape
     */
    public PathShape withRules(final ObjectRules newRules) {
        return new PathShape(devices, faultObjects, maxGroups, objectDepth, partials, cacheEntries, newRules,
                routing);
    }

    /**
     * The same with another routing.
     *
     * @param newRouting see {@link #routing()}
     * @return a new shape
     */
    public PathShape withRouting(final Routing newRouting) {
        return new PathShape(devices, faultObjects, maxGroups, objectDepth, partials, cacheEntries, rules, newRouting);
    }

    /**
     * Room for all that devices can have in flight: the kernel is never out of memory.
     *
     * @param config       of the path
     * @param devices      behind the IOMMU
     * @param faultObjects each with a reader of its own
     * @return the shape
     */
    public static PathShape roomy(final FaultPathConfig config, final int devices, final int faultObjects) {
        // An answer can give a credit back, and a new fault arrive for it, before the poll that answered has given its
        // slots back. Hence twice the credits, as a power of two.
        final int all = powerOfTwo(devices);
        return new PathShape(devices, faultObjects, 2 * INDEXES * all,
                4 * Integer.highestOneBit(config.credits()) * all,
                Math.min(1 << 16, config.credits() + config.prqEntries()));
    }

    private static int powerOfTwo(final int atLeast) {
        return atLeast == 1 ? 1 : 2 * Integer.highestOneBit(atLeast - 1);
    }

    /**
     * Fault object under the page table of a device's process.
     *
     * @param device  number of the device
     * @param process counted from 0
     * @return number of the object
     */
    public int objectOf(final int device, final int process) {
        return (routing == Routing.CONTAINER ? process : device + process) % faultObjects;
    }
}
