/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IoUringAvailabilityTest {

    @ParameterizedTest
    @CsvSource({"38, 0, CONFIG_IO_URING", "1, 0, seccomp", "1, 1, kernel.io_uring_group", "1, 2, io_uring_disabled=0",
        "22, 0, Linux 6.1", "12, 0, RLIMIT_MEMLOCK", "24, 0, RLIMIT_NOFILE", "13, 0, security module"})
    void shouldSayWhatToChange(final int errno, final int disabled, final String what) {
        final String remedy = IoUringAvailability.remedy(errno, disabled);
        assertTrue(remedy.contains(what), remedy);
        assertTrue(remedy.endsWith("."));
        assertEquals(1, remedy.chars().filter(c -> c == '.').count() - remedy.split("\\.\\S", -1).length + 1, remedy);
    }

    @Test
    void shouldNameTheError() {
        final String said = IoUringAvailability.explain(new SyscallException("io_uring_setup", -Errno.ENOMEM));
        assertTrue(said.startsWith("io_uring_setup failed with ENOMEM: raise the limit"), said);
    }

    @Test
    void shouldSayWhatItFound() {
        assertFalse(IoUringAvailability.find(IoUringSettings.DEFAULT).sentence().isEmpty());
    }

    @Test
    void shouldCheckSettings() {
        final IoUringSettings good = IoUringSettings.DEFAULT;
        assertThrows(IllegalArgumentException.class, () -> good.withEntries(0, 8));
        assertThrows(IllegalArgumentException.class, () -> good.withEntries(8, 4));
        assertThrows(IllegalArgumentException.class, () -> good.withEntries(65_536, 65_536));
        assertThrows(IllegalArgumentException.class, () -> good.withPolling(-1));
        assertThrows(IllegalArgumentException.class, () -> good.withRegisteredFiles(-1));
        assertThrows(IllegalArgumentException.class, () -> good.withRegisteredBuffers(20_000));
        final IoUringSettings polled = good.withPolling(5);
        assertThrows(IllegalArgumentException.class, () -> polled.withTaskWork(TaskWork.DEFERRED));
    }
}
