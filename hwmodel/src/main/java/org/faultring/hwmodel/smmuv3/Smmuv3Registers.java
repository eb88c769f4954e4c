/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

/**
 * Register offsets and bits of SMMUv3 that carry faults, commands and their errors (Arm IHI 0070, register formats;
 * drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.h).
 *
 * <p>The index registers of all queues, where {@code QS} is the LOG2SIZE of the queue's base register: the number of
 * the entry, and above it the wrap bit. The overflow flag is in PROD, its acknowledgement in CONS, of the event and PRI
 * queue only; the error is in CMDQ_CONS only.
 *
 * <pre>
 *  31       30             24 23           QS QS-1              0
 *  +--------+----------------+---------------+------------------+
 *  | OVFLG  |      ERR       |   wrap bit    |   entry number   |
 *  +--------+----------------+---------------+------------------+
 * </pre>
 */
public final class Smmuv3Registers {

    /** Length of both register pages. */
    public static final int LENGTH_BYTES = 0x20000;
    /** Where page 1 begins. */
    public static final int PAGE_1 = 0x10000;

    /** Identification 0, 32 bits. */
    public static final int IDR0 = 0x0;
    /** IDR0: ATS. */
    public static final int IDR0_ATS = 1 << 10;
    /** IDR0: message-signalled interrupts. */
    public static final int IDR0_MSI = 1 << 13;
    /** IDR0: events to waiting processors. */
    public static final int IDR0_SEV = 1 << 14;
    /** IDR0: page requests. */
    public static final int IDR0_PRI = 1 << 16;
    /** IDR0: stall model, bits 25:24. */
    public static final int IDR0_STALL_MODEL_SHIFT = 24;
    /** IDR0: a terminated transaction is always aborted. */
    public static final int IDR0_TERM_MODEL = 1 << 26;

    /** Identification 1, 32 bits: StreamID bits 5:0. */
    public static final int IDR1 = 0x4;
    /** IDR1: SubstreamID bits, 10:6. */
    public static final int IDR1_SSIDSIZE_SHIFT = 6;
    /** IDR1: largest LOG2SIZE of the PRI queue, 15:11. */
    public static final int IDR1_PRIQS_SHIFT = 11;
    /** IDR1: largest LOG2SIZE of the event queue, 20:16. */
    public static final int IDR1_EVENTQS_SHIFT = 16;
    /** IDR1: largest LOG2SIZE of the command queue, 25:21. */
    public static final int IDR1_CMDQS_SHIFT = 21;

    /** Identification 3, 32 bits. */
    public static final int IDR3 = 0xC;
    /** IDR3: automatic responses to page requests carry the PASID of the request. */
    public static final int IDR3_PPS = 1 << 5;
    /** IDR3: invalidation of ranges. */
    public static final int IDR3_RIL = 1 << 10;

    /** Identification 5, 32 bits: STALL_MAX 31:16. */
    public static final int IDR5 = 0x14;
    /** IDR5: most stalled transactions at once. */
    public static final int IDR5_STALL_MAX_SHIFT = 16;

    /** Control 0, 32 bits. */
    public static final int CR0 = 0x20;
    /** What of CR0 the hardware has acted on, 32 bits. */
    public static final int CR0ACK = 0x24;
    /** CR0: translation. */
    public static final int SMMUEN = 1;
    /** CR0: PRI queue. */
    public static final int PRIQEN = 1 << 1;
    /** CR0: event queue. */
    public static final int EVENTQEN = 1 << 2;
    /** CR0: command queue. */
    public static final int CMDQEN = 1 << 3;
    /** CR0: check ATS traffic. */
    public static final int ATSCHK = 1 << 4;

    /** Control 2, 32 bits. */
    public static final int CR2 = 0x2C;
    /** CR2: record C_BAD_STREAMID. */
    public static final int RECINVSID = 1 << 1;
    /** CR2: record errors of the configuration that translation requests of ATS meet. */
    public static final int REC_CFG_ATS = 1 << 3;

    /** Interrupt enables, 32 bits. */
    public static final int IRQ_CTRL = 0x50;
    /** What of IRQ_CTRL the hardware has acted on, 32 bits. */
    public static final int IRQ_CTRLACK = 0x54;
    /** IRQ_CTRL: global errors. */
    public static final int IRQ_GERROR = 1;
    /** IRQ_CTRL: PRI queue. */
    public static final int IRQ_PRIQ = 1 << 1;
    /** IRQ_CTRL: event queue. */
    public static final int IRQ_EVENTQ = 1 << 2;

