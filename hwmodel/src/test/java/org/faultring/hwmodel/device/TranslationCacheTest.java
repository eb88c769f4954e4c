/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.SizedAddress;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.junit.jupiter.api.Test;

class TranslationCacheTest {

    private static final int FUNCTION = 0x0308;
    private static final int PASID = 0x42;
    private static final long READ = TranslationCompletionEntry.READ;
    private static final long WRITE = TranslationCompletionEntry.WRITE;

    /** A translation request as the host sees it. */
    private record Request(int function, int prefix, long message) {}

    private final List<Request> requests = new ArrayList<>();
    private long granted = READ | WRITE;
    private final TranslationCache cache = new TranslationCache(FUNCTION, this::translate, 16);

    private long translate(final int function, final int prefix, final long message) {
        requests.add(new Request(function, prefix, message));
        return granted == TranslationPort.UNSUPPORTED_REQUEST ? granted
                : TranslationCompletionEntry.of(TranslationRequestMessage.address(message) ^ 1L << 40, 0, granted);
    }

    private int asked() {
        final int count = requests.size();
        requests.clear();
        return count;
    }

    @Test
    void shouldAskOnceForWhatItHolds() {
        final int prefix = PASID | PasidPrefix.PRIVILEGED_MODE_REQUESTED;
        assertEquals(1L << 40 | 0x5000 | READ | WRITE, cache.translate(prefix, 0x5123, true));
        assertEquals(List.of(new Request(FUNCTION, prefix, 0x5000)), requests);
        cache.translate(PASID, 0x5FFF, false);
        assertEquals(1, asked());
        cache.translate(PASID + 1, 0x5000, false);
        assertEquals(List.of(new Request(FUNCTION, PASID + 1, 0x5000 | TranslationRequestMessage.NO_WRITE)), requests);
    }

    @Test
    void shouldAskAgainWhereAccessIsNotGranted() {
        granted = READ;
        cache.translate(PASID, 0x5000, false);
        cache.translate(PASID, 0x5000, false);
        assertEquals(1, asked());
        granted = READ | WRITE;
        assertEquals(granted, cache.translate(PASID, 0x5000, true) & 3);
        cache.translate(PASID, 0x5000, true);
        assertEquals(1, asked());
    }

    @Test
    void shouldNeverHoldThatAPageIsMissingNorThatItMayNotAsk() {
        for (final long answer : new long[] {0, TranslationPort.UNSUPPORTED_REQUEST}) {
            granted = answer;
            assertTrue(TranslationCompletionEntry.isMissing(cache.translate(PASID, 0x5000, false)));
            assertEquals(answer, cache.translate(PASID, 0x5000, false) & 0xFFF);
            assertEquals(2, asked());
            assertEquals(0, cache.size());
        }
    }

    @Test
    void shouldForgetThePagesOfABlockInOnePasidOrAll() {
        for (int page = 0; page < 8; page++) {
            cache.translate(PASID, page * 4096L, false);
            cache.translate(PASID + 1, (page + 8) * 4096L, false);
        }
        cache.forget(PASID + 2, InvalidateRequestMessage.EVERYTHING);
        assertEquals(16, cache.size());
        cache.forget(PASID, SizedAddress.of(0, 0));
        assertEquals(15, cache.size());
        cache.forget(PASID, SizedAddress.of(0, 2));
        assertEquals(12, cache.size());
        cache.forget(PageRequestMessage.NO_PASID,
                InvalidateRequestMessage.of(12 * 4096L, 2, InvalidateRequestMessage.GLOBAL));
        assertEquals(8, cache.size());
        cache.forget(PASID + 1, InvalidateRequestMessage.EVERYTHING);
        assertEquals(4, cache.size());
        cache.clear();
        assertEquals(0, cache.size());
    }

    @Test
    void shouldGiveAPlaceToTheLastPageThatHasIt() {
        cache.translate(PASID, 0x5000, false);
        cache.translate(PASID, 0x5000 + 16 * 4096, false);
        assertEquals(1, cache.size());
        cache.translate(PASID, 0x5000, false);
        assertEquals(3, asked());
    }

    @Test
    void shouldRefuseSizesThatAreNoPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new TranslationCache(FUNCTION, this::translate, 3));
    }

    @Test
    void shouldAllocateNothing() {
        final TranslationCache quiet = new TranslationCache(FUNCTION, (function, prefix, message) -> message | 3, 64);
        Allocation.assertNone(() -> {
            for (int page = 0; page < 200; page++) {
                quiet.translate(PASID, page * 4096L, true);
            }
            quiet.forget(PASID, InvalidateRequestMessage.EVERYTHING);
        });
    }
}
