/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PrivilegeBits;
import org.faultring.hwmodel.pci.SizedAddress;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Completions of the translation requests that an IOMMU lets in (PCI Express Base Specification, Address Translation
 * Services): what is mapped, less what was not asked for. Which requests are let in, and what is recorded of those that
 * are not, is the vendor's.
 *
 * <ul>
 * <li>What is not mapped, or not for this request, is completed with R = W = 0, and is no error.</li>
 * <li>W is left out where the request says that it does not write.</li>
 * <li>Exe is granted to a request for execution alone, on a page that can be read. Priv says that the request was one
 * of privileged mode.</li>
 * <li>Global needs a PASID.</li>
 * </ul>
 *
 * <p>Hardware world; allocates nothing.
 */
public final class TranslationAnswers {

    /** Address, S, N and U. */
    private static final long AS_FOUND = PageRequestMessage.ADDRESS_MASK | SizedAddress.SIZE
            | TranslationCompletionEntry.NO_SNOOP | TranslationCompletionEntry.UNTRANSLATED_ONLY;

    private final PrivilegeBits privilegeBits;
    private final Tally tally;
    private TranslationSource source = TranslationSource.NOTHING;

    /**
     * Answers of an IOMMU under which nothing is mapped.
     *
     * @param privilegeBits order of Priv and Exe; {@link PrivilegeBits#PRIV_ABOVE_EXE} unless you know better
     * @param tally         of the world that calls
     */
    public TranslationAnswers(final PrivilegeBits privilegeBits, final Tally tally) {
        this.privilegeBits = privilegeBits;
        this.tally = tally;
    }

    /**
     * Set-up: what is mapped.
     *
     * @param newSource asked from now on
     */
    public void translateBy(final TranslationSource newSource) {
        source = newSource;
    }

    /**
     * Look up what a request asks for.
     *
     * @param requesterId of the function
     * @param prefix      see {@link PasidPrefix}
     * @param message     see {@link TranslationRequestMessage}
     * @return as {@link TranslationSource} has it
     */
    public long find(final int requesterId, final int prefix, final long message) {
        return source.find(requesterId, PasidPrefix.pasid(prefix), TranslationRequestMessage.address(message));
    }

    /**
     * Complete a request with what was found, which is no error.
     *
     * @param prefix  of the request
     * @param message the request
     * @param found   as {@link TranslationSource} has it, without {@link TranslationSource#ERROR}
     * @return see {@link TranslationCompletionEntry}
     */
    public long complete(final int prefix, final long message, final long found) {
        final boolean isPrivileged = asks(prefix, PasidPrefix.PRIVILEGED_MODE_REQUESTED);
        long granted = found & (TranslationCompletionEntry.READ | TranslationCompletionEntry.WRITE);
        if (TranslationRequestMessage.isNoWrite(message)) {
            granted &= ~TranslationCompletionEntry.WRITE;
        }
        if (granted == 0 || (found & TranslationSource.SUPERVISOR) != 0 && !isPrivileged) {
            tally.increment(Counter.TRANSLATIONS_MISSED);
            return 0;
        }
        tally.increment(Counter.TRANSLATIONS_GRANTED);
        return granted | found & AS_FOUND | (isPrivileged ? privilegeBits.priv() : 0)
                | (isExecutable(prefix, found) ? privilegeBits.exe() : 0)
                | (PasidPrefix.isPresent(prefix) ? found & TranslationCompletionEntry.GLOBAL : 0);
    }

    private static boolean isExecutable(final int prefix, final long found) {
        final long needed = TranslationSource.EXECUTE | TranslationCompletionEntry.READ;
        return asks(prefix, PasidPrefix.EXECUTE_REQUESTED) && (found & needed) == needed;
    }

    private static boolean asks(final int prefix, final int requested) {
        return PasidPrefix.isPresent(prefix) && (prefix & requested) != 0;
    }

    /**
     * The function may not use ATS, and stops using it.
     *
     * @return the completion
     */
    public long unsupported() {
        tally.increment(Counter.TRANSLATIONS_REFUSED);
        return TranslationPort.UNSUPPORTED_REQUEST;
    }

    /**
     * The translation met an error.
     *
     * @return the completion
     */
    public long abort() {
        tally.increment(Counter.TRANSLATIONS_ABORTED);
        return TranslationPort.COMPLETER_ABORT;
    }
}
