/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {

    private static final String CPU = "sys/devices/system/cpu/";
    private static final String CLOCK = "sys/devices/system/clocksource/clocksource0/";

    @TempDir
    private Path root;

    private Map<String, Finding> examine(final int processors, final List<Facility> facilities) {
        return Examination.of(new SystemFiles(root), processors, facilities, 25, List.of("-Xms1g", "-Xmx1g")).stream()
                .collect(Collectors.toMap(Finding::subject, finding -> finding));
    }

    private Map<String, Finding> examine() {
        return examine(4, List.of());
    }

    private void write(final String path, final String text) throws IOException {
        final Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A machine that nothing is to be said about. */
    @BeforeEach
    void quietMachine() throws IOException {
        write(CPU + "smt/control", "off\n");
        write(CPU + "cpu0/cpufreq/scaling_governor", "performance\n");
        write(CPU + "cpu1/cpufreq/scaling_governor", "performance\n");
        write(CPU + "cpufreq/boost", "0\n");
        write(CPU + "vulnerabilities/spectre_v2", "Not affected\n");
        write("proc/cpuinfo", "flags\t\t: fpu vme\n");
        write("proc/loadavg", "0.01 0.20 0.30 1/100 4711\n");
        write(CLOCK + "current_clocksource", "tsc\n");
        write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        write("proc/self/limits", """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            20000                20000                files
                Max locked memory         8388608              8388608              bytes
                """);
    }

    @Test
    void shouldHaveNothingToSayOfAQuietMachine() {
        examine().values().forEach(finding -> assertEquals(Grade.GOOD, finding.grade(), finding::toString));
    }

    @Test
    void shouldSayWhatToChangeAndHow() throws IOException {
        write(CPU + "smt/control", "on\n");
        write(CPU + "cpu1/cpufreq/scaling_governor", "powersave\n");
        write(CPU + "cpufreq/boost", "1\n");
        write("proc/loadavg", "1.90 0.20 0.30 1/100 4711\n");
        write(CLOCK + "current_clocksource", "hpet\n");
        write(CLOCK + "available_clocksource", "tsc hpet acpi_pm\n");
        write("proc/sys/kernel/numa_balancing", "1\n");
        write("proc/self/limits", "Max open files  256  256  files\nMax locked memory  65536  65536  bytes\n");
        final Map<String, Finding> findings = examine();
        for (final String subject : List.of("threads of a core", "frequency governor", "frequency boost", "load",
                "clock source", "NUMA balancing", "locked memory", "open files")) {
            assertEquals(Grade.CHANGE, findings.get(subject).grade(), () -> findings.get(subject).toString());
            assertFalse(findings.get(subject).advice().isEmpty(), subject);
        }
        assertTrue(findings.get("clock source").advice().contains("tee"), "tsc is there to be chosen");
        assertEquals("performance, powersave", findings.get("frequency governor").found());
    }

    @Test
    void shouldNameMitigationsAndTheHypervisor() throws IOException {
        write(CPU + "vulnerabilities/spectre_v2", "Mitigation: Retpolines\n");
        write(CPU + "vulnerabilities/mds", "Not affected\n");
        write("proc/cpuinfo", "flags\t\t: fpu hypervisor\n");
        final Map<String, Finding> findings = examine();
        assertEquals(Grade.NOTE, findings.get("mitigations").grade());
        assertEquals("spectre_v2", findings.get("mitigations").found());
        assertEquals(Grade.NOTE, findings.get("hypervisor").grade());
    }

    @Test
    void shouldCountProcessors() {
        assertEquals(Grade.CHANGE, examine(1, List.of()).get("processors").grade());
        assertEquals(Grade.NOTE, examine(2, List.of()).get("processors").grade());
        assertEquals(Grade.GOOD, examine(3, List.of()).get("processors").grade());
    }

    @Test
    void shouldShowFacilitiesAsTheyWereFound() {
        final Map<String, Finding> findings = examine(4, List.of(new Facility("io_uring", true, "works."),
                new Facility("iommufd", false, "there is no /dev/iommu: boot another kernel.")));
        assertEquals(Grade.GOOD, findings.get("io_uring").grade());
        assertEquals(Grade.MISSING, findings.get("iommufd").grade());
        assertTrue(findings.get("iommufd").found().contains("boot another kernel"));
    }

    @Test
    void shouldJudgeTheJvm() {
        final Map<String, Finding> findings = Examination
                .of(new SystemFiles(root), 4, List.of(), 17, List.of("-Xint", "-Dfaultring.commit=abc")).stream()
                .collect(Collectors.toMap(Finding::subject, finding -> finding));
        assertEquals(Grade.MISSING, findings.get("JVM").grade());
        assertEquals(Grade.CHANGE, findings.get("JVM arguments").grade());
        assertEquals("-Xint", findings.get("JVM arguments").found(), "without what the launcher hands over");
        assertEquals(Grade.NOTE, findings.get("heap").grade());
    }

    @Test
    void shouldNotFailWhereNothingCanBeRead() {
        final List<Finding> findings = Examination.of(new SystemFiles(root.resolve("nowhere")), 2, List.of(), 25,
                List.of());
        assertEquals(examine().size(), findings.size(), "each subject is there, known or not");
    }
}
