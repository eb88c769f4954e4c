/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

/**
 * Upstream: where masters that have no page requests of their own send transactions that miss their translation. An
 * IOMMU that can stall holds such a transaction until software says how it ends. Hardware world.
 */
public interface TransactionPort {

    /** Access: read. */
    int READ = 1;
    /** Access: write. */
    int WRITE = 1 << 1;
    /** Access: instruction fetch. */
    int EXECUTE = 1 << 2;
    /** Access: privileged. */
    int PRIVILEGED = 1 << 3;

    /**
     * A transaction that misses. Its outcome comes through the master's {@link TransactionResultPort}, perhaps from
     * within this call.
     *
     * @param streamId of the master, 16 bits
     * @param pasid    of the address space, or {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID}
     * @param address  of the byte that is accessed
     * @param access   {@link #READ}, {@link #WRITE}, {@link #EXECUTE}, {@link #PRIVILEGED}
     * @param tag      under which the outcome comes; no transaction of the stream that waits for its outcome has it
     * @throws IllegalArgumentException if the stream has no master, the tag is not one of the master's, or is in use
     */
    void transaction(int streamId, int pasid, long address, int access, int tag);
}
