/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;

/**
 * Page request in the PPR log, 16 bytes (AMD IOMMU specification, PPR log; {@code PPR_*} in
 * drivers/iommu/amd/amd_iommu_types.h).
 *
 * <pre>
 *  63   60 59 57 56 55   54 53 52 51 50   49   48 46 45       42  41  40   32 31       16 15        0
 *  +------+-----+--+----+--+--+-----+----+----+-----+-----------+----+-------+-----------+-----------+
 *  |type 1|  0  |GN|RVSD|US| W|  0  |READ|EXEC|  0  |PASID 19:16|LAST| PRGI  |PASID 15:0 | device ID | qw0
 *  +------+-----+--+----+--+--+-----+----+----+-----+-----------+----+-------+-----------+-----------+
 *  63                                                                                               0
 *  +------------------------------------------------------------------------------------------------+
 *  |                                            address                                             | qw1
 *  +------------------------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>GN: the PASID is valid; RVSD: the request was malformed; US: user mode, 0 for privileged; W: write. Linux reads
 * LAST and PRGI as one tag of ten bits. Static functions over the words; any thread.
 */
public final class PprLogEntry {

    /** Type: page request. */
    public static final int PAGE_REQUEST = 1;

    /** Last request of the group. */
    public static final long LAST = 1L << 41;
    /** Execute access is asked for. */
    public static final long EXEC = 1L << 49;
    /** Read access is asked for. */
    public static final long READ = 1L << 50;
    /** Write access is asked for. */
    public static final long WRITE = 1L << 53;
    /** User mode. */
    public static final long US = 1L << 54;
    /** Malformed request. */
    public static final long RVSD = 1L << 55;
    /** The PASID is valid. */
    public static final long GN = 1L << 56;

    private static final int TYPE_SHIFT = 60;
    private static final int PASID_LOW_SHIFT = 16;
    private static final int PASID_HIGH_SHIFT = 42;
    private static final int GROUP_INDEX_SHIFT = 32;
    /** How far the two bits of a prefix move up. */
    private static final int EXEC_FROM_PREFIX = 49 - 20;
    private static final int US_FROM_PREFIX = 54 - 21;
    /** How far a Page Request message's group index and Last move up. */
    private static final int MESSAGE_GROUP_SHIFT = GROUP_INDEX_SHIFT - 3;
    private static final long MESSAGE_GROUP_MASK = 0x1FFL << 3;

    private PprLogEntry() {}

    /**
     * The first word of a request.
     *
     * @param requesterId of the function
     * @param prefix      of the request, see {@link PasidPrefix}
     * @param message     as it came over PCIe, see {@link PageRequestMessage}
     * @return qw0
     */
    public static long qw0(final int requesterId, final int prefix, final long message) {
        final long word = (long) PAGE_REQUEST << TYPE_SHIFT | requesterId & 0xFFFFL
                | (message & MESSAGE_GROUP_MASK) << MESSAGE_GROUP_SHIFT
                // R is bit 0 of the message, W bit 1, L bit 2.
                | (message & PageRequestMessage.READ) << 50 | (message & PageRequestMessage.WRITE) << 52
                | (message & PageRequestMessage.LAST) << 39;
        return PasidPrefix.isPresent(prefix) ? word | GN | prefixBits(prefix) : word;
    }

    /** PASID, EXEC and US; user mode is where the prefix does not ask for privileged mode. */
    private static long prefixBits(final int prefix) {
        return (prefix & 0xFFFFL) << PASID_LOW_SHIFT | (prefix >>> 16 & 0xFL) << PASID_HIGH_SHIFT
                | (long) (prefix & PasidPrefix.EXECUTE_REQUESTED) << EXEC_FROM_PREFIX
                | (long) (~prefix & PasidPrefix.PRIVILEGED_MODE_REQUESTED) << US_FROM_PREFIX;
    }

    /**
     * Type of an entry.
     *
     * @param qw0 first word
     * @return 4 bits; 0 where hardware has not written it yet
     */
    public static int type(final long qw0) {
        return (int) (qw0 >>> TYPE_SHIFT);
    }

    /**
     * Device ID, which is the requester ID.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int deviceId(final long qw0) {
        return (int) qw0 & 0xFFFF;
    }

    /**
     * PASID field.
     *
     * @param qw0 first word
     * @return 20 bits, whether valid or not
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> PASID_LOW_SHIFT) & 0xFFFF | (int) (qw0 >>> PASID_HIGH_SHIFT & 0xF) << 16;
    }

    /**
     * Group of the request.
     *
     * @param qw0 first word
     * @return 0..511
     */
    public static int groupIndex(final long qw0) {
        return (int) (qw0 >>> GROUP_INDEX_SHIFT) & 0x1FF;
    }
}
