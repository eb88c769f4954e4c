/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.AtsCapability;
import org.faultring.hwmodel.pci.InvalidateCompletionPort;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device that translates before it asks for pages. */
class TranslatingDeviceTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;

    private final AtsCapability ats = new AtsCapability(32, 0);
    /** Completions that have come, a bit for each tag. */
    private int completed;
    private DeviceFixture pcie;
    private TranslationCache cache;
    private InvalidationResponder responder;

    private DeviceFixture device(final Workload workload, final int credits, final int laps,
            final TranslationPort upstream) {
        ats.write(AtsCapability.CAPABILITY_OFFSET, AtsCapability.ENABLE << Short.SIZE, -1);
        pcie = new DeviceFixture(workload, credits, DeviceFixture.settings(laps, 1, 512),
                RaiseSchedules.closedLoop());
        cache = new TranslationCache(DeviceFixture.REQUESTER_ID,
                upstream == null ? (requesterId, prefix, message) -> found(prefix, message) : upstream, 64);
        responder = new InvalidationResponder(DeviceFixture.REQUESTER_ID, 0, 1, ats, cache,
                new InvalidateCompletionPort() {

                    @Override
                    public void invalidateCompletion(final int requesterId, final long message) {
                        completed |= (int) message;
                    }

                    @Override
                    public void invalidateUnsupported(final int requesterId, final int tag) {
                        throw new AssertionError("tag=" + tag);
                    }
                }, pcie.tally());
        pcie.device.translateThrough(cache, responder);
        return pcie;
    }

    private long found(final int prefix, final long message) {
        return pcie.pageTable.find(DeviceFixture.REQUESTER_ID, PasidPrefix.pasid(prefix),
                TranslationRequestMessage.address(message)) & ~TranslationSource.EXECUTE;
    }

    private static List<Long> addresses(final List<Sent> requests) {
        return requests.stream().map(Sent::address).toList();
    }

    @Test
    void shouldAskOnlyForWhatIsMissingOfAGroup() {
        final Workload workload = new Faults().groups(0, 1, 4).grouped();
        device(workload, 16, 1, null);
        assertTrue(pcie.pageTable.map(1, Faults.page(0)));
        assertTrue(pcie.pageTable.map(1, Faults.page(2)));
        final List<Sent> sent = pcie.turn();
        assertEquals(List.of(Faults.page(1), Faults.page(3)), addresses(sent));
        assertEquals(List.of(false, true), sent.stream().map(Sent::isLast).toList());
        assertEquals(2, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(2, pcie.count(Counter.TRANSLATION_HITS));
        pcie.resolve(sent);
        pcie.runToTheEnd();
        assertEquals(2, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(2, pcie.count(Counter.CREDITS_RETURNED));
    }

    @Test
    void shouldRaiseNothingWhereEverythingIsThere() {
        device(new Faults().groups(0, 600, 2).grouped(), 2048, 1, null);
        for (int page = 0; page < 1200; page++) {
            pcie.pageTable.map(1, Faults.page(page));
        }
        // More groups than there are slots: each is given back.
        assertEquals(512, pcie.device.doWork());
        pcie.runToTheEnd();
        assertEquals(1200, pcie.count(Counter.TRANSLATION_HITS));
        assertEquals(0, pcie.count(Counter.REQUESTS));
        assertEquals(0, pcie.pri.outstanding());
    }

    @Test
    void shouldFindEveryPageInTheNextLap() {
        device(new Faults().groups(0, 8, 4).grouped(), 32, 3, null);
        pcie.runToTheEnd();
        assertEquals(32, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(64, pcie.count(Counter.TRANSLATION_HITS));
    }

    @Test
    void shouldTranslateAgainWhenTheAnswerHasCome() {
        device(new Faults().groups(0, 1, 2).grouped(), 16, 1, null);
        final List<Sent> sent = pcie.turn();
        pcie.map(sent.get(1));
        pcie.answer(sent.get(0).index(), SUCCESS);
        final List<Sent> again = pcie.turn();
        assertEquals(List.of(Faults.page(0)), addresses(again));
        assertEquals(1, pcie.count(Counter.RETRIES));
        // Mapped and taken away before the answer is acted on: that is no mapping.
        pcie.map(again.get(0));
        assertTrue(pcie.pageTable.unmap(1, Faults.page(0)));
        pcie.answer(again.get(0).index(), SUCCESS);
        pcie.resolve(pcie.turn());
        pcie.runToTheEnd();
        assertEquals(2, pcie.count(Counter.RETRIES));
        assertEquals(2, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldUseAPageThatIsGoneUntilItsInvalidation() {
        device(new Faults().groups(0, 1, 1).grouped(), 1, 3, null);
        pcie.resolve(pcie.turn());
        assertTrue(pcie.pageTable.unmap(1, Faults.page(0)));
        assertEquals(List.of(), pcie.turn());
        responder.invalidateRequest(5, 1, InvalidateRequestMessage.of(Faults.page(0), 0, 0));
        assertEquals(0, cache.size());
        pcie.runToTheEnd();
        assertEquals(1 << 5, completed);
    }

    @Test
    void shouldAskAgainForAPageThatWasInvalidated() {
        device(new Faults().groups(0, 1, 1).grouped(), 1, 2, null);
        pcie.resolve(pcie.turn());
        assertTrue(pcie.pageTable.unmap(1, Faults.page(0)));
        responder.invalidateRequest(5, 1, InvalidateRequestMessage.EVERYTHING);
        assertEquals(List.of(Faults.page(0)), addresses(pcie.turn()));
    }

    @Test
    void shouldNotTakeReadAccessForWriteAccess() {
        final Workload workload = new Faults().touch(0, Faults.page(0), false).gap().touch(0, Faults.page(0), true)
                .grouped();
        device(workload, 16, 1, (requesterId, prefix, message) -> TranslationRequestMessage.address(message)
                | TranslationCompletionEntry.READ);
        assertEquals(1, pcie.turn().size());
        assertEquals(1, pcie.count(Counter.TRANSLATION_HITS));
    }

    @ParameterizedTest
    @CsvSource({"refused, 4", "aborted, 4"})
    void shouldFailWhatCannotBeTranslatedWithoutRaisingIt(final String what, final int faults) {
        final int[] asked = {0};
        device(new Faults().groups(0, 2, 2).grouped(), 16, 1, (requesterId, prefix, message) -> {
            asked[0]++;
            return what.equals("refused") ? TranslationPort.UNSUPPORTED_REQUEST : TranslationPort.COMPLETER_ABORT;
        });
        pcie.runToTheEnd();
        assertEquals(faults, pcie.count(Counter.FAULTS_UNTRANSLATED));
        assertEquals(0, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(0, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(0, pcie.pri.outstanding());
        assertEquals(what.equals("refused") ? 1 : faults, asked[0], "after a refusal it asks no more");
    }

    @Test
    void shouldFailAFaultWhoseSecondTranslationIsInErrorAndAskAgainForTheOthers() {
        final long[] answers = {0, 0, 0, TranslationPort.COMPLETER_ABORT, 0};
        final int[] asked = {0};
        device(new Faults().groups(0, 1, 2).grouped(), 16, 1,
                (requesterId, prefix, message) -> asked[0] < answers.length ? answers[asked[0]++]
                        : TranslationRequestMessage.address(message) | 3);
        final List<Sent> sent = pcie.turn();
        assertEquals(2, sent.size());
        pcie.answer(sent.get(0).index(), SUCCESS);
        assertEquals(1, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(List.of(Faults.page(0)), addresses(pcie.turn()));
    }

    @Test
    void shouldTranslateAgainAfterAReset() {
        final long[] completion = {TranslationPort.UNSUPPORTED_REQUEST};
        device(new Faults().groups(0, 3, 1).grouped(), 1, 0, (requesterId, prefix, message) -> completion[0]);
        assertEquals(List.of(), pcie.turn());
        completion[0] = 0;
        assertEquals(List.of(), pcie.turn());
        pcie.device.reset();
        assertEquals(1, pcie.turn().size());
    }

    @Test
    void shouldAllocateNothing() {
        device(new Faults().groups(0, 512, 2).grouped(), 2048, 0, null);
        pcie.react((requesterId, prefix, message) -> pcie.taken());
        final Runnable lap = () -> {
            pcie.device.doWork();
            responder.invalidateRequest(1, 1, InvalidateRequestMessage.EVERYTHING);
        };
        for (int page = 0; page < 1024; page++) {
            pcie.pageTable.map(1, Faults.page(page));
        }
        Allocation.assertNone(lap);
    }
}
