/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

/** How a transaction that missed its translation ends. */
public enum TransactionOutcome {
    /** It is translated again; if that misses again, it is a new transaction on its {@link TransactionPort}. */
    RETRY,
    /** A read gives 0, a write is ignored; the master does not learn of it. */
    TERMINATE,
    /** The master gets a bus error. */
    ABORT
}
