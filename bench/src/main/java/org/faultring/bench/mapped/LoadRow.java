/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.bench.statistics.RatioEstimate;

/**
 * A load over all rounds.
 *
 * @param name                   of the row
 * @param nanosPerFault          host ns
 * @param toJava                 throughput against the mapped ring with Java at both ends, by round
 * @param allocatedBytesPerFault most of a round, by the Java ends
 */
@JsonPropertyOrder({"name", "nanosPerFault", "toJava", "allocatedBytesPerFault"})
public record LoadRow(LoadName name, MedianEstimate nanosPerFault, RatioEstimate toJava,
        double allocatedBytesPerFault) {}
