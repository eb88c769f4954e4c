/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.pci.RequesterId;

/**
 * What the stream table and the context descriptors say about each stream, as far as faults need it (Arm IHI 0070,
 * stream table entry and context descriptor). Real tables are in memory; software sets these flags instead, before the
 * stream is used. A stream that was never set has no valid entry.
 */
public final class StreamTable {

    /** The entry is valid (STE.V and CD.V). */
    public static final int VALID = 1;
    /** Automatic responses to page requests carry the PASID (STE.PPAR, bit 18 of word 1). */
    public static final int PPAR = 1 << 1;
    /** Repeats of an event may be merged (STE.MEV, bit 19 of word 1). */
    public static final int MEV = 1 << 2;
    /** A fault stalls the transaction (CD.S, bit 44, unless STE.S1STALLD, bit 27 of word 1). */
    public static final int STALL = 1 << 3;
    /** A fault that does not stall is recorded (CD.R, bit 45). */
    public static final int RECORD = 1 << 4;
    /** A terminated transaction is aborted (CD.A, bit 46). */
    public static final int ABORT = 1 << 5;
    /** A Secure stream, whose page requests the non-secure PRI queue does not take. */
    public static final int SECURE = 1 << 6;

    /** Translation requests are answered (STE.EATS = 1, bits 29:28 of word 1); split-stage ATS is not modelled. */
    public static final int EATS = 1 << 7;

    private static final long STE_V = 1;
    private static final long STE_1_PPAR = 1L << 18;
    private static final long STE_1_MEV = 1L << 19;
    private static final long STE_1_EATS = 3L << 28;
    private static final long STE_1_EATS_FULL = 1L << 28;
    private static final long STE_1_S1STALLD = 1L << 27;
    private static final long CD_0_V = 1L << 31;
    private static final long CD_0_S = 1L << 44;
    private static final long CD_0_R = 1L << 45;
    private static final long CD_0_A = 1L << 46;

    private final byte[] flags = new byte[RequesterId.COUNT];

    /** No stream valid. */
    public StreamTable() {}

    /**
     * Set-up: what software wrote for a stream.
     *
     * @param streamId 16 bits
     * @param newFlags any of the flags
     */
    public void set(final int streamId, final int newFlags) {
        flags[streamId] = (byte) newFlags;
    }

    /**
     * What software wrote for a stream.
     *
     * @param streamId 16 bits
     * @return its flags
     */
    public int flags(final int streamId) {
        return Byte.toUnsignedInt(flags[streamId]);
    }

    /**
     * Flags of a stream with stage 1 translation.
     *
     * @param ste0 first word of the stream table entry
     * @param ste1 second word of the stream table entry
     * @param cd0  first word of the context descriptor
     * @return the flags
     */
    public static int flagsOf(final long ste0, final long ste1, final long cd0) {
        if ((ste0 & STE_V) == 0) {
            return 0;
        }
        return flag(cd0, CD_0_V, VALID) | flag(ste1, STE_1_PPAR, PPAR) | flag(ste1, STE_1_MEV, MEV)
                | flag(~ste1 & STE_1_S1STALLD, STE_1_S1STALLD, flag(cd0, CD_0_S, STALL)) | flag(cd0, CD_0_R, RECORD)
                | flag(cd0, CD_0_A, ABORT) | ((ste1 & STE_1_EATS) == STE_1_EATS_FULL ? EATS : 0);
    }

    private static int flag(final long word, final long bit, final int flag) {
        return (word & bit) == 0 ? 0 : flag;
    }
}
