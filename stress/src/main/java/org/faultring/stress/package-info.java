/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * jcstress on the shipped rings. A test class in {@code org.faultring.stress.pair} is a pair of operations, two threads
 * doing one each; it runs on every {@link org.faultring.stress.RingKind} it fits. Those in
 * {@code org.faultring.stress.queue} are on classes that are no fault rings. {@link org.faultring.stress.StressMain}
 * runs them all and says whether anything was seen that must not be.
 */
package org.faultring.stress;
