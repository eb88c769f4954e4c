/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Which faults a fault that is pending swallows. An implementation may choose (VT-d specification, primary fault
 * logging).
 */
public enum FaultMerging {

    /** None: each fault has a record. */
    NONE {
        @Override
        boolean merges(final long low, final long high, final long pendingLow, final long pendingHigh) {
            return false;
        }
    },

    /** Those of the same source ID, whatever they are. */
    SAME_SOURCE {
        @Override
        boolean merges(final long low, final long high, final long pendingLow, final long pendingHigh) {
            return FaultRecord.sourceId(high) == FaultRecord.sourceId(pendingHigh);
        }
    },

    /** Those that would have the same record. */
    SAME_RECORD {
        @Override
        boolean merges(final long low, final long high, final long pendingLow, final long pendingHigh) {
            return low == pendingLow && high == pendingHigh;
        }
    };

    /** Whether a pending record swallows a fault; without F both. */
    abstract boolean merges(long low, long high, long pendingLow, long pendingHigh);
}
