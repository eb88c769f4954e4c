/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.nio.ByteBuffer;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevices;

/** One open {@code /dev/iommu}, of the model or of Linux, and what the rules need beside it. */
interface Subject extends AutoCloseable {

    Iommufd iommufd();

    MockDevices mocks();

    /** Give a file memory that ends in the middle of a page of nothing. */
    HalfMemory registerHalf(FaultFile file, int usableBytes);

    /** Requests that are not each a group, and the answers that come back. Aborts the test where there are none. */
    PageRequests requests();

    /**
     * A completion ring for a fault file, which is as this was opened. Aborts the test where there is none.
     *
     * @param entries of its submission queue
     */
    RulesRing ring(FaultFile file, RingMode mode, int entries);

    /** A sentence about the call that failed last, or nothing. */
    String explain(int result);

    @Override
    void close();

    /**
     * Memory that ends before the read or write that is tried on it does.
     *
     * @param number of the buffer
     * @param offset where the usable bytes begin
     * @param buffer with the usable bytes
     */
    record HalfMemory(int number, int offset, ByteBuffer buffer) {}
}
