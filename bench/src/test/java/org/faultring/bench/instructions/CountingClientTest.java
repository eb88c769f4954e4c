/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CountingClientTest {

    @TempDir
    private Path folder;

    static boolean isCompilerThere() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, CountingClient.COMPILER)));
    }

    @Test
    void shouldCompile() throws Exception {
        assumeTrue(isCompilerThere(), "no gcc");
        final Path target = Files.createDirectory(folder.resolve("target"));
        new CountingClient(CountingClient.COMPILER).compile(folder, target);
        final Path client = target.resolve(CountingClient.PROGRAM);
        assertTrue(Files.isExecutable(client));
        // On this machine the clock counts time, whatever the kernel: the client must notice.
        final Process process = new ProcessBuilder(client.toString(), "1", "64", "1000000").start();
        final String out = new String(process.getInputStream().readAllBytes());
        assertEquals(3, process.waitFor(), out);
        assertTrue(out.contains("faultring error the clock does not count instructions"), out);
    }

    @Test
    void shouldSayThatThereIsNoCompiler() {
        final CountingClient client = new CountingClient("no-such-compiler");
        final String message =
                assertThrows(CannotCountException.class, () -> client.compile(folder, folder)).getMessage();
        assertEquals("cannot start the C compiler no-such-compiler: install it (for example: apt-get install gcc "
                + "libc6-dev)", message);
    }

    @Test
    void shouldPassOnWhatTheCompilerSays() throws IOException {
        final Path compiler = Recorded.program(folder, "echo 'In file included from main.c:1:'",
                "echo \"ring.h:9:10: fatal error: linux/io_uring.h: No such file or directory\" >&2", "exit 1");
        final Path sources = Files.createDirectory(folder.resolve("sources"));
        final CountingClient client = new CountingClient(compiler.toString());
        final String message =
                assertThrows(CannotCountException.class, () -> client.compile(sources, folder)).getMessage();
        assertTrue(message.contains("apt-get install linux-libc-dev"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "main.c:16:10: fatal error: poll.h: No such file or directory | libc6-dev",
        "/usr/bin/ld: cannot find -lc: No such file or directory | libc6-dev",
        "ring.c:3:4: error: 'IORING_SETUP_DEFER_TASKRUN' undeclared | headers of Linux 6.1",
        "Killed | Killed",
    })
    void shouldSayWhatToDoAboutIt(final String output, final String words) {
        assertTrue(CountingClient.reason("noise\n" + output + "\nnoise").contains(words)
                || CountingClient.reason(output).contains(words));
    }
}
