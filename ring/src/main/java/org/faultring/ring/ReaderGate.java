/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;

/**
 * Who holds back the producers of a {@link DisruptorFaultRing}: the readers that were added, or as long as there are
 * none the ring's own consumer. Somebody always does, so that no slot is overwritten unread.
 *
 * <p>Changed while the path is set up, by one thread at a time.
 */
final class ReaderGate {

    private final Sequencer sequencer;
    private final Sequence consumer = new Sequence();
    private final List<Sequence> readers = new ArrayList<>();
    private volatile boolean isConsumerGating = true;

    ReaderGate(final Sequencer sequencer) {
        this.sequencer = sequencer;
        sequencer.addGatingSequences(consumer);
    }

    /** Last position that the ring's own consumer has done with. */
    Sequence consumer() {
        return consumer;
    }

    /** Whether nobody but the ring's own consumer reads. */
    boolean isConsumerGating() {
        return isConsumerGating;
    }

    void add(final Sequence... added) {
        if (added.length == 0) {
            return;
        }
        // The new ones first: at no time nobody gates.
        sequencer.addGatingSequences(added);
        Collections.addAll(readers, added);
        if (isConsumerGating) {
            isConsumerGating = false;
            sequencer.removeGatingSequence(consumer);
        }
    }

    boolean remove(final Sequence removed) {
        if (!readers.removeIf(reader -> reader == removed)) {
            return false;
        }
        if (readers.isEmpty()) {
            // Puts the consumer behind the newest slot, where a reader would begin, too.
            sequencer.addGatingSequences(consumer);
            isConsumerGating = true;
        }
        sequencer.removeGatingSequence(removed);
        return true;
    }
}
