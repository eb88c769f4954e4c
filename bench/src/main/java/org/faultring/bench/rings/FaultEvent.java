/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

/** A fault as an object, for rings of references: made once and used again and again. */
final class FaultEvent {

    private long word0;
    private long word1;
    private long word2;
    private long address;
    private long word4;

    /** Become a fault. */
    void set(final long number) {
        word0 = FaultWords.WORD_0;
        word1 = FaultWords.word1(number);
        word2 = FaultWords.WORD_2;
        address = FaultWords.address(number);
        word4 = FaultWords.word4(number);
    }

    /** Hand the words over. */
    void to(final FaultSink sink) {
        sink.onFault(word0, word1, word2, address, word4);
    }
}
