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
import jdk.jfr.Timespan;

/** In a flight recording: faults were under way and none ended for a while. Told when one does, or the trial ends. */
@Name("org.faultring.Stall")
@Label("Stall")
@Category("Fault Ring")
@Description("Faults were under way and none ended")
@StackTrace(false)
final class StallEvent extends Event {

    @Label("Length")
    @Timespan(Timespan.NANOSECONDS)
    long stalledNanos;
    @Label("Faults Under Way")
    long underWay;
}
