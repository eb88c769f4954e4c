/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.queue.HardwareQueue;

/**
 * Hardware's side of a queue of 16-byte commands: executes them in order, as many as one duty cycle may take.
 *
 * <p>Commands are read ahead of executing them, so that their cache lines come from the other core side by side. A
 * command that stops the queue is not given back: the consumer's index stays at it. Hardware world; allocates nothing.
 */
public final class CommandReader {

    /** What a command does. */
    @FunctionalInterface
    public interface Executor {

        /**
         * Execute a command.
         *
         * @param qw0    first word
         * @param qw1    second word
         * @param offset byte index of the command in the queue's memory
         * @return false if the queue stops at it
         */
        boolean execute(long qw0, long qw1, int offset);
    }

    /** Length of a command. */
    public static final int COMMAND_BYTES = 16;

    /** Commands executed in one duty cycle at most. */
    private static final int COMMANDS_PER_CYCLE = 512;
    private static final int CHUNK = 32;

    private final Executor executor;
    /** Commands that are being executed, two words each. */
    private final long[] fetched = new long[2 * CHUNK];

    /**
     * A reader.
     *
     * @param executor of the commands
     */
    public CommandReader(final Executor executor) {
        this.executor = executor;
    }

    /**
     * Execute what software queued.
     *
     * @param source consumer's view of the queue
     * @return commands executed and given back
     */
    public int run(final HardwareQueue source) {
        final int readable = Math.min(source.readable(), COMMANDS_PER_CYCLE);
        int executed = 0;
        boolean running = true;
        while (running && executed < readable) {
            final int chunk = Math.min(readable - executed, CHUNK);
            fetch(source, chunk);
            int i = 0;
            while (i < chunk && executor.execute(fetched[2 * i], fetched[2 * i + 1], source.entryOffset(i))) {
                i++;
            }
            running = i == chunk;
            executed += i;
            source.advance(i);
        }
        if (executed > 0) {
            source.giveBack();
        }
        return executed;
    }

    private void fetch(final HardwareQueue source, final int count) {
        final ByteBuffer entries = source.memory();
        for (int i = 0; i < count; i++) {
            final int offset = source.entryOffset(i);
            fetched[2 * i] = LittleEndian.getLong(entries, offset);
            fetched[2 * i + 1] = LittleEndian.getLong(entries, offset + Long.BYTES);
        }
    }
}
