/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** Touched by the consumer's thread alone. */
abstract class StampedConsumerFields extends Padded {
    /** Position of the next slot to look at. */
    long consumerPosition;
}

/** Keeps the consumer's line off what follows: the final fields of {@link StampedFaultRing}, which all sides read. */
abstract class StampedFields extends StampedConsumerFields {
    long p100, p101, p102, p103, p104, p105, p106, p107, p110, p111, p112, p113, p114, p115, p116, p117;
}
