/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** What kind of address a memory request of PCIe carries: AT, two bits of its header. */
public enum AddressType {

    /** An address yet to be translated. */
    UNTRANSLATED,
    /** Not an access: asks for a translation, see {@link TranslationRequestMessage}. */
    TRANSLATION_REQUEST,
    /** An address that was translated through ATS. */
    TRANSLATED,
    /** No kind. */
    RESERVED;

    private static final AddressType[] ALL = values();

    /**
     * The kind.
     *
     * @param at bits 1:0; others are ignored
     * @return the kind
     */
    public static AddressType of(final int at) {
        return ALL[at & 3];
    }

    /**
     * The two bits.
     *
     * @return 0..3
     */
    public int at() {
        return ordinal();
    }
}
