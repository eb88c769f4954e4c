/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import org.faultring.ring.Checks;

/**
 * The PASID extended capability of a function (capability ID 0x1B).
 *
 * <pre>
 *  31                             16 15                             0
 *  +--------------------------------+--------------------------------+
 *  |         PASID control          |        PASID capability        | 0x04
 *  +--------------------------------+--------------------------------+
 * </pre>
 *
 * <p>Capability: Execute 1; Privileged 2; width of PASIDs in bits 12:8. Control: Enable 0; Execute 1; Privileged 2
 * (include/uapi/linux/pci_regs.h).
 */
public final class PasidCapability implements ExtendedCapability {

    /** Capability ID. */
    public static final int ID = 0x1B;
    /** Length of the block, header included. */
    public static final int LENGTH_BYTES = 0x08;
    /** Offset of the capability register. */
    public static final int CAPABILITY_OFFSET = 0x04;
    /** Offset of the control register. */
    public static final int CONTROL_OFFSET = 0x06;

    /** Control: requests may carry a PASID. */
    public static final int ENABLE = 1;
    /** Capability and control: requests may ask for execute access. */
    public static final int EXECUTE = 1 << 1;
    /** Capability and control: requests may be privileged. */
    public static final int PRIVILEGED = 1 << 2;

    private static final int WIDTH_SHIFT = 8;
    private static final int MAX_WIDTH = 20;

    private final int capability;
    private int control;

    /**
     * The capability of a function, not enabled.
     *
     * @param width    of its PASIDs, 1..20 bits
     * @param features {@link #EXECUTE}, {@link #PRIVILEGED}
     */
    public PasidCapability(final int width, final int features) {
        Checks.range("width", width, 1, MAX_WIDTH);
        capability = width << WIDTH_SHIFT | features & (EXECUTE | PRIVILEGED);
    }

    /**
     * Whether requests may carry a PASID.
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
            // Only what the function is capable of can be enabled.
            final int written = mask >>> Short.SIZE & (ENABLE | capability & (EXECUTE | PRIVILEGED));
            control = control & ~written | value >>> Short.SIZE & written;
        }
    }

    @Override
    public void functionReset() {
        control = 0;
    }
}
