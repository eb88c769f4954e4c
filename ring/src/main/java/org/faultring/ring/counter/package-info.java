/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What happens on a path, counted where it happens: {@link org.faultring.ring.counter.Counter} says what,
 * {@link org.faultring.ring.counter.Counters} holds how often.
 */
package org.faultring.ring.counter;
