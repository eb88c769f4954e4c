/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The kernel: its clock, its mitigations, its pages. */
final class KernelChecks {

    /** Clock sources that are read without a system call and fast. */
    private static final Set<String> FAST_CLOCKS =
            Set.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page");

    private final SystemFiles files;

    KernelChecks(final SystemFiles files) {
        this.files = files;
    }

    List<Finding> examine() {
        final List<Finding> findings = new ArrayList<>();
        findings.add(clock());
        findings.add(mitigations());
        findings.add(pages());
        findings.add(balancing());
        return findings;
    }

    private Finding clock() {
        final String folder = "sys/devices/system/clocksource/clocksource0/";
        final String clock = files.value(folder + "current_clocksource").orElse("unknown");
        if (FAST_CLOCKS.contains(clock)) {
            return Finding.good("clock source", clock);
        }
        final String others = files.value(folder + "available_clocksource").orElse("");
        return Finding.change("clock source", clock + ": each reading costs hundreds of ns",
                (" " + others + " ").contains(" tsc ")
                        ? "echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource"
                        : "boot with tsc=reliable, if the processor's counter is.");
    }

    private Finding mitigations() {
        final Map<String, String> states = files.valuesIn("sys/devices/system/cpu/vulnerabilities");
        final String mitigated = states.entrySet().stream().filter(state -> state.getValue().startsWith("Mitigation"))
                .map(Map.Entry::getKey).collect(Collectors.joining(", "));
        if (mitigated.isEmpty()) {
            return Finding.good("mitigations", states.isEmpty() ? "unknown" : "none active");
        }
        return Finding.note("mitigations", mitigated,
                "they make system calls dearer, so every design that makes many: name them beside figures.");
    }

    private Finding pages() {
        final String enabled = files.value("sys/kernel/mm/transparent_hugepage/enabled").orElse("unknown");
        if (enabled.contains("[never]")) {
            return Finding.note("transparent huge pages", "never",
                    "large rings miss more translations: echo madvise | sudo tee "
                            + "/sys/kernel/mm/transparent_hugepage/enabled");
        }
        return enabled.contains("[always]")
                ? Finding.note("transparent huge pages", "always: a kernel thread may move pages during a run",
                        "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled")
                : Finding.good("transparent huge pages", enabled);
    }

    private Finding balancing() {
        return files.value("proc/sys/kernel/numa_balancing").filter(value -> !value.equals("0")).isPresent()
                ? Finding.change("NUMA balancing", "on: pages are unmapped to see who uses them",
                        "sudo sysctl kernel.numa_balancing=0")
                : Finding.good("NUMA balancing", "off");
    }
}
