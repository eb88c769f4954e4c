/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PrivilegeBits;
import org.faultring.hwmodel.pci.SizedAddress;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a translation request is granted of what is mapped. */
class TranslationAnswersTest {

    private static final int PASID = 0x42;
    private static final int EXECUTE = PasidPrefix.EXECUTE_REQUESTED;
    private static final int PRIVILEGED = PasidPrefix.PRIVILEGED_MODE_REQUESTED;
    private static final long PAGE = 0x7F12_3456_7000L;
    private static final long TARGET = 0x12_3456_7000L;
    private static final long R = TranslationCompletionEntry.READ;
    private static final long W = TranslationCompletionEntry.WRITE;
    private static final long GLOBAL = TranslationCompletionEntry.GLOBAL;

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final TranslationAnswers answers = new TranslationAnswers(PrivilegeBits.PRIV_ABOVE_EXE, tally);

    private long complete(final int prefix, final long flags, final long found) {
        return answers.complete(prefix, TranslationRequestMessage.of(PAGE, flags), found);
    }

    private long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    @Test
    void shouldLookUpThePageOfTheRequestInItsPasid() {
        answers.translateBy((requesterId, pasid, address) -> requesterId + (long) pasid * 0x1_0000 + address);
        assertEquals(0x0308 + 0x42_0000L + PAGE, answers.find(0x0308, PASID | EXECUTE,
                TranslationRequestMessage.of(PAGE + 0xABC, TranslationRequestMessage.NO_WRITE)));
        assertEquals(0x0308 - 0x1_0000L + PAGE,
                answers.find(0x0308, PasidPrefix.NONE, TranslationRequestMessage.of(PAGE, 0)));
    }

    @Test
    void shouldGrantNothingOfWhatIsNotMapped() {
        assertEquals(0, answers.find(0x0308, PASID, TranslationRequestMessage.of(PAGE, 0)));
        assertEquals(0, complete(PASID, 0, 0));
        assertEquals(0, complete(PASID, 0, TARGET | TranslationSource.EXECUTE | GLOBAL));
        assertEquals(2, count(Counter.TRANSLATIONS_MISSED));
        assertEquals(0, count(Counter.TRANSLATIONS_GRANTED));
    }

    @Test
    void shouldGiveAddressSizeAndWhatConcernsTheAccess() {
        final long kept = SizedAddress.of(TARGET, 9) | R | W | TranslationCompletionEntry.NO_SNOOP
                | TranslationCompletionEntry.UNTRANSLATED_ONLY;
        assertEquals(kept, complete(PASID, 0, kept));
        assertEquals(kept, complete(PasidPrefix.NONE, 0, kept));
        assertEquals(2, count(Counter.TRANSLATIONS_GRANTED));
    }

    @Test
    void shouldLeaveWriteOutWhereItIsNotNeeded() {
        assertEquals(TARGET | R, complete(PASID, TranslationRequestMessage.NO_WRITE, TARGET | R | W));
        assertEquals(TARGET | R, complete(PASID, 0, TARGET | R));
        assertEquals(0, complete(PASID, TranslationRequestMessage.NO_WRITE, TARGET | W));
    }

    @ParameterizedTest
    @EnumSource(PrivilegeBits.class)
    void shouldGrantExecutionAndPrivilegeToWhomAskedForThem(final PrivilegeBits bits) {
        final TranslationAnswers other = new TranslationAnswers(bits, tally);
        final long message = TranslationRequestMessage.of(PAGE, 0);
        final long code = TARGET | R | TranslationSource.EXECUTE;
        assertEquals(TARGET | R, other.complete(PASID, message, code));
        assertEquals(TARGET | R | bits.exe(), other.complete(PASID | EXECUTE, message, code));
        assertEquals(TARGET | R, other.complete(PASID | EXECUTE, message, TARGET | R));
        assertEquals(TARGET | W, other.complete(PASID | EXECUTE, message, TARGET | W | TranslationSource.EXECUTE));
        assertEquals(TARGET | R | bits.exe() | bits.priv(),
                other.complete(PASID | EXECUTE | PRIVILEGED, message, code));
        assertEquals(TARGET | R | bits.priv(), other.complete(PASID | PRIVILEGED, message, code));
    }

    @Test
    void shouldHideAPageOfTheSupervisorFromOthers() {
        final long found = TARGET | R | W | TranslationSource.SUPERVISOR;
        assertEquals(0, complete(PASID, 0, found));
        assertEquals(0, complete(PasidPrefix.NONE, 0, found));
        assertEquals(TARGET | R | W | PrivilegeBits.PRIV_ABOVE_EXE.priv(), complete(PASID | PRIVILEGED, 0, found));
        assertEquals(2, count(Counter.TRANSLATIONS_MISSED));
    }

    @Test
    void shouldBeGlobalOnlyAmongPasids() {
        assertEquals(TARGET | R | GLOBAL, complete(PASID, 0, TARGET | R | GLOBAL));
        assertEquals(TARGET | R, complete(PasidPrefix.NONE, 0, TARGET | R | GLOBAL));
    }

    @Test
    void shouldNeverSetReservedBitsNorGrantMoreThanIsMapped() {
        final Random random = new Random(47);
        for (int i = 0; i < 200_000; i++) {
            final int prefix = random.nextInt(8) == 0 ? PasidPrefix.NONE
                    : random.nextInt(1 << 20) | random.nextInt(4) << 20;
            final long flags = random.nextInt(2);
            final long found = random.nextLong() & ~TranslationSource.ERROR;
            final long entry = complete(prefix, flags, found);
            assertEquals(0, entry & 0xFL << 6);
            assertEquals(0, entry & ~found & (R | W | GLOBAL));
            assertEquals(0, entry & flags << 1);
            if (!TranslationCompletionEntry.isMissing(entry)) {
                assertEquals(found & ~0x3FFL, entry & ~0x3FFL);
            }
        }
        assertEquals(200_000, count(Counter.TRANSLATIONS_GRANTED) + count(Counter.TRANSLATIONS_MISSED));
    }

    @Test
    void shouldCountWhatIsRefusedAndWhatFails() {
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, answers.unsupported());
        assertEquals(TranslationPort.COMPLETER_ABORT, answers.abort());
        assertEquals(TranslationPort.COMPLETER_ABORT, answers.abort());
        assertEquals(1, count(Counter.TRANSLATIONS_REFUSED));
        assertEquals(2, count(Counter.TRANSLATIONS_ABORTED));
    }

    @Test
    void shouldAllocateNothing() {
        answers.translateBy((requesterId, pasid, address) -> address | R | W);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 1_000; i++) {
                complete(PASID, i & 1, answers.find(0x0308, PASID, TranslationRequestMessage.of(i * 4096L, 0)));
            }
        });
    }
}
