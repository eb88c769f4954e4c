/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/**
 * Counters of a path in a file, with their names, so that a monitor of another version can read it.
 *
 * <pre>
 *  byte 0           8         12        16         24                128
 *       +-----------+---------+---------+----------+-----------------+
 *       | "FRCNTR01"| counters| stride  | pid      | 0               |
 *       +-----------+---------+---------+----------+-----------------+
 *  then for each counter, a stride of 128 bytes:
 *  byte 0           8                64                           128
 *       +-----------+----------------+----------------------------+
 *       | count     | 0              | key, ASCII, ends with 0    |
 *       +-----------+----------------+----------------------------+
 * </pre>
 *
 * <p>All numbers are little-endian. The path writes a count with an opaque store once per duty cycle; a monitor reads
 * it whenever it likes, and its read costs the path nothing but the line's way to the other core.
 */
public final class CounterFile {

    static final int HEADER_BYTES = 128;
    static final int KEY_OFFSET = 64;
    private static final long MAGIC = 0x3130_5254_4E43_5246L;
    private static final int MAX_COUNTERS = 4096;
    private static final int PID_OFFSET = 16;

    private CounterFile() {}

    /**
     * Make a file, with all counters at zero.
     *
     * @param file replaced if it is there
     * @return counters in it
     * @throws IOException if it cannot be made
     */
    public static Counters create(final Path file) throws IOException {
        final ByteBuffer memory;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER_BYTES + Counters.LENGTH_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        for (final Counter counter : Counter.values()) {
            final byte[] key = counter.key().getBytes(StandardCharsets.US_ASCII);
            memory.put(HEADER_BYTES + counter.ordinal() * Counters.STRIDE_BYTES + KEY_OFFSET, key);
        }
        memory.putInt(8, Counter.values().length).putInt(12, Counters.STRIDE_BYTES).putLong(PID_OFFSET,
                ProcessHandle.current().pid());
        memory.putLong(0, MAGIC);
        return new Counters(memory.slice(HEADER_BYTES, Counters.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Look into a file.
     *
     * @param file that a path counts in
     * @return what is there
     * @throws IOException              if it cannot be read
     * @throws IllegalArgumentException if it is no file of counters
     */
    public static CounterView open(final Path file) throws IOException {
        final MappedByteBuffer memory;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long size = channel.size();
            if (size < HEADER_BYTES || size > HEADER_BYTES + (long) MAX_COUNTERS * Counters.STRIDE_BYTES) {
                throw new IllegalArgumentException(file + ": " + size + " bytes (expected: a file of counters)");
            }
            memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
        }
        memory.order(ByteOrder.LITTLE_ENDIAN);
        final int count = memory.getInt(8);
        final int stride = memory.getInt(12);
        if (memory.getLong(0) != MAGIC || stride != Counters.STRIDE_BYTES || count < 0
                || memory.capacity() != HEADER_BYTES + (long) count * stride) {
            throw new IllegalArgumentException(file + ": no file of counters, or of another layout");
        }
        final List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key(memory, HEADER_BYTES + i * stride + KEY_OFFSET, stride - KEY_OFFSET));
        }
        return new CounterView(memory, keys, memory.getLong(PID_OFFSET));
    }

    private static String key(final ByteBuffer memory, final int offset, final int maxLength) {
        final byte[] bytes = new byte[maxLength];
        memory.get(offset, bytes);
        int length = 0;
        while (length < maxLength && bytes[length] != 0) {
            length++;
        }
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.US_ASCII);
    }
}