    /** Global errors, 32 bits, hardware's word: an error is active while it differs from GERRORN. */
    public static final int GERROR = 0x60;
    /** Global errors, 32 bits, software's word. */
    public static final int GERRORN = 0x64;
    /** GERROR: a command is in error; CMDQ_CONS says which and how. */
    public static final int CMDQ_ERR = 1;
    /** GERROR: a write to the event queue was aborted. */
    public static final int EVENTQ_ABT_ERR = 1 << 2;
    /** GERROR: a write to the PRI queue was aborted. */
    public static final int PRIQ_ABT_ERR = 1 << 3;
    /** GERROR: the MSI of a CMD_SYNC was aborted. */
    public static final int MSI_CMDQ_ABT_ERR = 1 << 4;
    /** GERROR: an MSI of the event queue was aborted. */
    public static final int MSI_EVENTQ_ABT_ERR = 1 << 5;
    /** GERROR: an MSI of the PRI queue was aborted. */
    public static final int MSI_PRIQ_ABT_ERR = 1 << 6;
    /** GERROR: an MSI of GERROR was aborted; raises no interrupt. */
    public static final int MSI_GERROR_ABT_ERR = 1 << 7;
    /** GERROR: service failure mode. */
    public static final int SFM_ERR = 1 << 8;

    /** MSI of global errors: address, 64 bits; data 8 bytes on, attributes 12. */
    public static final int GERROR_IRQ_CFG0 = 0x68;
    /** MSI of the event queue: address, 64 bits; data 8 bytes on, attributes 12. */
    public static final int EVENTQ_IRQ_CFG0 = 0xB0;
    /** MSI of the PRI queue: address, 64 bits; data 8 bytes on. */
    public static final int PRIQ_IRQ_CFG0 = 0xD0;
    /** PRI queue interrupt, 32 bits. */
    public static final int PRIQ_IRQ_CFG2 = 0xDC;
    /** PRIQ_IRQ_CFG2: interrupt when a last request arrives, not when the queue stops being empty. */
    public static final int PRIQ_IRQ_LO = 1 << 31;

    /** Command queue, 64 bits: LOG2SIZE 4:0, address 51:5. */
    public static final int CMDQ_BASE = 0x90;
    /** Command queue, 32 bits: software's index. */
    public static final int CMDQ_PROD = 0x98;
    /** Command queue, 32 bits: hardware's index, and the error 30:24. */
    public static final int CMDQ_CONS = 0x9C;
    /** Event queue, 64 bits: LOG2SIZE 4:0, address 51:5. */
    public static final int EVENTQ_BASE = 0xA0;
    /** Event queue, 32 bits: hardware's index, and OVFLG. */
    public static final int EVENTQ_PROD = PAGE_1 + 0xA8;
    /** Event queue, 32 bits: software's index, and OVACKFLG. */
    public static final int EVENTQ_CONS = PAGE_1 + 0xAC;
    /** PRI queue, 64 bits: LOG2SIZE 4:0, address 51:5. */
    public static final int PRIQ_BASE = 0xC0;
    /** PRI queue, 32 bits: hardware's index, and OVFLG. */
    public static final int PRIQ_PROD = PAGE_1 + 0xC8;
    /** PRI queue, 32 bits: software's index, and OVACKFLG. */
    public static final int PRIQ_CONS = PAGE_1 + 0xCC;

    /** OVFLG in PROD, OVACKFLG in CONS: overflow while they differ. */
    public static final int OVFLG = 1 << 31;
    /** CMDQ_CONS: the error field. */
    public static final int CMDQ_ERR_SHIFT = 24;
    /** CMDQ_CONS: bits of the error field. */
    public static final int CMDQ_ERR_MASK = 0x7F;

    /** CMDQ_CONS.ERR: no error. */
    public static final int CERROR_NONE = 0;
    /** CMDQ_CONS.ERR: illegal command. */
    public static final int CERROR_ILL = 1;
    /** CMDQ_CONS.ERR: the fetch was aborted. */
    public static final int CERROR_ABT = 2;
    /** CMDQ_CONS.ERR: a CMD_ATC_INV before this CMD_SYNC timed out. */
    public static final int CERROR_ATC_INV_SYNC = 3;

    /** Largest LOG2SIZE of any queue. */
    public static final int MAX_LOG2SIZE = 19;

    /** BASE: the size. */
    static final long LOG2SIZE_MASK = 0x1F;
    /** BASE: the address. */
    static final long BASE_ADDRESS_MASK = 0xF_FFFF_FFFF_FFE0L;
    /** BASE: allocation hint, which has no effect. */
    static final long BASE_HINT = 1L << 62;
    /** CR0: all bits that are acted on. */
    static final int CR0_MASK = SMMUEN | PRIQEN | EVENTQEN | CMDQEN | ATSCHK;
    /** IRQ_CTRL: all bits. */
    static final int IRQ_MASK = IRQ_GERROR | IRQ_PRIQ | IRQ_EVENTQ;
    /** GERROR: errors that Linux looks at ({@code GERROR_ERR_MASK}). */
    static final int GERROR_MASK = 0x1FD;

    private Smmuv3Registers() {}
}
