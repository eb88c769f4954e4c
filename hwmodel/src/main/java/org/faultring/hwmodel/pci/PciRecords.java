/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import java.util.List;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/** The messages of PRI and ATS as data, one 64-bit word each; see the class named with each for its layout. */
public final class PciRecords {

    /** Page Request, see {@link PageRequestMessage}. */
    public static final RecordFamily PAGE_REQUEST = new RecordFamily("page-request",
            RecordLayout.of("page-request", 1, RecordField.inPlace("page-address", 0, 63, 12),
                    RecordField.bits("prgi", 0, 11, 3), RecordField.bit("l", 0, 2).meaning(1, "last of its group"),
                    RecordField.bit("w", 0, 1).meaning(1, "write"), RecordField.bit("r", 0, 0).meaning(1, "read")));

    /** PRG Response, see {@link PageGroupResponseMessage}. */
    public static final RecordFamily PAGE_GROUP_RESPONSE = new RecordFamily("page-group-response",
            RecordLayout.of("page-group-response", 1, RecordField.bits("destination-id", 0, 63, 48),
                    responseCode("response-code", 0, 47, 44), RecordField.bits("prgi", 0, 40, 32)));

    /** Translation request, see {@link TranslationRequestMessage}. */
    public static final RecordFamily TRANSLATION_REQUEST = new RecordFamily("translation-request",
            RecordLayout.of("translation-request", 1, RecordField.inPlace("address", 0, 63, 12),
                    RecordField.bit("nw", 0, 0).meaning(1, "no write")));

    /** Translation completion entry, see {@link TranslationCompletionEntry}; Priv above Exe. */
    public static final RecordFamily TRANSLATION_COMPLETION = translationCompletion(PrivilegeBits.PRIV_ABOVE_EXE);

    /** Body of an invalidate request, see {@link InvalidateRequestMessage}. */
    public static final RecordFamily INVALIDATE_REQUEST = new RecordFamily("invalidate-request",
            RecordLayout.of("invalidate-request", 1, RecordField.inPlace("address", 0, 63, 12), size(),
                    RecordField.bit("g", 0, 0).meaning(1, "all PASIDs")));

    /** Invalidate completion, see {@link InvalidateCompletionMessage}. */
    public static final RecordFamily INVALIDATE_COMPLETION = new RecordFamily("invalidate-completion",
            RecordLayout.of("invalidate-completion", 1, RecordField.bits("destination-id", 0, 63, 48),
                    RecordField.bits("completion-count", 0, 34, 32).meaning(0, "8"),
                    RecordField.bits("itag-vector", 0, 31, 0)));

    private PciRecords() {}

    /**
     * All of them.
     *
     * @return in the order of this class
     */
    public static List<RecordFamily> families() {
        return List.of(PAGE_REQUEST, PAGE_GROUP_RESPONSE, TRANSLATION_REQUEST, TRANSLATION_COMPLETION,
                INVALIDATE_REQUEST, INVALIDATE_COMPLETION);
    }

    /**
     * Translation completion entry with another order of Priv and Exe.
     *
     * @param bits the order
     * @return a new family
     */
    public static RecordFamily translationCompletion(final PrivilegeBits bits) {
        return new RecordFamily("translation-completion",
                RecordLayout.of("translation-completion", 1, RecordField.inPlace("translated-address", 0, 63, 12),
                        size(), RecordField.bit("n", 0, 10).meaning(1, "no snoop"), RecordField.bit("global", 0, 5),
                        RecordField.bit("priv", 0, Long.numberOfTrailingZeros(bits.priv())),
                        RecordField.bit("exe", 0, Long.numberOfTrailingZeros(bits.exe())),
                        RecordField.bit("u", 0, 2).meaning(1, "untranslated only"),
                        RecordField.bit("w", 0, 1).meaning(1, "write"),
                        RecordField.bit("r", 0, 0).meaning(1, "read")));
    }

    /**
     * The response code of PCIe as a field of any record that carries it unchanged.
     *
     * @param name of the field
     * @param word number of the word
     * @param high highest bit
     * @param low  lowest bit
     * @return the field, four bits
     */
    public static RecordField responseCode(final String name, final int word, final int high, final int low) {
        return RecordField.bits(name, word, high, low).meaning(PageGroupResponseMessage.SUCCESS, "Success")
                .meaning(PageGroupResponseMessage.INVALID_REQUEST, "Invalid Request")
                .meaning(PageGroupResponseMessage.RESPONSE_FAILURE, "Response Failure");
    }

    private static RecordField size() {
        return RecordField.bit("s", 0, 11).meaning(1, "the address carries a size");
    }
}
