/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.pci.PageRequestMessage;

/**
 * The commands that answer page requests and wait for answers, 16 bytes each (RISC-V IOMMU specification, command
 * queue; {@code RISCV_IOMMU_CMD_*}, drivers/iommu/riscv/iommu-bits.h).
 *
 * <p>ATS.PRGR, opcode 4, function 1:
 *
 * <pre>
 *  63   56 55   40 39  34  33   32  31         12 11 10 9      7 6      0
 *  +------+-------+------+-----+----+------------+-----+--------+--------+
 *  | DSEG |  RID  |  0   | DSV | PV |    PID     |  0  | func 1 |  op 4  | qw0
 *  +------+-------+------+-----+----+------------+-----+--------+--------+
 *  63          48 47  44 43     41 40           32 31                   0
 *  +-------------+------+---------+---------------+----------------------+
 *  |      0      | code |    0    |     PRGI      |          0           | qw1
 *  +-------------+------+---------+---------------+----------------------+
 * </pre>
 *
 * <p>IOFENCE.C, opcode 2, function 0:
 *
 * <pre>
 *  63         32 31  14  13   12   11    10   9      7 6               0
 *  +------------+------+----+----+-----+----+---------+-----------------+
 *  |    DATA    |  0   | PW | PR | WSI | AV | func 0  |      op 2       | qw0
 *  +------------+------+----+----+-----+----+---------+-----------------+
 *  63    62 61                                                         0
 *  +-------+------------------------------------------------------------+
 *  |   0   |                        ADDR 63:2                           | qw1
 *  +-------+------------------------------------------------------------+
 * </pre>
 *
 * <p>RID: requester ID; PV: the answer carries the PASID; AV: write the data to the address; WSI: wired interrupt; PR,
 * PW: order earlier reads and writes, which nothing here can delay. The upper 16 bits of ATS.PRGR's second word are 0
 * in the ratified text; Linux's header has them as a destination ID. Static functions over the words; any thread.
 */
public final class RiscvCommand {

    /** Opcode: forget translations; function 0 VMA, 1 GVMA. */
    public static final int IOTINVAL = 1;
    /** Opcode: fence; function 0 only. */
    public static final int IOFENCE = 2;
    /** Opcode: forget directory entries; function 0 device, 1 process. */
    public static final int IODIR = 3;
    /** Opcode: ATS messages; function 0 invalidation, 1 page request group response. */
    public static final int ATS = 4;
    /** Function of {@link #ATS}: device TLB invalidation. */
    public static final int ATS_INVAL = 0;
    /** Function of {@link #ATS}: page request group response. */
    public static final int ATS_PRGR = 1;

    /** IOFENCE.C: write the data. */
    public static final long FENCE_AV = 1 << 10;
    /** IOFENCE.C: wired interrupt. */
    public static final long FENCE_WSI = 1 << 11;
    /** ATS: the message carries the PASID. */
    public static final long ATS_PV = 1L << 32;

    private static final int OP_MASK = 0x7F;
    private static final int FUNC_SHIFT = 7;
    private static final int PID_SHIFT = 12;
    private static final int PID_MASK = 0xF_FFFF;
    private static final int RID_SHIFT = 40;
    private static final int DATA_SHIFT = 32;
    private static final int GROUP_INDEX_SHIFT = 32;
    private static final int CODE_SHIFT = 44;

    private RiscvCommand() {}

    /**
     * Opcode of any command.
     *
     * @param qw0 first word
     * @return 7 bits
     */
    public static int op(final long qw0) {
        return (int) qw0 & OP_MASK;
    }

    /**
     * Function of any command.
     *
     * @param qw0 first word
     * @return 3 bits
     */
    public static int func(final long qw0) {
        return (int) (qw0 >>> FUNC_SHIFT) & 7;
    }

    /**
     * First word of an ATS message.
     *
     * @param func        {@link #ATS_INVAL} or {@link #ATS_PRGR}
     * @param requesterId of the function, 16 bits
     * @param pasid       of the message, or {@link PageRequestMessage#NO_PASID}
     * @return qw0
     */
    public static long atsQw0(final int func, final int requesterId, final int pasid) {
        final long word = ATS | (long) func << FUNC_SHIFT | (requesterId & 0xFFFFL) << RID_SHIFT;
        return pasid == PageRequestMessage.NO_PASID ? word : word | ATS_PV | (long) (pasid & PID_MASK) << PID_SHIFT;
    }

    /**
     * Second word of a page request group response.
     *
     * @param groupIndex 0..511
     * @param code       4 bits, PCIe's
     * @return qw1
     */
    public static long responseQw1(final int groupIndex, final int code) {
        return (long) (groupIndex & 0x1FF) << GROUP_INDEX_SHIFT | (long) (code & 0xF) << CODE_SHIFT;
    }

    /**
     * First word of a fence.
     *
     * @param flags {@link #FENCE_AV}, {@link #FENCE_WSI}
     * @param data  to write
     * @return qw0
     */
    public static long fenceQw0(final long flags, final int data) {
        return IOFENCE | flags | (long) data << DATA_SHIFT;
    }

    /**
     * Second word of a fence.
     *
     * @param address to write to, a multiple of 4
     * @return qw1
     */
    public static long fenceQw1(final long address) {
        return address >>> 2;
    }

    /**
     * Where a fence writes.
     *
     * @param qw1 second word
     * @return physical address
     */
    public static long fenceAddress(final long qw1) {
        return qw1 << 2;
    }

    /**
     * What a fence writes.
     *
     * @param qw0 first word
     * @return 32 bits
     */
    public static int fenceData(final long qw0) {
        return (int) (qw0 >>> DATA_SHIFT);
    }

    /**
     * Requester ID of an ATS message.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int requesterId(final long qw0) {
        return (int) (qw0 >>> RID_SHIFT) & 0xFFFF;
    }

    /**
     * PASID of an ATS message.
     *
     * @param qw0 first word
     * @return 20 bits, or {@link PageRequestMessage#NO_PASID}
     */
    public static int pasid(final long qw0) {
        return (qw0 & ATS_PV) == 0 ? PageRequestMessage.NO_PASID : (int) (qw0 >>> PID_SHIFT) & PID_MASK;
    }

    /**
     * Group of a response.
     *
     * @param qw1 second word
     * @return 0..511
     */
    public static int groupIndex(final long qw1) {
        return (int) (qw1 >>> GROUP_INDEX_SHIFT) & 0x1FF;
    }

    /**
     * Code of a response.
     *
     * @param qw1 second word
     * @return 4 bits
     */
    public static int code(final long qw1) {
        return (int) (qw1 >>> CODE_SHIFT) & 0xF;
    }
}
