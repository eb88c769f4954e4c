/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

/** Gets the five words of every fault that a consumer takes. */
@FunctionalInterface
public interface FaultSink {

    /**
     * One fault.
     *
     * @param word0   flags and device
     * @param word1   PASID and group index
     * @param word2   permissions
     * @param address that missed
     * @param word4   length and cookie
     */
    void onFault(long word0, long word1, long word2, long address, long word4);
}
