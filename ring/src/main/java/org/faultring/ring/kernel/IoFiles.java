/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.FileShape.Opened;
import org.faultring.ring.file.FileShape.PostedRead;

/** The files and the memory of a ring: memory is made known to each file, under a number of the file's own. */
final class IoFiles {

    /**
     * What a ring notes of a file when it is registered ({@code io_file_get_flags}, io_uring/io_uring.c).
     *
     * @param file      the file
     * @param isTried   it has a non-blocking read and write, or was opened with {@code O_NONBLOCK}: io_uring calls it
     *                  from the submitter ({@code REQ_F_SUPPORT_NOWAIT}); without, a call that must not wait is refused
     *                  ({@code loop_rw_iter}, io_uring/rw.c)
     * @param isRefusing it says EAGAIN where a read that must not wait finds nothing, and its wake-up carries what it
     *                   is for
     * @param numbers   of the memory at the file
     */
    record Entry(WakingFile file, boolean isTried, boolean isRefusing, int[] numbers) {

        int number(final int buffer) {
            return buffer >= 0 && buffer < numbers.length ? numbers[buffer] : -1;
        }
    }

    private Entry[] entries = {};
    private ByteBuffer[] buffers = {};

    /** Set-up. */
    int register(final WakingFile file) {
        final FileShape shape = file.shape();
        final boolean isRefusing = shape.postedRead() == PostedRead.PARKS;
        final int[] numbers = Arrays.stream(buffers).mapToInt(file::register).toArray();
        entries = Arrays.copyOf(entries, entries.length + 1);
        entries[entries.length - 1] = new Entry(file, isRefusing || shape.opened() == Opened.NONBLOCKING, isRefusing,
                numbers);
        return entries.length - 1;
    }

    /** Set-up. */
    int register(final ByteBuffer buffer) {
        buffers = Arrays.copyOf(buffers, buffers.length + 1);
        buffers[buffers.length - 1] = buffer;
        for (int i = 0; i < entries.length; i++) {
            final Entry entry = entries[i];
            final int[] numbers = Arrays.copyOf(entry.numbers, entry.numbers.length + 1);
            numbers[entry.numbers.length] = entry.file.register(buffer);
            entries[i] = new Entry(entry.file, entry.isTried, entry.isRefusing, numbers);
        }
        return buffers.length - 1;
    }

    int buffers() {
        return buffers.length;
    }

    int capacity(final int buffer) {
        return buffers[buffer].capacity();
    }

    /** A file; null if the number names none. */
    Entry get(final int number) {
        return number >= 0 && number < entries.length ? entries[number] : null;
    }
}
