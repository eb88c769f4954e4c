/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.hwmodel.pci.PrivilegeBits;

/**
 * What is mapped, as a translation request finds it. It stands for the page tables and the walk through them.
 *
 * <p>What is found is one word. The bits that a completion has too lie where they lie there; address and size are those
 * of {@link org.faultring.hwmodel.pci.SizedAddress}:
 *
 * <pre>
 *  63                              12 11 10 9 8 7   6      5     4   3 2 1 0
 *  +---------------------------------+--+--+-----+-----+------+----+---+-+-+-+
 *  |     translated address 63:12    |S |N |  0  |Error|Global|Sup.|Exe|U|W|R|
 *  +---------------------------------+--+--+-----+-----+------+----+---+-+-+-+
 * </pre>
 *
 * <p>Error: the tables could not be read; Sup.: for privileged accesses alone; Exe: code may be fetched.
 */
@FunctionalInterface
public interface TranslationSource {

    /** Nothing is mapped. */
    TranslationSource NOTHING = (requesterId, pasid, address) -> 0;

    /** Code may be fetched. */
    long EXECUTE = PrivilegeBits.PRIV_ABOVE_EXE.exe();
    /** For privileged accesses alone. */
    long SUPERVISOR = PrivilegeBits.PRIV_ABOVE_EXE.priv();
    /** The tables could not be read. */
    long ERROR = 1 << 6;

    /**
     * Look a page up. Hardware world; must not wait.
     *
     * @param requesterId of the function, 16 bits
     * @param pasid       of the request, or {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID}
     * @param address     of the page
     * @return the word; without R and W nothing is mapped
     */
    long find(int requesterId, int pasid, long address);
}
