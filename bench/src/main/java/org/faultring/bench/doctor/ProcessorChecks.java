/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The processors: how many there are, who shares them, how fast they run. */
final class ProcessorChecks {

    /** A path has three worlds; two cores carry two of them. */
    private static final int CORES_WANTED = 3;
    private static final String CPU = "sys/devices/system/cpu";

    private final SystemFiles files;

    ProcessorChecks(final SystemFiles files) {
        this.files = files;
    }

    List<Finding> examine(final int processors) {
        final List<Finding> findings = new ArrayList<>();
        findings.add(cores(processors));
        findings.add(threadsOfACore());
        findings.add(governor());
        findings.add(boost());
        findings.add(hypervisor());
        findings.add(load(processors));
        return findings;
    }

    private static Finding cores(final int processors) {
        final String found = processors + " usable by this process";
        if (processors == 1) {
            return Finding.change("processors", found,
                    "give the process two at least: on one, threads take turns and every figure is the scheduler's.");
        }
        return processors < CORES_WANTED
                ? Finding.note("processors", found, "three worlds on three threads share cores: use --threads 2.")
                : Finding.good("processors", found);
    }

    private Finding threadsOfACore() {
        final String control = files.value(CPU + "/smt/control").orElse("unknown");
        if (!control.equals("on")) {
            return Finding.good("threads of a core", "SMT " + control);
        }
        return Finding.change("threads of a core", "SMT on: two threads may share one core's units",
                "echo off | sudo tee /sys/devices/system/cpu/smt/control");
    }

    private Finding governor() {
        final Set<String> governors = new TreeSet<>();
        for (final String name : files.namesIn(CPU, "cpu[0-9]*")) {
            files.value(CPU + "/" + name + "/cpufreq/scaling_governor").ifPresent(governors::add);
        }
        if (governors.isEmpty()) {
            return Finding.note("frequency governor", "none visible: the host decides",
                    "compare within one run only.");
        }
        return governors.equals(Set.of("performance")) ? Finding.good("frequency governor", "performance")
                : Finding.change("frequency governor", String.join(", ", governors),
                        "sudo cpupower frequency-set -g performance");
    }

    private Finding boost() {
        final Optional<String> boost = files.value(CPU + "/cpufreq/boost");
        final Optional<String> noTurbo = files.value(CPU + "/intel_pstate/no_turbo");
        if (boost.isEmpty() && noTurbo.isEmpty()) {
            return Finding.good("frequency boost", "no switch visible");
        }
        final boolean isOn = boost.map("1"::equals).orElse(false) || noTurbo.map("0"::equals).orElse(false);
        if (!isOn) {
            return Finding.good("frequency boost", "off");
        }
        return Finding.change("frequency boost", "on: the first seconds are faster than the rest",
                boost.isPresent() ? "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost"
                        : "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo");
    }

    private Finding hypervisor() {
        final boolean isGuest = files.lines("proc/cpuinfo").stream()
                .anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" hypervisor "));
        return isGuest
                ? Finding.note("hypervisor", "this is a virtual machine: its processors move between cores of the host",
                        "trust ratios of one run; a wake-up of an idle processor costs what the host makes it cost.")
                : Finding.good("hypervisor", "none");
    }

    private Finding load(final int processors) {
        final Optional<String> average = files.value("proc/loadavg");
        if (average.isEmpty()) {
            return Finding.note("load", "unknown", "");
        }
        final String lastMinute = average.get().split("\\s+")[0];
        try {
            return Double.parseDouble(lastMinute) < 0.25 * processors
                    ? Finding.good("load", lastMinute + " in the last minute")
                    : Finding.change("load", lastMinute + " in the last minute", "end what else runs: top");
        } catch (final NumberFormatException e) {
            return Finding.note("load", "unreadable: " + lastMinute, "");
        }
    }
}
