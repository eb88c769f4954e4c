/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * What all descriptors of the invalidation queue share: their type (drivers/iommu/intel/iommu.h; VT-d specification,
 * queued invalidation).
 *
 * <pre>
 *  63                                  12 11       9 8      4 3        0
 *  +-------------------------------------+----------+--------+----------+
 *  |                fields               |type 6:4  | fields |type 3:0  | qw0
 *  +-------------------------------------+----------+--------+----------+
 * </pre>
 *
 * <p>A descriptor has 128 bits, or 256 with the upper half 0. The types from {@link #PASID_IOTLB} up need the long
 * form. Static functions over the words; any thread.
 */
public final class InvalidationDescriptor {

    /** Type: context cache, the lowest type there is; see {@link CacheDescriptor}. */
    public static final int CONTEXT_CACHE = 1;
    /** Type: IOTLB, see {@link IotlbDescriptor}. */
    public static final int IOTLB = 2;
    /** Type: device TLB, see {@link DeviceTlbDescriptor}. */
    public static final int DEVICE_TLB = 3;
    /** Type: interrupt entry cache, see {@link CacheDescriptor}. */
    public static final int INTERRUPT_ENTRY_CACHE = 4;
    /** Type: wait, see {@link WaitDescriptor}. */
    public static final int WAIT = 5;
    /** Type: IOTLB of a PASID, see {@link IotlbDescriptor}. */
    public static final int PASID_IOTLB = 6;
    /** Type: PASID cache, see {@link CacheDescriptor}. */
    public static final int PASID_CACHE = 7;
    /** Type: device TLB of a PASID, see {@link DeviceTlbDescriptor}. */
    public static final int PASID_DEVICE_TLB = 8;
    /** Type: page group response, the highest type the model knows; see {@link PageGroupResponseDescriptor}. */
    public static final int PAGE_GROUP_RESPONSE = 9;

    /** Bits of the first word that are the type. */
    public static final long TYPE_MASK = 0xE0F;

    private InvalidationDescriptor() {}

    /**
     * Type of any descriptor.
     *
     * @param qw0 first word
     * @return 7 bits
     */
    public static int type(final long qw0) {
        return (int) qw0 & 0xF | (int) (qw0 >>> 9 & 7) << 4;
    }
}
