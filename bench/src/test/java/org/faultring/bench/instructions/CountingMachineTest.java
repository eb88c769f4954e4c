/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CountingMachineTest {

    private static final CountingEffort EFFORT = new CountingEffort(2, 100, 5000);

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    private CountingMachine machine(final String... script) throws IOException {
        return new CountingMachine(Recorded.program(folder, script), 7);
    }

    /** One that has ended and was not collected has no command any more. */
    private static boolean runs(final String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).flatMap(handle -> handle.info().command()).isPresent();
    }

    @Test
    void shouldSayWhatToRunAndOnWhichKernel() throws Exception {
        machine("echo \"$VM_KERNEL\"", "for a; do echo \"$a\"; done").run(Path.of("/image"), folder, EFFORT,
                lines::add);
        assertEquals(List.of("/image", "-i", "-t", "7", "-o", folder.toString(), "/bin/sh", "-c",
                "exec \"$OUT/client\" \"$@\"", "client", "2", "100", "5000"), lines);
    }

    @Test
    void shouldRunWhatItSays() throws Exception {
        Recorded.program(folder, "echo ran \"$@\"").toFile().renameTo(folder.resolve("client").toFile());
        machine("export OUT=\"$5\"", "shift 5", "exec \"$@\"").run(null, folder, EFFORT, lines::add);
        assertEquals(List.of("ran 2 100 5000"), lines);
    }

    @Test
    void shouldTellTheLimitFromOtherEnds() throws Exception {
        final CountingMachine slow = machine("exit 124");
        final String message = assertThrows(CannotCountException.class,
                () -> slow.run(null, folder, EFFORT, lines::add)).getMessage();
        assertEquals("the machine did not end within 7 s: give it more with --timeout, or fewer --rounds", message);
        machine("echo no emulator >&2", "exit 3").run(null, folder, EFFORT, lines::add);
        assertEquals(List.of("no emulator"), lines);
    }

    @Test
    void shouldSayThatThereIsNoSuchProgram() {
        final CountingMachine none = new CountingMachine(folder.resolve("none"), 7);
        final String message = assertThrows(CannotCountException.class,
                () -> none.run(null, folder, EFFORT, lines::add)).getMessage();
        assertTrue(message.startsWith("cannot start " + folder.resolve("none") + ": set FAULTRING_VM"), message);
    }

    @Test
    void shouldLeaveNothingRunningWhenItIsStopped() throws Exception {
        final CountingMachine machine = machine("sleep 300 & echo $!", "(sleep 301 & echo $!; wait) &", "wait");
        machine.run(null, folder, EFFORT, line -> {
            lines.add(line);
            if (lines.size() == 2) {
                CompletableFuture.runAsync(machine::stop);
            }
        });
        assertEquals(2, lines.size());
        for (final String pid : lines) {
            assertFalse(runs(pid), pid);
        }
        machine.run(null, folder, EFFORT, lines::add);
        assertEquals(2, lines.size(), "a stopped machine has run");
    }

    @Test
    void shouldLeaveNothingRunningWhenALineIsRefused() throws Exception {
        final CountingMachine machine = machine("sleep 300 & echo $!", "wait");
        assertThrows(IllegalArgumentException.class, () -> machine.run(null, folder, EFFORT, line -> {
            lines.add(line);
            throw new IllegalArgumentException(line);
        }));
        assertFalse(runs(lines.get(0)));
    }
}
