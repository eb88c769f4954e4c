/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** The rings that the contract suite runs over. */
enum RingKind {

    ONE_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return new OneToOneFaultRing(capacity);
        }
    },

    MANY_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return new ManyToOneFaultRing(capacity);
        }
    },

    DISRUPTOR_ONE_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return DisruptorFaultRing.oneToOne(capacity);
        }
    },

    DISRUPTOR_MANY_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return DisruptorFaultRing.manyToOne(capacity);
        }
    };

    abstract FaultRing create(int capacity);
}
