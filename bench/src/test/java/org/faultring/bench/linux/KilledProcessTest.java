/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.agrona.concurrent.Agent;
import org.faultring.ring.file.FaultFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way a process ends, the kernel lets go who waited. */
@Timeout(120)
class KilledProcessTest {

    @ParameterizedTest
    @ValueSource(strings = {"fanotify", "userfault"})
    void shouldNotLeaveAProcessThatWaits(final String kind) throws Exception {
        final StandInAvailability found = kind.equals("fanotify") ? StandInAvailability.fanotify(BlockedRun.THREADS)
                : StandInAvailability.userFault(BlockedRun.THREADS);
        assumeTrue(found.isAvailable(), found.sentence());
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath(), BlockedRun.class.getName(), kind)
                .redirectErrorStream(true).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(),
                StandardCharsets.UTF_8))) {
            assertEquals("blocked " + BlockedRun.THREADS / 2, lines.readLine());
            assertTrue(Files.exists(Path.of("/proc/" + process.pid())));
            // SIGKILL: the process does nothing any more.
            process.destroyForcibly();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process is stuck");
            assertEquals(128 + 9, process.exitValue());
            assertFalse(Files.exists(Path.of("/proc/" + process.pid())));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldSayInOneSentenceWhatToChange() {
        assertEquals("run as root, or with CAP_SYS_ADMIN in the first user namespace.",
                StandInAvailability.remedy(new SyscallException("fanotify_init", -1)));
        assertTrue(StandInAvailability.remedy(new SyscallException("userfaultfd", -1))
                .startsWith("set vm.unprivileged_userfaultfd=1"));
        assertEquals("boot a kernel with CONFIG_USERFAULTFD.",
                StandInAvailability.remedy(new SyscallException("userfaultfd", -38)));
        assertTrue(StandInAvailability.remedy(new SyscallException("pipe2", -24)).contains("ulimit -n"));
    }

    /** Where the classes of the process are, however this one was started. */
    static String classPath() {
        return Stream.of(BlockedRun.class, Syscalls.class, FaultFile.class, Agent.class)
                .map(c -> new File(c.getProtectionDomain().getCodeSource().getLocation().getPath()).getPath())
                .distinct().collect(Collectors.joining(File.pathSeparator));
    }
}
