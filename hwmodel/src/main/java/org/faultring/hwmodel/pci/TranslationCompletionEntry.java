/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * One entry of a translation completion of ATS, 8 bytes.
 *
 * <pre>
 *  63                              12 11 10 9   6    5    4   3   2 1 0
 *  +---------------------------------+--+--+-----+------+----+---+-+-+-+
 *  |     translated address 63:12    |S |N |  0  |Global|Priv|Exe|U|W|R|
 *  +---------------------------------+--+--+-----+------+----+---+-+-+-+
 * </pre>
 *
 * <p>S: the address carries a size, see {@link SizedAddress}; N: the access may not snoop; Global: holds for all
 * PASIDs; U: only untranslated accesses are allowed; W, R: access granted. Neither W nor R is no access: that makes a
 * function ask for the page. Priv and Exe as {@link PrivilegeBits} has them. Static functions over the value; any
 * thread.
 */
public final class TranslationCompletionEntry {

    /** Read access is granted. */
    public static final long READ = 1;
    /** Write access is granted. */
    public static final long WRITE = 1 << 1;
    /** The function may only use the untranslated address. */
    public static final long UNTRANSLATED_ONLY = 1 << 2;
    /** The translation holds for all PASIDs of the function. */
    public static final long GLOBAL = 1 << 5;
    /** Accesses with the translated address may not snoop. */
    public static final long NO_SNOOP = 1 << 10;

    private static final long FLAGS = (1 << 11) - 1;

    private TranslationCompletionEntry() {}

    /**
     * Make an entry.
     *
     * @param address   translated, within the block
     * @param log2Pages size of the block, see {@link SizedAddress#of}
     * @param flags     bits 10:0
     * @return the value
     */
    public static long of(final long address, final int log2Pages, final long flags) {
        return SizedAddress.of(address, log2Pages) | flags & FLAGS;
    }

    /**
     * Whether nothing is granted, so that the function has to ask for the page.
     *
     * @param entry the value
     * @return true if R and W are clear
     */
    public static boolean isMissing(final long entry) {
        return (entry & (READ | WRITE)) == 0;
    }
}
