/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/** Positions that a process has noted in a mapped file, each plus 1, as late as it could. */
final class RingJournal {

    static final RingJournal NOWHERE = new RingJournal(ByteBuffer.allocate(0));

    private final ByteBuffer words;
    private int next;

    private RingJournal(final ByteBuffer words) {
        this.words = words;
    }

    static RingJournal create(final Path path, final int length) throws IOException {
        return map(path, (long) length * Long.BYTES, StandardOpenOption.CREATE_NEW);
    }

    static RingJournal open(final Path path) throws IOException {
        return map(path, 0, StandardOpenOption.READ);
    }

    private static RingJournal map(final Path path, final long length, final StandardOpenOption option)
            throws IOException {
        try (FileChannel channel = FileChannel.open(path, option, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new RingJournal(channel.map(FileChannel.MapMode.READ_WRITE, 0, Math.max(length, channel.size())));
        }
    }

    boolean isFull() {
        return next * Long.BYTES == words.capacity();
    }

    /** Nothing where it is full. */
    void note(final long position) {
        if (!isFull()) {
            // Release, paired with the acquire in readInto().
            LittleEndian.putLongRelease(words, next++ * Long.BYTES, position + 1);
        }
    }

    /**
     * Read on.
     *
     * @param positions gets what is new
     * @return whether none of it was there before
     */
    boolean readInto(final BitSet positions) {
        boolean once = true;
        while (!isFull()) {
            final long noted = LittleEndian.getLongAcquire(words, next * Long.BYTES);
            if (noted == 0) {
                break;
            }
            next++;
            once &= !positions.get((int) noted - 1);
            positions.set((int) noted - 1);
        }
        return once;
    }
}
