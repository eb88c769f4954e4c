/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Attaches to a file and tells how long that took: the main class of a JVM that does nothing else. */
final class FirstAttach {

    private FirstAttach() {}

    /**
     * Attach.
     *
     * @param args the path
     * @throws IOException if that fails
     */
    public static void main(final String[] args) throws IOException {
        final String line = AttachTimes.nanos(Path.of(args[0])) + "\n";
        new FileOutputStream(FileDescriptor.out).write(line.getBytes(StandardCharsets.US_ASCII));
    }
}
