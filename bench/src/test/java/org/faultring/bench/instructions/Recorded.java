/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What the client has printed on real kernels, and machines that print what they are told. */
public final class Recorded {

    /** Linux 7.2.12: some of its lines. */
    public static final String AS_IT_IS = "lines-as-it-is.txt";
    /** The same with a fault fd that takes no-wait requests. */
    public static final String CHANGED = "lines-changed.txt";

    private Recorded() {}

    /** The lines of a recording. */
    public static String lines(final String name) {
        try (InputStream in = Recorded.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was counted in a recording. */
    public static CountedKernel counted(final String name) {
        final ClientLines client = new ClientLines();
        lines(name).lines().forEach(client::accept);
        return client.counted(name);
    }

    /** A program in a file of its own. */
    public static Path program(final Path folder, final String... lines) throws IOException {
        final Path program = Files.writeString(Files.createTempFile(folder, "vm", ""),
                "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A machine that takes the arguments of a real one and prints the file that is named as its kernel. */
    public static Path machine(final Path folder) throws IOException {
        return program(folder, "[ \"$1 $2 $4 $6 $7\" = '-i -t -o /bin/sh -c' ] || { echo \"odd call: $*\"; exit 9; }",
                "[ -x \"$5/client\" ] || { echo no client; exit 9; }",
                "echo 'random: crng init done'", "cat \"$VM_KERNEL\"", "! grep -q '^faultring wrong' \"$VM_KERNEL\"");
    }
}
