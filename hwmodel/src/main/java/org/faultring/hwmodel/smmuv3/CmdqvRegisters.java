/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

/**
 * Register offsets and bits of Tegra241's virtual command queues (drivers/iommu/arm/arm-smmu-v3/tegra241-cmdqv.c).
 */
public final class CmdqvRegisters {

    /** Length of the host's pages: configuration, queues page 0, queues page 1. */
    public static final int LENGTH_BYTES = 0x40000;

    /** Interfaces with a queue in error, 64 bits as two words of 32. */
    public static final int VINTF_ERR_MAP = 0x14;
    /** Queues in error by their global number, four words of 32 bits. */
    public static final int CMDQ_ERR_MAP = 0x24;

    /** First interface. */
    public static final int VINTF = 0x1000;
    /** From one interface to the next. */
    public static final int VINTF_STRIDE = 0x100;
    /** Interface: configuration, 32 bits. */
    public static final int VINTF_CONFIG = 0x00;
    /** VINTF_CONFIG and VINTF_STATUS: enabled. */
    public static final int VINTF_EN = 1;
    /** VINTF_CONFIG: the hypervisor owns it, so its commands are not restricted. */
    public static final int VINTF_HYP_OWN = 1 << 17;
    /** Interface: status, 32 bits. */
    public static final int VINTF_STATUS = 0x04;
    /** Interface: virtual StreamIDs, 32 bits each: enable 0, StreamID 20:1. */
    public static final int VINTF_SID_MATCH = 0x40;
    /** Interface: the StreamIDs that they stand for, 32 bits each. */
    public static final int VINTF_SID_REPLACE = 0x80;
    /** StreamIDs of an interface. */
    public static final int SIDS = 16;
    /** Interface: logical queues in error, two words of 64 bits. */
    public static final int VINTF_LVCMDQ_ERR_MAP = 0xC0;

    /** Queues of all interfaces at most. */
    public static final int MAX_QUEUES = 128;
    /** Queues, page 0. */
    public static final int VCMDQ_PAGE_0 = 0x10000;
    /** Queues, page 1. */
    public static final int VCMDQ_PAGE_1 = 0x20000;
    /** From one queue to the next, in either page. */
    public static final int VCMDQ_STRIDE = 0x80;
    /** Queue, page 0: hardware's index, and the error 30:24; 32 bits. */
    public static final int VCMDQ_CONS = 0x00;
    /** Queue, page 0: software's index, 32 bits. */
    public static final int VCMDQ_PROD = 0x04;
    /** Queue, page 0: enable in bit 0, 32 bits. */
    public static final int VCMDQ_CONFIG = 0x08;
    /** Queue, page 0: enabled in bit 0, 32 bits. */
    public static final int VCMDQ_STATUS = 0x0C;
    /** Queue, page 0: errors, hardware's word, 32 bits. */
    public static final int VCMDQ_GERROR = 0x10;
    /** Queue, page 0: errors, software's word, 32 bits. */
    public static final int VCMDQ_GERRORN = 0x14;
    /** Queue, page 1: LOG2SIZE 4:0 and address, 64 bits. */
    public static final int VCMDQ_BASE = 0x00;
    /** Length of the part of page 0 that a guest sees: all its queues. */
    public static final int GUEST_LENGTH_BYTES = MAX_QUEUES * VCMDQ_STRIDE;

    private CmdqvRegisters() {}
}
