/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class AtsMessagesTest {

    private static final long PAGE = 0x7F12_3456_7000L;

    @Test
    void shouldMakeATranslationRequest() {
        assertEquals(PAGE, TranslationRequestMessage.of(PAGE + 0xABC, 0));
        final long message = TranslationRequestMessage.of(PAGE, TranslationRequestMessage.NO_WRITE);
        assertEquals(PAGE | 1, message);
        assertTrue(TranslationRequestMessage.isNoWrite(message));
        assertFalse(TranslationRequestMessage.isNoWrite(PAGE));
        assertEquals(PAGE, TranslationRequestMessage.address(message));
        final Ruler ruler = Ruler.of(TranslationRequestMessage.class).get(0);
        assertEquals(ruler.field("", "NW").mask(), TranslationRequestMessage.NO_WRITE);
        assertEquals(ruler.field("", "address 63:12").mask(), TranslationRequestMessage.address(-1L));
    }

    @Test
    void shouldMakeATranslationCompletion() {
        final long entry = TranslationCompletionEntry.of(0x8000_1234_5678L, 9,
                TranslationCompletionEntry.READ | TranslationCompletionEntry.WRITE | TranslationCompletionEntry.GLOBAL);
        assertEquals(0x8000_122F_F823L, entry);
        assertEquals(9, SizedAddress.log2Pages(entry));
        assertEquals(0x8000_1220_0000L, SizedAddress.address(entry));
        assertFalse(TranslationCompletionEntry.isMissing(entry));
        assertFalse(TranslationCompletionEntry.isMissing(TranslationCompletionEntry.WRITE));
        assertTrue(TranslationCompletionEntry.isMissing(entry & ~3));
        assertTrue(TranslationCompletionEntry.isMissing(TranslationCompletionEntry.of(PAGE, 0, 0)));
    }

    @Test
    void shouldLieAsTheRulerOfATranslationCompletionSays() {
        final Ruler ruler = Ruler.of(TranslationCompletionEntry.class).get(0);
        assertEquals(10, ruler.fields().size());
        assertEquals(ruler.field("", "R").mask(), TranslationCompletionEntry.READ);
        assertEquals(ruler.field("", "W").mask(), TranslationCompletionEntry.WRITE);
        assertEquals(ruler.field("", "U").mask(), TranslationCompletionEntry.UNTRANSLATED_ONLY);
        assertEquals(ruler.field("", "Global").mask(), TranslationCompletionEntry.GLOBAL);
        assertEquals(ruler.field("", "N").mask(), TranslationCompletionEntry.NO_SNOOP);
        assertEquals(ruler.field("", "S").mask(), SizedAddress.SIZE);
        assertEquals(ruler.field("", "Priv").mask(), PrivilegeBits.PRIV_ABOVE_EXE.priv());
        assertEquals(ruler.field("", "Exe").mask(), PrivilegeBits.PRIV_ABOVE_EXE.exe());
        assertEquals(PrivilegeBits.PRIV_ABOVE_EXE.priv(), PrivilegeBits.EXE_ABOVE_PRIV.exe());
        assertEquals(PrivilegeBits.PRIV_ABOVE_EXE.exe(), PrivilegeBits.EXE_ABOVE_PRIV.priv());
    }

    @Test
    void shouldKeepTheFlagsOfATranslationCompletionApartFromItsAddress() {
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            final long flags = random.nextLong() & 0x7FF;
            final int log2Pages = random.nextInt(53);
            final long entry = TranslationCompletionEntry.of(random.nextLong(), log2Pages, flags);
            assertEquals(flags, entry & 0x7FF);
            assertEquals(log2Pages, SizedAddress.log2Pages(entry));
        }
    }

    @Test
    void shouldMakeAnInvalidateRequest() {
        assertEquals(InvalidateRequestMessage.EVERYTHING,
                InvalidateRequestMessage.of(0, SizedAddress.ALL_PAGES_LOG2, 0));
        assertEquals(0x0000_7F12_3456_5801L,
                InvalidateRequestMessage.of(0x7F12_3456_4000L, 2, InvalidateRequestMessage.GLOBAL));
        assertTrue(InvalidateRequestMessage.isGlobal(1));
        assertFalse(InvalidateRequestMessage.isGlobal(InvalidateRequestMessage.EVERYTHING));
        final Ruler ruler = Ruler.of(InvalidateRequestMessage.class).get(0);
        assertEquals(ruler.field("", "G").mask(), InvalidateRequestMessage.GLOBAL);
        assertEquals(ruler.field("", "S").mask(), SizedAddress.SIZE);
    }

    @Test
    void shouldMakeAnInvalidateCompletion() {
        final long message = InvalidateCompletionMessage.of(0x0010, 3, 0x8000_0001);
        assertEquals(0x0010_0003_8000_0001L, message);
        assertEquals(0x0010, InvalidateCompletionMessage.destination(message));
        assertEquals(3, InvalidateCompletionMessage.count(message));
        assertEquals(0x8000_0001, InvalidateCompletionMessage.tags(message));
        // 0 stands for 8.
        assertEquals(0xFFFF_0000_0000_0001L, InvalidateCompletionMessage.of(0xFFFF, 8, 1));
        assertEquals(8, InvalidateCompletionMessage.count(0xFFFF_0000_0000_0001L));
        final Ruler ruler = Ruler.of(InvalidateCompletionMessage.class).get(0);
        assertEquals(ruler.field("", "destination ID").mask(), InvalidateCompletionMessage.of(0xFFFF, 8, 0));
        assertEquals(ruler.field("", "CC").mask(), InvalidateCompletionMessage.of(0, 7, 0));
        assertEquals(ruler.field("", "ITag vector").mask(), InvalidateCompletionMessage.of(0, 8, -1));
    }

    @Test
    void shouldHaveTheMessageCodesOfPcie() {
        assertEquals(1, InvalidateRequestMessage.MESSAGE_CODE);
        assertEquals(2, InvalidateCompletionMessage.MESSAGE_CODE);
        assertEquals(4, PageRequestMessage.MESSAGE_CODE);
        assertEquals(5, PageGroupResponseMessage.MESSAGE_CODE);
    }

    @Test
    void shouldTellWhatAnAddressIs() {
        for (final AddressType type : AddressType.values()) {
            assertEquals(type, AddressType.of(type.at()));
            assertEquals(type, AddressType.of(type.at() | 4));
        }
        assertEquals(1, AddressType.TRANSLATION_REQUEST.at());
        assertEquals(2, AddressType.TRANSLATED.at());
    }

    @Test
    void shouldTakeAReservedStatusForUnsupported() {
        for (int code = 0; code < 8; code++) {
            final CompletionStatus status = CompletionStatus.of(code);
            if (code == 0 || code == 1 || code == 4) {
                assertEquals(code, status.code());
            } else {
                assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, status);
            }
        }
    }

    @Test
    void shouldStopAFunctionWithAnyCodeButTwo() {
        for (int code = 0; code < 16; code++) {
            assertEquals(code > 1, PageGroupResponseMessage.isFailure(code));
        }
    }
}
