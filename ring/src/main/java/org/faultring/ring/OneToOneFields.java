/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** Touched by the producer's thread alone. */
abstract class OneToOneProducerFields extends Padded {
    /** Position of the next claim. */
    long producerPosition;
    /** First position that may not be claimed before the consumer's position is read again. */
    long producerLimit;
    /** Position behind the line that is being filled. */
    long producerLineEnd;
    /** Byte index of the line that is being filled; a long, so that no gap is left for a later int. */
    long producerLineOffset;
}

/** Keeps the producer's fields off the consumer's line. */
abstract class OneToOnePadding1 extends OneToOneProducerFields {
    long p100, p101, p102, p103, p104, p105, p106, p107, p110, p111, p112, p113, p114, p115, p116, p117;
}

/** Touched by the consumer's thread alone. */
abstract class OneToOneConsumerFields extends OneToOnePadding1 {
    /** Position of the next slot to look at. */
    long consumerPosition;
}

/** Keeps the consumer's line off what follows: the subclass's final fields, which both sides read. */
abstract class OneToOneFields extends OneToOneConsumerFields {
    long p200, p201, p202, p203, p204, p205, p206, p207, p210, p211, p212, p213, p214, p215, p216, p217;
}
