/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** In a flight recording: a trial, from its first moment until nothing moves. */
@Name("org.faultring.Trial")
@Label("Trial")
@Category("Fault Ring")
@Description("A run of a path on threads")
@StackTrace(false)
final class TrialEvent extends Event {

    @Label("IOMMU")
    String iommu;
    @Label("Design")
    String design;
    @Label("Pace")
    String pace;
    @Label("Threads")
    int threads;
    @Label("Faults Raised")
    long faultsRaised;
    @Label("Overflows")
    long overflows;
    @Label("Conserved")
    boolean conserved;
}
