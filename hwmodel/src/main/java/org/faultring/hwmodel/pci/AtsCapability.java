/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import org.faultring.ring.Checks;

/**
 * The Address Translation Service extended capability of a function (capability ID 0x0F).
 *
 * <pre>
 *  31                             16 15                             0
 *  +--------------------------------+--------------------------------+
 *  |          ATS control           |         ATS capability         | 0x04
 *  +--------------------------------+--------------------------------+
 * </pre>
 *
 * <p>Capability: Invalidate Queue Depth 4:0, 0 for 32; Page Aligned Request 5; Global Invalidate Supported 6. Control:
 * STU 4:0, the smallest translation unit is 2^(STU+12) bytes; Enable 15 (include/uapi/linux/pci_regs.h).
 */
public final class AtsCapability implements ExtendedCapability {

    /** Capability ID. */
    public static final int ID = 0x0F;
    /** Length of the block, header included. */
    public static final int LENGTH_BYTES = 0x08;
    /** Offset of the capability register. */
    public static final int CAPABILITY_OFFSET = 0x04;
    /** Offset of the control register. */
    public static final int CONTROL_OFFSET = 0x06;

    /** Capability: bits of the queue depth. */
    public static final int QUEUE_DEPTH_MASK = 0x1F;
    /** Capability: untranslated addresses in requests are page aligned. */
    public static final int PAGE_ALIGNED = 1 << 5;
    /** Capability: invalidate requests for all PASIDs are understood. */
    public static final int GLOBAL_INVALIDATE = 1 << 6;
    /** Control: bits of the smallest translation unit. */
    public static final int STU_MASK = 0x1F;
    /** Control: translations may be asked for. */
    public static final int ENABLE = 1 << 15;

    private final int capability;
    private int control;

    /**
     * The capability of a function, not enabled.
     *
     * @param queueDepth invalidate requests that the function can hold, 1..32
     * @param features   {@link #PAGE_ALIGNED}, {@link #GLOBAL_INVALIDATE}
     */
    public AtsCapability(final int queueDepth, final int features) {
        Checks.range("queueDepth", queueDepth, 1, InvalidateRequestMessage.TAGS);
        capability = queueDepth & QUEUE_DEPTH_MASK | features & (PAGE_ALIGNED | GLOBAL_INVALIDATE);
    }

    /**
     * Whether translations may be asked for.
     *
     * @return true if Enable is set
     */
    public boolean isEnabled() {
        return (control & ENABLE) != 0;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int lengthBytes() {
        return LENGTH_BYTES;
    }

    @Override
    public int read(final int offset) {
        return offset == CAPABILITY_OFFSET ? control << Short.SIZE | capability : 0;
    }

    @Override
    public void write(final int offset, final int value, final int mask) {
        if (offset == CAPABILITY_OFFSET) {
            final int written = mask >>> Short.SIZE & (ENABLE | STU_MASK);
            control = control & ~written | value >>> Short.SIZE & written;
        }
    }

    @Override
    public void functionReset() {
        control = 0;
    }
}
