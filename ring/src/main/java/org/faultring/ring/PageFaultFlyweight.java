/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/** Where a flyweight looks: padded, since it is rewrapped for every fault. */
abstract class PageFaultFlyweightFields extends Padded {
    ByteBuffer buffer;
    int offset;
}

/**
 * A view of one page fault as user space reads it from Linux: {@code struct iommu_hwpt_pgfault},
 * include/uapi/linux/iommufd.h.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             flags                             |  0
 *  +---------------------------------------------------------------+
 *  |                             dev_id                            |  4
 *  +---------------------------------------------------------------+
 *  |                             pasid                             |  8
 *  +---------------------------------------------------------------+
 *  |                             grpid                             | 12
 *  +---------------------------------------------------------------+
 *  |                             perm                              | 16
 *  +---------------------------------------------------------------+
 *  |                            reserved                           | 20
 *  +---------------------------------------------------------------+
 *  |                             addr                              | 24
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                             length                            | 32
 *  +---------------------------------------------------------------+
 *  |                             cookie                            | 36
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>All fields are little-endian. Accesses are plain: whoever hands the record over orders it. Not thread-safe: one
 * flyweight belongs to one thread at a time.
 */
public class PageFaultFlyweight extends PageFaultFlyweightFields {

    /** Length of the record in bytes. */
    public static final int LENGTH_BYTES = 40;

    /** Offset of {@link #flags()}. */
    public static final int FLAGS_OFFSET = 0;
    /** Offset of {@link #deviceId()}. */
    public static final int DEV_ID_OFFSET = FLAGS_OFFSET + Integer.BYTES;
    /** Offset of {@link #pasid()}. */
    public static final int PASID_OFFSET = DEV_ID_OFFSET + Integer.BYTES;
    /** Offset of {@link #groupIndex()}. */
    public static final int GRPID_OFFSET = PASID_OFFSET + Integer.BYTES;
    /** Offset of {@link #permissions()}. */
    public static final int PERM_OFFSET = GRPID_OFFSET + Integer.BYTES;
    /** Offset of the reserved word, always 0. */
    public static final int RESERVED_OFFSET = PERM_OFFSET + Integer.BYTES;
    /** Offset of {@link #address()}. */
    public static final int ADDR_OFFSET = RESERVED_OFFSET + Integer.BYTES;
    /** Offset of {@link #length()}. */
    public static final int LENGTH_OFFSET = ADDR_OFFSET + Long.BYTES;
    /** Offset of {@link #cookie()}. */
    public static final int COOKIE_OFFSET = LENGTH_OFFSET + Integer.BYTES;

    /** Flag: the PASID field is valid ({@code IOMMU_PGFAULT_FLAGS_PASID_VALID}). */
    public static final int PASID_VALID = 1;
    /** Flag: last record of its group ({@code IOMMU_PGFAULT_FLAGS_LAST_PAGE}). */
    public static final int LAST_PAGE = 2;
    /**
     * Flag: the response needs the PASID ({@code IOMMU_FAULT_PAGE_RESPONSE_NEEDS_PASID}, include/linux/iommu.h). Not
     * part of the user interface, but Linux hands its raw flags out, so it shows up behind Intel and AMD hardware.
     */
    public static final int RESPONSE_NEEDS_PASID = 4;

    /** Permission asked for: read ({@code IOMMU_FAULT_PERM_READ}). */
    public static final int READ = 1;
    /** Permission asked for: write ({@code IOMMU_FAULT_PERM_WRITE}). */
    public static final int WRITE = 2;
    /** Permission asked for: execute ({@code IOMMU_FAULT_PERM_EXEC}). */
    public static final int EXEC = 4;
    /** Permission asked for: privileged mode ({@code IOMMU_FAULT_PERM_PRIV}). */
    public static final int PRIV = 8;

    long p100, p101, p102, p103, p104, p105, p106, p107, p110, p111, p112, p113, p114, p115, p116, p117;

    /** A view of nothing; wrap it before use. */
    public PageFaultFlyweight() {}

