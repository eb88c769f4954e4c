/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.Arrays;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.Checks;

/**
 * A nested page table as its invalidations see it: which caches have to be told of a change, with a tag for each PASID
 * in the IOTLB and for each device TLB ({@code struct cache_tag}, drivers/iommu/intel/cache.c).
 *
 * <p>Filled at set-up; then the kernel world's.
 */
public final class NestedDomain {

    private final int domain;
    private int tags;
    /** First words without a range; the second words depend on it. */
    private long[] qw0 = new long[4];
    private int[] types = new int[4];

    /**
     * A page table that is attached to nothing.
     *
     * @param domain its number in the IOMMU, 16 bits
     */
    public NestedDomain(final int domain) {
        this.domain = Checks.range("domain", domain, 0, 0xFFFF);
    }

    /**
     * Set-up: the page table is attached to a PASID. Once, however many devices use it.
     *
     * @param pasid or {@link PageRequestMessage#NO_PASID} for requests without one, which are PASID 0 in the IOTLB
     */
    public void attachPasid(final int pasid) {
        final int inIotlb = pasid == PageRequestMessage.NO_PASID ? 0 : pasid;
        add(InvalidationDescriptor.PASID_IOTLB,
                IotlbDescriptor.pasidQw0(IotlbDescriptor.PASID_PAGES, domain, inIotlb));
    }

    /**
     * Set-up: the page table is attached to a device whose ATS is on.
     *
     * @param requesterId        of the function
     * @param physicalFunctionId requester ID of the physical function
     * @param pasid              or {@link PageRequestMessage#NO_PASID}
     * @param queueDepth         invalidations that the function takes at once, 1..31, or 0 for 32
     */
    public void attachDeviceTlb(final int requesterId, final int physicalFunctionId, final int pasid,
            final int queueDepth) {
        if (pasid == PageRequestMessage.NO_PASID) {
            add(InvalidationDescriptor.DEVICE_TLB,
                    DeviceTlbDescriptor.qw0(requesterId, physicalFunctionId, queueDepth));
        } else {
            add(InvalidationDescriptor.PASID_DEVICE_TLB,
                    DeviceTlbDescriptor.pasidQw0(requesterId, physicalFunctionId, pasid, queueDepth));
        }
    }

    private void add(final int type, final long word) {
        if (tags == qw0.length) {
            qw0 = Arrays.copyOf(qw0, 2 * tags);
            types = Arrays.copyOf(types, 2 * tags);
        }
        qw0[tags] = word;
        types[tags] = type;
        tags++;
    }

    int domain() {
        return domain;
    }

    int tags() {
        return tags;
    }

    /** One more descriptor in the batch: a tag's, for 2^order pages. */
    void fill(final InvalidationBatch batch, final int tag, final long address, final int order, final long hint) {
        final long qw1 = switch (types[tag]) {
            case InvalidationDescriptor.PASID_IOTLB -> IotlbDescriptor.qw1(address, order, hint);
            case InvalidationDescriptor.DEVICE_TLB -> DeviceTlbDescriptor.qw1(address, order);
            default -> DeviceTlbDescriptor.pasidQw1(address, order);
        };
        batch.add(qw0[tag], qw1);
    }
}
