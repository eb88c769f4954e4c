/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.faultring.hwmodel.workload.FaultTrace;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;
import picocli.CommandLine.Option;

/** Options that say which faults are raised. */
final class WorkloadOptions {

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Text of 'perf script' with exceptions:page_fault_user, plain or gzip. Default: the "
                    + "recording of an sqlite run that comes with the program.")
    private Path trace;

    @Option(names = "--lenient",
            description = "Skip and count lines of the trace that are not of the format.")
    private boolean lenient;

    @Option(names = "--group-faults", paramLabel = "N", defaultValue = "4",
            description = "Most neighbouring faults of a thread in one page request group; 1 for one-fault groups. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int groupFaults;

    @Option(names = "--group-window-ns", paramLabel = "NS", defaultValue = "10000",
            description = "Longest trace time from a group's first fault to its last. Default: ${DEFAULT-VALUE}.")
    private long groupWindowNanos;

    /** Read the trace and cut it into groups. */
    Workload load() {
        final GroupingRule rule = rule();
        try {
            return Workload.of(readTrace(), rule);
        } catch (final IOException | IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    private GroupingRule rule() {
        try {
            return new GroupingRule(groupFaults, groupWindowNanos);
        } catch (final IllegalArgumentException e) {
            throw BadInputException
                    .ofOption(e.getMessage().startsWith("maxFaults") ? "--group-faults" : "--group-window-ns", e);
        }
    }

    private FaultTrace readTrace() throws IOException {
        final PerfScriptReader reader = lenient ? PerfScriptReader.lenient() : PerfScriptReader.strict();
        return trace == null ? reader.readBundled() : reader.read(trace);
    }

    /** Settings and facts of the workload, for the result. */
    static void describe(final Workload workload, final Map<String, Object> scenario) {
        final FaultTrace source = workload.trace();
        scenario.put("trace", source.name());
        scenario.put("traceFaults", source.size());
        scenario.put("traceProcesses", source.processCount());
        scenario.put("traceThreads", source.threadCount());
        scenario.put("traceDistinctPages", source.distinctPages());
        scenario.put("traceDurationNanos", source.durationNanos());
        scenario.put("instructionFetchesRaisedAsReads", source.instructionFetches());
        scenario.put("skippedLines", source.skippedLines());
        scenario.put("groupFaults", workload.rule().maxFaults());
        scenario.put("groupWindowNanos", workload.rule().windowNanos());
        scenario.put("groups", workload.groups());
    }
}
