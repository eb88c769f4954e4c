/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import java.util.Arrays;

import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.SizedAddress;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.Checks;

/**
 * A function's cache of translations (address translation cache, ATC), one page of 4 KiB an entry. What it holds is
 * used without asking, so a page that the host takes away is out of the function's reach only once an invalidation of
 * it has been completed. That a page is missing is never held.
 *
 * <p>A page has one place, by its number; what was there before goes. Hardware world; allocates nothing after set-up.
 */
public final class TranslationCache {

    private static final int PAGE_SHIFT = 12;
    private static final long EMPTY = 0;

    private final int requesterId;
    private final TranslationPort upstream;
    /** Untranslated page of each place. */
    private final long[] address;
    private final int[] pasid;
    private final long[] entry;

    /**
     * An empty cache.
     *
     * @param requesterId of the function, 16 bits
     * @param upstream    where translation requests go
     * @param entries     a power of two, 1 .. 2^20
     */
    public TranslationCache(final int requesterId, final TranslationPort upstream, final int entries) {
        this.requesterId = Checks.range("requesterId", requesterId, 0, 0xFFFF);
        this.upstream = upstream;
        Checks.powerOfTwo("entries", entries, 1, 1 << 20);
        address = new long[entries];
        pasid = new int[entries];
        entry = new long[entries];
    }

    /**
     * Translate a page: from what is held, or by a request if nothing is held that grants the access.
     *
     * @param prefix  of the access, see {@link PasidPrefix}
     * @param ofPage  within the page
     * @param isWrite whether write access is needed
     * @return the entry; if it does not grant the access, the function has to ask for the page, or, at
     *         {@link TranslationPort#UNSUPPORTED_REQUEST}, to stop using ATS
     */
    public long translate(final int prefix, final long ofPage, final boolean isWrite) {
        final int place = place(ofPage);
        final long page = page(ofPage);
        final long wanted = isWrite ? TranslationCompletionEntry.WRITE : TranslationCompletionEntry.READ;
        if (entry[place] != EMPTY && address[place] == page && pasid[place] == PasidPrefix.pasid(prefix)
                && (entry[place] & wanted) != 0) {
            return entry[place];
        }
        return request(place, prefix, page, isWrite);
    }

    private long request(final int place, final int prefix, final long page, final boolean isWrite) {
        final long completion = upstream.translate(requesterId, prefix,
                TranslationRequestMessage.of(page, isWrite ? 0 : TranslationRequestMessage.NO_WRITE));
        if (!TranslationCompletionEntry.isMissing(completion)) {
            address[place] = page;
            pasid[place] = PasidPrefix.pasid(prefix);
            entry[place] = completion;
        }
        return completion;
    }

    private int place(final long ofPage) {
        return (int) (ofPage >>> PAGE_SHIFT) & entry.length - 1;
    }

    private static long page(final long ofPage) {
        return ofPage >>> PAGE_SHIFT << PAGE_SHIFT;
    }

    /**
     * Forget what an invalidate request names.
     *
     * @param ofPasid of its prefix; {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID} names accesses
     *                without a PASID
     * @param body    see {@link InvalidateRequestMessage}; for all PASIDs where it is global
     */
    public void forget(final int ofPasid, final long body) {
        final boolean isGlobal = InvalidateRequestMessage.isGlobal(body);
        for (int place = 0; place < entry.length; place++) {
            if ((isGlobal || pasid[place] == ofPasid) && SizedAddress.contains(body, address[place])) {
                entry[place] = EMPTY;
            }
        }
    }

    /** Forget everything: ATS was switched off, or the function is reset. */
    public void clear() {
        Arrays.fill(entry, EMPTY);
    }

    /**
     * Pages that are held. Not for the hot path.
     *
     * @return the count
     */
    public int size() {
        int held = 0;
        for (final long each : entry) {
            held += each == EMPTY ? 0 : 1;
        }
        return held;
    }
}
