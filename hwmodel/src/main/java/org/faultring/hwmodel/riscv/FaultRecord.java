/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.ring.LittleEndian;

/**
 * Record of the fault queue, 32 bytes (RISC-V IOMMU specification, fault queue; {@code struct riscv_iommu_fq_record},
 * drivers/iommu/riscv/iommu-bits.h).
 *
 * <pre>
 *  63     40 39     34  33    32  31          12 11         0
 *  +--------+---------+------+----+-------------+------------+
 *  |  DID   |  TTYP   | PRIV | PV |     PID     |   CAUSE    | qw0
 *  +--------+---------+------+----+-------------+------------+
 *  63                                                       0
 *  +---------------------------------------------------------+
 *  |                   custom, reserved                      | qw1
 *  +---------------------------------------------------------+
 *  |                         iotval                          | qw2
 *  +---------------------------------------------------------+
 *  |                         iotval2                         | qw3
 *  +---------------------------------------------------------+
 * </pre>
 *
 * <p>TTYP: what kind of transaction; iotval: its address, or the code of a message; iotval2: guest physical address of
 * a guest page fault, with bit 0 for an implicit access and bit 1 for an implicit write. Static functions over the
 * words; any thread.
 */
public final class FaultRecord {

    /** Cause: all inbound transactions are disallowed. */
    public static final int ALL_INBOUND_DISALLOWED = 256;
    /** Cause: the device directory entry could not be loaded. */
    public static final int DDT_ENTRY_LOAD_FAULT = 257;
    /** Cause: the device directory entry is not valid. */
    public static final int DDT_ENTRY_NOT_VALID = 258;
    /** Cause: the device directory entry is misconfigured. */
    public static final int DDT_ENTRY_MISCONFIGURED = 259;
    /** Cause: the transaction type is disallowed. */
    public static final int TRANSACTION_TYPE_DISALLOWED = 260;

    /** Transaction type: translated or untranslated read, write and execute end below this one. */
    public static final int TTYP_ATS_TRANSLATION_REQUEST = 8;
    /** Transaction type: PCIe message request. */
    public static final int TTYP_MESSAGE_REQUEST = 9;
    /** iotval of a page request: PCIe's message code. */
    public static final long PAGE_REQUEST_MESSAGE_CODE = 0x04;

    /** The process ID is valid. */
    public static final long PV = 1L << 32;
    /** Privileged mode. */
    public static final long PRIV = 1L << 33;

    /** Causes of 256 and up that DTF does not suppress, beside 268, 272 and 273: those up to this one. */
    private static final int LAST_UNSUPPRESSED_DDT_CAUSE = DDT_ENTRY_MISCONFIGURED;
    private static final int CAUSE_MASK = 0xFFF;
    private static final int PID_SHIFT = 12;
    private static final int PID_MASK = 0xF_FFFF;
    private static final int TTYP_SHIFT = 34;
    private static final int TTYP_MASK = 0x3F;
    private static final int DID_SHIFT = 40;

    private FaultRecord() {}

    /**
     * The first word.
     *
     * @param cause    12 bits
     * @param ttyp     transaction type, 6 bits
     * @param deviceId 24 bits
     * @param prefix   of the transaction, see {@link PasidPrefix}
     * @return qw0
     */
    public static long qw0(final int cause, final int ttyp, final int deviceId, final int prefix) {
        final long word = cause & CAUSE_MASK | (long) (ttyp & TTYP_MASK) << TTYP_SHIFT | (long) deviceId << DID_SHIFT;
        return PasidPrefix.isPresent(prefix)
                ? word | PV | (long) (prefix & PID_MASK) << PID_SHIFT
                        | ((prefix & PasidPrefix.PRIVILEGED_MODE_REQUESTED) == 0 ? 0 : PRIV)
                : word;
    }

    /**
     * Cause of the fault.
     *
     * @param qw0 first word
     * @return 12 bits
     */
    public static int cause(final long qw0) {
        return (int) qw0 & CAUSE_MASK;
    }

    /**
     * Kind of transaction.
     *
     * @param qw0 first word
     * @return 6 bits
     */
    public static int ttyp(final long qw0) {
        return (int) (qw0 >>> TTYP_SHIFT) & TTYP_MASK;
    }

    /**
     * Device ID.
     *
     * @param qw0 first word
     * @return 24 bits
     */
    public static int deviceId(final long qw0) {
        return (int) (qw0 >>> DID_SHIFT);
    }

    /**
     * Process ID field.
     *
     * @param qw0 first word
     * @return 20 bits, whether valid or not
     */
    public static int processId(final long qw0) {
        return (int) (qw0 >>> PID_SHIFT) & PID_MASK;
    }

    /**
     * The same fault of another device.
     *
     * @param record   a record in memory, little-endian
     * @param offset   byte index of its first byte
     * @param deviceId of the device, 24 bits
     */
    public static void rename(final ByteBuffer record, final int offset, final long deviceId) {
        final long others = LittleEndian.getLong(record, offset) & (1L << DID_SHIFT) - 1;
        LittleEndian.putLong(record, offset, others | deviceId << DID_SHIFT);
    }

    /**
     * Which level of translation failed: the cause tells.
     *
     * @param cause of the fault
     * @return the level; {@link FaultLevel#CONFIGURATION} for causes that name none
     */
    public static FaultLevel level(final int cause) {
        return switch (cause) {
            case 20, 21, 23 -> FaultLevel.SECOND;
            case 1, 4, 5, 6, 7, 12, 13, 15 -> FaultLevel.FIRST;
            default -> FaultLevel.CONFIGURATION;
        };
    }

    /**
     * Whether a device context with DTF keeps a fault out of the queue.
     *
     * @param cause of the fault
     * @return false for the causes that are recorded nevertheless: 256..259, 268, 272, 273
     */
    public static boolean isSuppressedByDtf(final int cause) {
        return switch (cause) {
            case 268, 272, 273 -> false;
            default -> cause < ALL_INBOUND_DISALLOWED || cause > LAST_UNSUPPRESSED_DDT_CAUSE;
        };
    }
}
