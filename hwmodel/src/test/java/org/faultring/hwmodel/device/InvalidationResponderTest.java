/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.pci.AtsCapability;
import org.faultring.hwmodel.pci.ConfigSpace;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.hwmodel.pci.InvalidateCompletionPort;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.InvalidationTags;
import org.faultring.hwmodel.pci.LinuxPciFunction;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidationResponderTest implements InvalidateCompletionPort {

    private static final int FUNCTION = 0x0308;
    private static final int IOMMU = 0x0010;
    private static final int PASID = 0x42;

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final ConfigSpace config = new ConfigSpace();
    private final AtsCapability ats = new AtsCapability(32, 0);
    private final InvalidationTags tags = new InvalidationTags();
    private final List<Integer> done = new ArrayList<>();
    private final List<Integer> unsupported = new ArrayList<>();
    private int messages;
    /** What the host has mapped: the next page, for reading and writing, until it takes it away. */
    private boolean mapped = true;
    private final TranslationCache cache = new TranslationCache(FUNCTION,
            (function, prefix, message) -> mapped
                    ? TranslationCompletionEntry.of(TranslationRequestMessage.address(message) + 4096, 0, 3)
                    : 0,
            8);

    private InvalidationResponder responder(final int completions) {
        config.add(ats);
        new LinuxPciFunction(config).enableAts(12);
        return new InvalidationResponder(FUNCTION, IOMMU, completions, ats, cache, this, tally);
    }

    @Override
    public void invalidateCompletion(final int requesterId, final long message) {
        assertEquals(FUNCTION, requesterId);
        assertEquals(IOMMU, InvalidateCompletionMessage.destination(message));
        assertEquals(0, tags.unexpected(message));
        messages++;
        done.add(tags.complete(message));
    }

    @Override
    public void invalidateUnsupported(final int requesterId, final int tag) {
        assertEquals(FUNCTION, requesterId);
        unsupported.add(tag);
        tags.giveUp(tag);
    }

    private void send(final InvalidationResponder responder, final int count) {
        for (int i = 0; i < count; i++) {
            responder.invalidateRequest(tags.take(), PASID, InvalidateRequestMessage.EVERYTHING);
        }
    }

    private long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32})
    void shouldCompleteAllThatWaitAtOnce(final int count) {
        final InvalidationResponder responder = responder(1);
        send(responder, count);
        assertEquals(0, messages, "in its next duty cycle");
        assertEquals(count, responder.doWork());
        assertEquals(1, messages);
        assertEquals(List.of((int) ((1L << count) - 1)), done);
        assertEquals(0, tags.outstanding());
        assertEquals(0, responder.doWork());
        assertEquals(count, count(Counter.INVALIDATIONS_COMPLETED));
    }

    @Test
    void shouldForgetBeforeItCompletes() {
        final InvalidationResponder responder = responder(1);
        assertEquals(0x6000L | 3, cache.translate(PASID, 0x5123, true));
        mapped = false;
        assertEquals(0x6000L | 3, cache.translate(PASID, 0x5FFF, false), "held, so the host is not asked");
        send(responder, 1);
        responder.doWork();
        assertEquals(List.of(1), done);
        assertTrue(TranslationCompletionEntry.isMissing(cache.translate(PASID, 0x5000, false)));
    }

    @Test
    void shouldUseAPageThatIsGoneWhereItCompletesBeforeItForgets() {
        final InvalidationResponder responder = responder(1);
        responder.handle(InvalidationHandling.COMPLETE_EARLY);
        cache.translate(PASID, 0x5000, true);
        mapped = false;
        send(responder, 1);
        assertEquals(1, responder.doWork());
        assertEquals(List.of(1), done, "the host may give the page to somebody else");
        assertEquals(0x6000L | 3, cache.translate(PASID, 0x5000, true));
        responder.doWork();
        assertTrue(TranslationCompletionEntry.isMissing(cache.translate(PASID, 0x5000, true)));
    }

    @Test
    void shouldForgetAllOfATagThatComesAgainBeforeItForgot() {
        final InvalidationResponder responder = responder(1);
        responder.handle(InvalidationHandling.COMPLETE_EARLY);
        cache.translate(PASID, 0x5000, true);
        cache.translate(PASID, 0x6000, true);
        responder.invalidateRequest(tags.take(), PASID, 0x5000);
        responder.doWork();
        responder.invalidateRequest(tags.take(), PASID, 0x6000);
        assertEquals(1, cache.size());
        responder.doWork();
        responder.doWork();
        assertEquals(0, cache.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void shouldCompleteAsOftenAsItIsSetTo(final int completions) {
        final InvalidationResponder responder = responder(completions);
        send(responder, 4);
        responder.doWork();
        assertEquals(completions, messages);
        assertEquals(0xF, done.get(completions - 1));
        assertEquals(0, tags.outstanding());
    }

    @Test
    void shouldNeverCompleteWhatItIgnores() {
        final InvalidationResponder responder = responder(1);
        responder.handle(InvalidationHandling.IGNORE);
        send(responder, 2);
        assertEquals(0, responder.doWork());
        assertEquals(3, tags.outstanding());
        assertEquals(2, count(Counter.INVALIDATIONS_IGNORED));
        // The IOMMU runs out of patience.
        tags.giveUp(0);
        responder.handle(InvalidationHandling.COMPLETE);
        send(responder, 1);
        assertEquals(1, responder.doWork());
        assertEquals(List.of(1), done);
        assertEquals(2, tags.outstanding());
    }

    @Test
    void shouldNotSupportInvalidationWhileAtsIsOff() {
        final InvalidationResponder responder = responder(1);
        send(responder, 1);
        config.functionReset();
        send(responder, 2);
        assertEquals(List.of(1, 1), unsupported, "the tag is free at once");
        assertEquals(2, count(Counter.INVALIDATIONS_UNSUPPORTED));
        assertEquals(1, tags.outstanding());
        responder.reset();
        assertEquals(0, responder.doWork());
        assertEquals(1, count(Counter.INVALIDATIONS_IGNORED));
    }
}
