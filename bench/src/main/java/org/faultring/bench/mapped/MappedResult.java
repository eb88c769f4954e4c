/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.faultring.bench.result.Environment;

/**
 * All figures, and where they come from.
 *
 * @param schema      {@link #SCHEMA}
 * @param environment where it was measured
 * @param commandLine what was asked for
 * @param effort      how much was measured
 * @param loads       rings between Java and C
 * @param attach      host ns
 * @param stepped     path in a loop of one's own
 */
@JsonPropertyOrder({"schema", "environment", "commandLine", "effort", "loads", "attach", "stepped"})
public record MappedResult(String schema, Environment environment, String commandLine, MappedEffort effort,
        List<LoadRow> loads, AttachTimes attach, SteppedPath stepped) {

    /** Name and version of the layout. */
    public static final String SCHEMA = "faultring-mapped/1";
}
