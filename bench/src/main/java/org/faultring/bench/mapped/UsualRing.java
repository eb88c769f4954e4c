/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

/** Rings of the usual kind, with head and tail and 64-byte elements (usual.hpp). */
enum UsualRing {

    /** Both indices on one cache line. */
    ADJACENT(Traffic.FAULTS, "head and tail side by side", "adjacent"),
    /** Each on a line of its own. */
    APART(Traffic.FAULTS, "head and tail a line apart", "apart"),
    /** The same, and each side looks at the other's index only where it has to. */
    REMEMBERING(Traffic.FAULTS, "the same, other's index remembered", "remembering"),
    /** Two with indices apart, one for answers. */
    ANSWERED(Traffic.ANSWERED, "two with head and tail a line apart", "answered");

    private final Traffic traffic;
    private final String label;
    private final String task;

    UsualRing(final Traffic traffic, final String label, final String task) {
        this.traffic = traffic;
        this.label = label;
        this.task = task;
    }

    LoadName loadName() {
        return new LoadName(traffic, label, Language.C, Language.C);
    }

    /** Task of mapped.cpp. */
    String task() {
        return task;
    }
}
