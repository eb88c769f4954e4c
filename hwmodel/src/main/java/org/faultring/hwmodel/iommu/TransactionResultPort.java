/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

/** Downstream: where a master learns how its transactions end. Hardware world. */
@FunctionalInterface
public interface TransactionResultPort {

    /**
     * A transaction ends; its tag is free.
     *
     * @param tag     of the transaction
     * @param outcome how it ends
     */
    void transactionEnded(int tag, TransactionOutcome outcome);
}
