/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.file.CompletionHandler;

/** Completions in the order they came. */
final class Completed implements CompletionHandler {

    record One(long userData, int result, int flags) {
        boolean hasMore() {
            return (flags & IoUring.MORE) != 0;
        }

        int buffer() {
            return flags >>> IoUring.BUFFER_SHIFT;
        }
    }

    final List<One> all = new ArrayList<>();

    @Override
    public void onCompletion(final long userData, final int result, final int flags) {
        all.add(new One(userData, result, flags));
    }

    One last() {
        return all.getLast();
    }

    /** Wait until there are so many, in all. */
    Completed await(final IoUring ring, final int count) {
        while (all.size() < count) {
            ring.enter(1, 10_000_000_000L);
            if (ring.forEachCompletion(this, Integer.MAX_VALUE) == 0) {
                throw new AssertionError(all.size() + " completions, expected " + count);
            }
        }
        return this;
    }

    long resultOf(final long userData) {
        return all.stream().filter(one -> one.userData == userData).findFirst().orElseThrow().result;
    }
}