    /**
     * Look at a record.
     *
     * @param newBuffer that holds the record
     * @param newOffset byte index of its first byte
     * @return this
     */
    public final PageFaultFlyweight wrap(final ByteBuffer newBuffer, final int newOffset) {
        // Storing a reference also marks a card for the collector, in memory that other threads' cards share.
        if (buffer != newBuffer) {
            buffer = newBuffer;
        }
        offset = newOffset;
        return this;
    }

    /** Look at another record of the same buffer. */
    final void moveTo(final int newOffset) {
        offset = newOffset;
    }

    /**
     * Buffer of the record looked at.
     *
     * @return the buffer given to {@link #wrap}
     */
    public final ByteBuffer buffer() {
        return buffer;
    }

    /**
     * Place of the record looked at.
     *
     * @return the byte index given to {@link #wrap}
     */
    public final int offset() {
        return offset;
    }

    /**
     * {@link #PASID_VALID}, {@link #LAST_PAGE}, {@link #RESPONSE_NEEDS_PASID}.
     *
     * @return the bits
     */
    public final int flags() {
        return LittleEndian.getInt(buffer, offset + FLAGS_OFFSET);
    }

    /**
     * iommufd object ID of the device through which the attachment was made.
     *
     * @return the ID
     */
    public final int deviceId() {
        return LittleEndian.getInt(buffer, offset + DEV_ID_OFFSET);
    }

    /**
     * Process address space ID, 20 bits; without meaning unless {@link #PASID_VALID} is set.
     *
     * @return the PASID
     */
    public final int pasid() {
        return LittleEndian.getInt(buffer, offset + PASID_OFFSET);
    }

    /**
     * Page request group index (9 bits on PRI) or stall tag (16 bits on SMMUv3).
     *
     * @return the index
     */
    public final int groupIndex() {
        return LittleEndian.getInt(buffer, offset + GRPID_OFFSET);
    }

    /**
     * {@link #READ}, {@link #WRITE}, {@link #EXEC}, {@link #PRIV}.
     *
     * @return the bits
     */
    public final int permissions() {
        return LittleEndian.getInt(buffer, offset + PERM_OFFSET);
    }

    /**
     * Address that missed.
     *
     * @return the address, page aligned on PCIe
     */
    public final long address() {
        return LittleEndian.getLong(buffer, offset + ADDR_OFFSET);
    }

    /**
     * Hint how many bytes to map.
     *
     * @return always 0 on Linux 7.2
     */
    public final int length() {
        return LittleEndian.getInt(buffer, offset + LENGTH_OFFSET);
    }

    /**
     * Name of the group in the response; the same in all records of a group.
     *
     * @return the cookie
     */
    public final int cookie() {
        return LittleEndian.getInt(buffer, offset + COOKIE_OFFSET);
    }

    /**
     * Whether this record closes its group.
     *
     * @return true if {@link #LAST_PAGE} is set
     */
    public final boolean isLast() {
        return (flags() & LAST_PAGE) != 0;
    }

    /**
     * Set what the fault is; reserved word and length become 0.
     *
     * @param flags       see {@link #flags()}
     * @param deviceId    see {@link #deviceId()}
     * @param pasid       see {@link #pasid()}
     * @param groupIndex  see {@link #groupIndex()}
     * @param permissions see {@link #permissions()}
     * @param address     see {@link #address()}
     * @param cookie      see {@link #cookie()}
     * @return this
     */
    public final PageFaultFlyweight set(final int flags, final int deviceId, final int pasid, final int groupIndex,
            final int permissions, final long address, final int cookie) {
        FaultSlotEncoder.fault(buffer, offset, flags, deviceId, pasid, groupIndex, permissions, address, cookie);
        return this;
    }

    /**
     * Name the group.
     *
     * @param cookie see {@link #cookie()}
     * @return this
     */
    public final PageFaultFlyweight cookie(final int cookie) {
        LittleEndian.putInt(buffer, offset + COOKIE_OFFSET, cookie);
        return this;
    }

    /**
     * Copy the 40 bytes of the record elsewhere.
     *
     * @param target      to copy to
     * @param targetIndex byte index of the copy
     */
    public final void copyTo(final ByteBuffer target, final int targetIndex) {
        for (int i = 0; i < LENGTH_BYTES; i += Long.BYTES) {
            LittleEndian.putLong(target, targetIndex + i, LittleEndian.getLong(buffer, offset + i));
        }
    }
}
