/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

/** Which way a figure is good; its unit says so. */
public enum Better {
    /** Of a rate: faults a second. */
    HIGHER,
    /** Of a time or a cost: ns for a fault, instructions, bytes. */
    LOWER
}
