/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.faultring.ring.Padded;

/** Adds up what it gets, so that every word is read and a lost or torn fault is noticed. */
final class SummingSink extends Padded implements FaultSink {

    private long sum;

    long p100, p101, p102, p103, p104, p105, p106, p107, p110, p111, p112, p113, p114, p115, p116, p117;

    @Override
    public void onFault(final long word0, final long word1, final long word2, final long address, final long word4) {
        sum += word0 + word1 + word2 + address + word4;
    }

    /** The sum since the last call. */
    long take() {
        final long taken = sum;
        sum = 0;
        return taken;
    }
}
