/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;

/**
 * Record of the page request queue, 16 bytes (RISC-V IOMMU specification, page request queue;
 * {@code struct riscv_iommu_pq_record}, drivers/iommu/riscv/iommu-bits.h).
 *
 * <pre>
 *  63       40 39  35  34   33   32  31      12 11      0
 *  +----------+------+----+----+----+----------+---------+
 *  |   DID    |  0   |EXEC|PRIV| PV |   PID    |    0    | qw0
 *  +----------+------+----+----+----+----------+---------+
 *  63                            12 11      3  2   1   0
 *  +-------------------------------+---------+---+---+---+
 *  |         page address          |  PRGI   | L | W | R | qw1
 *  +-------------------------------+---------+---+---+---+
 * </pre>
 *
 * <p>DID: device ID; PID: process ID, which is the PASID; PV: it is valid, without it EXEC and PRIV are 0. The second
 * word is the Page Request message as it came over PCIe, see {@link PageRequestMessage}. Static functions over the
 * words; any thread.
 */
public final class PageRequestRecord {

    /** The process ID is valid. */
    public static final long PV = 1L << 32;
    /** Privileged mode. */
    public static final long PRIV = 1L << 33;
    /** Execute access is asked for. */
    public static final long EXEC = 1L << 34;

    private static final int PID_SHIFT = 12;
    private static final int PID_MASK = 0xF_FFFF;
    private static final int DID_SHIFT = 40;
    /** How far the two bits of a prefix move up; they change places. */
    private static final int EXEC_FROM_PREFIX = 34 - 20;
    private static final int PRIV_FROM_PREFIX = 33 - 21;

    private PageRequestRecord() {}

    /**
     * The first word.
     *
     * @param deviceId 24 bits
     * @param prefix   of the request, see {@link PasidPrefix}
     * @return qw0
     */
    public static long qw0(final int deviceId, final int prefix) {
        final long word = (long) deviceId << DID_SHIFT;
        return PasidPrefix.isPresent(prefix)
                ? word | PV | (long) (prefix & PID_MASK) << PID_SHIFT
                        | (long) (prefix & PasidPrefix.EXECUTE_REQUESTED) << EXEC_FROM_PREFIX
                        | (long) (prefix & PasidPrefix.PRIVILEGED_MODE_REQUESTED) << PRIV_FROM_PREFIX
                : word;
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
     * Whether the request came with a PASID.
     *
     * @param qw0 first word
     * @return true if PV is set
     */
    public static boolean hasPasid(final long qw0) {
        return (qw0 & PV) != 0;
    }
}
