/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.ArrayList;
import java.util.List;

import org.agrona.collections.Long2LongHashMap;
import org.faultring.ring.Checks;

/**
 * Which domain a device's faults belong to: (device, PASID) → attachment → fault sink. Linux keeps a handle for each
 * (IOMMU group, PASID), found in the group's {@code pasid_array} (drivers/iommu/iommu.c).
 *
 * <p>A look-up does not get slower with the number of attachments. Used by the kernel world alone.
 */
public final class AttachTable {

    /** No attachment. */
    public static final int NONE = -1;
    /** PASID of requests that carry none ({@code IOMMU_NO_PASID}). */
    public static final int NO_PASID = 0;
    /** PASIDs have 20 bits (PCIe). */
    public static final int PASID_BITS = 20;

    private final Long2LongHashMap attachments = new Long2LongHashMap(NONE);
    private final List<FaultSink> sinks = new ArrayList<>();
    private FaultSink[] sinkOf = new FaultSink[8];
    private int count;
    /** The look-up before: requests of one PASID tend to come one after the other. */
    private long lastKey = -1;
    private int lastFound = NONE;

    /** Nothing attached. */
    public AttachTable() {}

    /**
     * Attach a domain to a device, or to one PASID of it.
     *
     * @param device number of the device in the {@link FaultReporter}
     * @param pasid  1 .. 2^20 - 1, or {@link #NO_PASID} for requests without one
     * @param sink   fault object of the domain
     * @return number of the attachment
     * @throws IllegalStateException if the device has an attachment for the PASID
     */
    public int attach(final int device, final int pasid, final FaultSink sink) {
        Checks.range("device", device, 0, Integer.MAX_VALUE);
        Checks.range("pasid", pasid, 0, (1 << PASID_BITS) - 1);
        final long key = key(device, pasid);
        if (attachments.containsKey(key)) {
            throw new IllegalStateException("device=" + device + " pasid=" + pasid + " is attached already");
        }
        if (count == sinkOf.length) {
            sinkOf = java.util.Arrays.copyOf(sinkOf, 2 * count);
        }
        sinkOf[count] = sink;
        if (!sinks.contains(sink)) {
            sinks.add(sink);
        }
        attachments.put(key, count);
        lastKey = -1;
        return count++;
    }

    /**
     * Attachment of a device's PASID.
     *
     * @param device number of the device
     * @param pasid  or {@link #NO_PASID}
     * @return number of the attachment, or {@link #NONE}
     */
    public int find(final int device, final int pasid) {
        final long key = key(device, pasid);
        if (key != lastKey) {
            lastFound = (int) attachments.get(key);
            lastKey = key;
        }
        return lastFound;
    }

    /**
     * Where an attachment's faults go.
     *
     * @param attachment number of the attachment
     * @return its fault sink
     */
    public FaultSink sink(final int attachment) {
        return sinkOf[attachment];
    }

    /** The kernel world ends its duty cycle: each fault sink hears of it once. */
    void cycleEnded() {
        for (int i = 0; i < sinks.size(); i++) {
            sinks.get(i).cycleEnded();
        }
    }

    private static long key(final int device, final int pasid) {
        return (long) device << PASID_BITS | pasid;
    }
}
