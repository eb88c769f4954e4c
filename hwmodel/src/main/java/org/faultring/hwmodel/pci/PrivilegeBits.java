/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * Which of bits 4 and 3 of a translation completion entry is Priv and which Exe. The order was not verified, so it is a
 * choice.
 */
public enum PrivilegeBits {

    /** Priv is bit 4, Exe bit 3: unless you know better. */
    PRIV_ABOVE_EXE(1 << 4, 1 << 3),
    /** Exe is bit 4, Priv bit 3. */
    EXE_ABOVE_PRIV(1 << 3, 1 << 4);

    private final long priv;
    private final long exe;

    PrivilegeBits(final long priv, final long exe) {
        this.priv = priv;
        this.exe = exe;
    }

    /**
     * The translation is for privileged accesses.
     *
     * @return its bit
     */
    public long priv() {
        return priv;
    }

    /**
     * Code may be fetched.
     *
     * @return its bit
     */
    public long exe() {
        return exe;
    }
}
