/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.ring.PaddedWord;

/** A register that keeps what software writes for hardware to find. Software writes, any thread reads. */
public final class StoredRegister implements Register {

    private final PaddedWord word = new PaddedWord();
    private final long writableBits;

    /**
     * A register at 0.
     *
     * @param writableBits bits that keep what is written; the others stay 0
     */
    public StoredRegister(final long writableBits) {
        this.writableBits = writableBits;
    }

    @Override
    public long read() {
        // Acquire, paired with the release in write(): what software prepared is seen.
        return word.getAcquire();
    }

    @Override
    public void write(final long value) {
        // Release, paired with the acquire in read(): what software prepared comes before the register.
        word.setRelease(value & writableBits);
    }
}
