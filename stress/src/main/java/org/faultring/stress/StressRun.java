/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.MuxCollector;
import org.openjdk.jcstress.infra.collectors.SerializedBufferCollector;
import org.openjdk.jcstress.infra.grading.ConsoleReportPrinter;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.OSSupport;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.os.topology.TopologyParseException;
import org.openjdk.jcstress.vm.CompileMode;
import org.openjdk.jcstress.util.Environment;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * A run of jcstress with one dimension more than its own main class has: the kind of ring, which a forked virtual
 * machine gets as a system property, so that each machine compiles for one ring only.
 */
final class StressRun {

    /** Tried by jcstress with and without, where there is such a thing; the rings have no locks. */
    private static final String BIASED_LOCKING = "-XX:+UseBiasedLocking";

    private final Options options;
    private final PrintStream out;

    StressRun(final Options options, final PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Run the cases and write jcstress' report. */
    StressVerdict run(final List<StressCase> cases) throws IOException, TopologyParseException {
        if (options.affinityMode() != AffinityMode.NONE) {
            OSSupport.init();
        }
        VMSupport.initFlags(options);
        VMSupport.detectAvailableVMConfigs(options.isSplitCompilation(), options.getJvmArgs(),
                options.getJvmArgsPrepend());
        final Scheduler scheduler = new Scheduler(Topology.get(), options.getCPUCount());
        final List<TestConfig> configs = new ArrayList<>();
        for (final StressCase stressCase : cases) {
            addConfigs(configs, stressCase, scheduler);
        }
        Collections.shuffle(configs);
        options.printSettingsOn(out);

        final InProcessCollector results = new InProcessCollector();
        final ConsoleReportPrinter printer = new ConsoleReportPrinter(options, new PrintWriter(out, true),
                configs.size());
        final SerializedBufferCollector sink = new SerializedBufferCollector(MuxCollector.of(
                result -> result.setEnv(Environment.getInstance()), printer, results));
        final TestExecutor executor = new TestExecutor(options.verbosity(), sink, scheduler);
        printer.setExecutor(executor);
        executor.runAll(configs);
        sink.close();
        printer.printFinishLine();
        out.println();
        new HTMLReportPrinter(options, results, out).work();
        return new StressVerdict(cases, configs, results.getTestResults());
    }

    private void addConfigs(final List<TestConfig> configs, final StressCase stressCase, final Scheduler scheduler) {
        final int actors = stressCase.test().threads();
        final boolean split = options.isSplitCompilation() && VMSupport.compilerDirectivesAvailable();
        final int[] modes = split ? CompileMode.casesFor(actors, VMSupport.c1Available(), VMSupport.c2Available())
                : new int[] {CompileMode.UNIFIED};
        for (final VMSupport.Config vm : VMSupport.getAvailableVMConfigs()) {
            if (vm.origArgs().contains(BIASED_LOCKING)) {
                continue;
            }
            final int forks = options.getForks() * (vm.stress() ? options.getForksStressMultiplier() : 1);
            for (final SchedulingClass placement : scheduler.scheduleClasses(actors, options.getCPUCount(),
                    options.affinityMode())) {
                for (final int mode : modes) {
                    if (vm.onlyIfC2() && !CompileMode.hasC2(mode, actors)) {
                        continue;
                    }
                    for (int fork = 0; fork < forks; fork++) {
                        configs.add(new TestConfig(options, stressCase.test(), fork, stressCase.jvmArgs(vm.args()),
                                mode, placement));
                    }
                }
            }
        }
    }
}
