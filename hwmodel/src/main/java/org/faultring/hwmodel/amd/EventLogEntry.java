/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.ring.LittleEndian;

/**
 * Entry of the event log, 16 bytes (AMD IOMMU specification, event log; {@code EVENT_*} in
 * drivers/iommu/amd/amd_iommu_types.h).
 *
 * <pre>
 *  63  60 59 57 56 55 54 53 52 51 50 49 48 47                     32 31  20 19       16 15        0
 *  +-----+-----+--+--+--+--+--+--+--+--+--+-------------------------+------+-----------+-----------+
 *  |type |  0  |TR|RZ|PE|RW|PR| I|US|NX|GN| domain ID or PASID 15:0 |  0   |PASID 19:16| device ID | qw0
 *  +-----+-----+--+--+--+--+--+--+--+--+--+-------------------------+------+-----------+-----------+
 *  63                                                                                             0
 *  +----------------------------------------------------------------------------------------------+
 *  |                                           address                                            | qw1
 *  +----------------------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>GN: the field is a PASID, and the address a guest's; NX: execute; US: user mode; I: interrupt; PR: the page was
 * present; RW: write; PE: permissions did not allow it; RZ: reserved bits were not zero; TR: a translation request.
 * Which of them has a meaning depends on the type. Static functions over the words; any thread.
 */
public final class EventLogEntry {

    /** Type: the device table entry is not valid. */
    public static final int ILLEGAL_DEV_TABLE_ENTRY = 0x1;
    /** Type: a translation or permission fault. */
    public static final int IO_PAGE_FAULT = 0x2;
    /** Type: the device table could not be read. */
    public static final int DEV_TAB_HARDWARE_ERROR = 0x3;
    /** Type: a page table could not be read. */
    public static final int PAGE_TAB_HARDWARE_ERROR = 0x4;
    /** Type: a command of no known type, or malformed. */
    public static final int ILLEGAL_COMMAND_ERROR = 0x5;
    /** Type: a command could not be read. */
    public static final int COMMAND_HARDWARE_ERROR = 0x6;
    /** Type: a function did not complete a device TLB invalidation in time. */
    public static final int IOTLB_INV_TIMEOUT = 0x7;
    /** Type: a request that the device may not make. */
    public static final int INVALID_DEVICE_REQUEST = 0x8;
    /** Type: a page request that the device may not make. */
    public static final int INVALID_PPR_REQUEST = 0x9;
    /** Type: the reverse map table did not allow it. */
    public static final int RMP_FAULT = 0xD;
    /** Type: the reverse map table could not be read. */
    public static final int RMP_HW_ERR = 0xE;

    /** Flag: the PASID is valid, the address is a guest's. */
    public static final long GN = 1L << 48;
    /** Flag: execute. */
    public static final long NX = 1L << 49;
    /** Flag: user mode. */
    public static final long US = 1L << 50;
    /** Flag: interrupt request. */
    public static final long I = 1L << 51;
    /** Flag: the page was present. */
    public static final long PR = 1L << 52;
    /** Flag: write. */
    public static final long RW = 1L << 53;
    /** Flag: permissions did not allow it. */
    public static final long PE = 1L << 54;
    /** Flag: reserved bits were not zero. */
    public static final long RZ = 1L << 55;
    /** Flag: translation request. */
    public static final long TR = 1L << 56;
    /** All flags. */
    public static final long FLAGS = 0x1FFL << 48;

    private static final int TYPE_SHIFT = 60;
    private static final int PASID_LOW_SHIFT = 32;
    private static final int PASID_HIGH_SHIFT = 16;

    private EventLogEntry() {}

    /**
     * The first word.
     *
     * @param type     of the event, 4 bits
     * @param deviceId of the function
     * @param id       domain ID, 16 bits, or PASID, 20 bits
     * @param flags    of {@link #FLAGS}
     * @return qw0
     */
    public static long qw0(final int type, final int deviceId, final int id, final long flags) {
        return (long) (type & 0xF) << TYPE_SHIFT | flags & FLAGS | (id & 0xFFFFL) << PASID_LOW_SHIFT
                | (id >>> 16 & 0xFL) << PASID_HIGH_SHIFT | deviceId & 0xFFFFL;
    }

    /**
     * Type of the event.
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
     * Domain ID or PASID.
     *
     * @param qw0 first word
     * @return 20 bits
     */
    public static int id(final long qw0) {
        return (int) (qw0 >>> PASID_LOW_SHIFT) & 0xFFFF | (int) (qw0 >>> PASID_HIGH_SHIFT & 0xF) << 16;
    }

    /**
     * The same event of another function.
     *
     * @param record   an entry in memory, little-endian
     * @param offset   byte index of its first byte
     * @param deviceId of the function, 16 bits
     */
    public static void rename(final ByteBuffer record, final int offset, final long deviceId) {
        LittleEndian.putShort(record, offset, (int) deviceId);
    }

    /**
     * Which level of translation failed, as far as the record tells. A fault of a page table names a guest address if
     * GN is set, so it is taken for one of the guest's tables: a failure of the host's tables under them looks the
     * same. Without GN only the host's tables were in use.
     *
     * @param qw0 first word
     * @return the level
     */
    public static FaultLevel level(final long qw0) {
        return switch (type(qw0)) {
            case IO_PAGE_FAULT, PAGE_TAB_HARDWARE_ERROR -> (qw0 & GN) != 0 ? FaultLevel.FIRST : FaultLevel.SECOND;
            case RMP_FAULT, RMP_HW_ERR -> FaultLevel.SECOND;
            default -> FaultLevel.CONFIGURATION;
        };
    }
}
