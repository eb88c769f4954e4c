/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard output, which can tell a reader that has gone ({@code … | head}) from a disk that is full. Print streams
 * keep to themselves why a write failed.
 */
final class StandardOutput extends FilterOutputStream {

    /** What a shell reports of a program that a broken pipe has ended: 128 + SIGPIPE. */
    static final int BROKEN_PIPE = 141;

    private static final Path LINK = Path.of("/proc/self/fd/1");

    private boolean failed;

    StandardOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(final int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (final IOException e) {
            failed = true;
            throw e;
        }
    }

    /** Whether nobody reads what is written any more: to a pipe, nothing else can go wrong. */
    boolean isReaderGone() {
        return failed && isPipe();
    }

    private static boolean isPipe() {
        try {
            final String target = Files.readSymbolicLink(LINK).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (final IOException | UnsupportedOperationException e) {
            // No /proc here: then it counts as an error.
            return false;
        }
    }
}
