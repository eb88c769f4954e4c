/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Maps a file, reads a word and tells how long that took: what {@link FirstAttach} takes without any class of ours. */
final class FirstMap {

    private FirstMap() {}

    /**
     * Map.
     *
     * @param args the path
     * @throws IOException if that fails
     */
    public static void main(final String[] args) throws IOException {
        final Path path = Path.of(args[0]);
        final long start = System.nanoTime();
        final ByteBuffer buffer;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            buffer = channel.map(MapMode.READ_WRITE, 0, channel.size());
        }
        buffer.getLong(0);
        final String line = System.nanoTime() - start + "\n";
        new FileOutputStream(FileDescriptor.out).write(line.getBytes(StandardCharsets.US_ASCII));
    }
}
