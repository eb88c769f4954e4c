/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * What a function that uses ATS knows of the pages of its workload: it translates through its cache, and only what is
 * not granted then has to be asked for. A completion without access is a page that is missing; one in error ends the
 * work behind the fault. After Unsupported Request the function asks for no translation any more, until it is reset
 * (PCI Express Base Specification, Address Translation Services). Hardware world; allocates nothing after set-up.
 */
final class FunctionTranslations {

    private final TranslationCache cache;
    private final InvalidationResponder responder;
    private final FaultPages pages;
    private final FailedFaults failed;
    private final Tally tally;
    private final int requested;
    /** Faults of the group that is being looked at whose pages are missing. */
    private final int[] missing;
    private WorkError lastError;
    private boolean isRefused;

    FunctionTranslations(final DeviceSettings settings, final TranslationCache cache,
            final InvalidationResponder responder, final FaultPages pages, final FailedFaults failed,
            final int longest, final Tally tally) {
        this.requested = settings.requested();
        this.cache = cache;
        this.responder = responder;
        this.pages = pages;
        this.failed = failed;
        this.tally = tally;
        missing = new int[longest];
    }

    /** Complete what the host invalidated; gives the requests completed. */
    int doWork() {
        return responder.doWork();
    }

    /** Translate the faults of a group; gives how many pages are missing, for {@link #missing(int)}. */
    int findMissing(final int first, final int length) {
        int count = 0;
        for (int fault = first; fault < first + length; fault++) {
            if (!isMissing(fault)) {
                tally.increment(Counter.TRANSLATION_HITS);
            } else if (lastError == null) {
                missing[count++] = fault;
            } else {
                failed.addUntranslated(fault, lastError);
            }
        }
        return count;
    }

    int missing(final int k) {
        return missing[k];
    }

    /** Whether the page of a fault cannot be used; {@link #lastError} says why. */
    boolean isMissing(final int fault) {
        lastError = null;
        final boolean isWrite = pages.isWrite(fault);
        final long completion = isRefused ? TranslationPort.UNSUPPORTED_REQUEST
                : cache.translate(pages.pasid(fault) | requested, pages.address(fault), isWrite);
        if (completion == TranslationPort.UNSUPPORTED_REQUEST) {
            isRefused = true;
            lastError = WorkError.TRANSLATION_REFUSED;
        } else if (completion == TranslationPort.COMPLETER_ABORT) {
            lastError = WorkError.TRANSLATION_ABORTED;
        }
        return (completion
                & (isWrite ? TranslationCompletionEntry.WRITE : TranslationCompletionEntry.READ)) == 0;
    }

    /** Error of the last page that was missing, null if it is not there but may be asked for. */
    WorkError lastError() {
        return lastError;
    }

    /** The function is reset. */
    void reset() {
        isRefused = false;
        responder.reset();
    }
}
