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

/** In a flight recording: the page request queue has been in overflow since the last look, a millisecond before. */
@Name("org.faultring.Overflow")
@Label("Overflow")
@Category("Fault Ring")
@Description("The page request queue overflowed")
@StackTrace(false)
final class OverflowEvent extends Event {

    @Label("Episodes")
    @Description("Since the last look")
    long episodes;
    @Label("Requests Lost")
    @Description("Dropped, or answered by the hardware, since the last look")
    long requestsLost;
}
