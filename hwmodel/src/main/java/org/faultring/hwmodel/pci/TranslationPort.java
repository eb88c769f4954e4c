/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Where translation requests of ATS arrive, at the IOMMU. */
@FunctionalInterface
public interface TranslationPort {

    /**
     * What comes back where there is no entry: the completion has the status Unsupported Request, since the function
     * may not use ATS. No entry has these bits, which are reserved.
     */
    long UNSUPPORTED_REQUEST = 0xFL << 6;
    /**
     * What comes back where there is no entry, since the translation met an error: the completion has the status
     * Completer Abort. No entry has these bits either.
     */
    long COMPLETER_ABORT = 0xEL << 6;

    /**
     * A translation request arrives. It is a read, and its completion what is given back.
     *
     * @param requesterId of the function, 16 bits
     * @param prefix      see {@link PasidPrefix}
     * @param message     see {@link TranslationRequestMessage}
     * @return see {@link TranslationCompletionEntry}, {@link #UNSUPPORTED_REQUEST} or {@link #COMPLETER_ABORT}; an
     *         entry that is missing makes the function ask for the page
     */
    long translate(int requesterId, int prefix, long message);
}
