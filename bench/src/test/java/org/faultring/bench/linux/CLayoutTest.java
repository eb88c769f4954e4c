/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CLayoutTest {

    @TempDir
    private Path folder;

    @Test
    void shouldHaveTheConstantsOfSystemCalls() throws Exception {
        CLayout.of("fcntl.h", "poll.h", "sys/mman.h").constant("O_RDWR", Syscalls.O_RDWR)
                .constant("O_NONBLOCK", Syscalls.O_NONBLOCK).constant("O_CLOEXEC", Syscalls.O_CLOEXEC)
                .constant("F_GETFD", Syscalls.F_GETFD).constant("F_GETFL", Syscalls.F_GETFL)
                .constant("F_SETFL", Syscalls.F_SETFL).constant("POLLIN", Syscalls.POLLIN)
                .constant("POLLOUT", Syscalls.POLLOUT).constant("PROT_NONE", Syscalls.PROT_NONE)
                .constant("PROT_READ | PROT_WRITE", Syscalls.PROT_READ_WRITE)
                .constant("MAP_PRIVATE | MAP_ANONYMOUS", Syscalls.MAP_PRIVATE_ANONYMOUS)
                .size("struct pollfd", 8).offset("struct pollfd", "events", 4).offset("struct pollfd", "revents", 6)
                .assertAgrees(folder);
    }

    @Test
    void shouldNotAgreeToAnotherValue() {
        final AssertionError e = assertThrows(AssertionError.class,
                () -> CLayout.of("poll.h").size("struct pollfd", 12).assertAgrees(folder));
        assertEquals("sizeof(struct pollfd) ==> expected: <12> but was: <8>", e.getMessage());
    }

    @Test
    void shouldNameWhatTheHeadersDoNotKnow() {
        final AssertionError e = assertThrows(AssertionError.class,
                () -> CLayout.of("poll.h").constant("POLL_NOTHING", 1).assertAgrees(folder));
        assertEquals(true, e.getMessage().contains("POLL_NOTHING"), e.getMessage());
    }
}
