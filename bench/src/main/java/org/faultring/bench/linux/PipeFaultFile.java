/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.nio.ByteBuffer;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.FileShape.Answer;
import org.faultring.ring.file.FileShape.EmptyRead;
import org.faultring.ring.file.FileShape.PostedRead;

/**
 * Transport alone: 40-byte records out of one pipe, 8-byte answers into another. It knows no groups and no cookies, and
 * does not look at an answer. Lengths must be whole records or answers, else -{@link Errno#ESPIPE} as on a fault file:
 * so that a record is never torn. No call allocates but {@link #register}.
 */
public final class PipeFaultFile implements DescriptorFile {

    private final Syscalls calls = new Syscalls();
    private final NativeBuffers buffers = new NativeBuffers();
    private final FileShape shape;
    private int records;
    private int answers = -1;

    /** The read end of a pipe, closed in the end. Takes no answers yet. */
    PipeFaultFile(final int records, final EmptyRead emptyRead) {
        this.records = records;
        shape = new FileShape(40, 8, emptyRead, PostedRead.PARKS, Answer.WRITE);
    }

    /** From now on answers go to the write end of another pipe, closed in the end. */
    void answerTo(final int newAnswers) {
        answers = newAnswers;
    }

    @Override
    public int descriptor() {
        return records;
    }

    @Override
    public int answerDescriptor() {
        return answers;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        return buffers.register(buffer);
    }

    /**
     * read(2).
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public int read(final int buffer, final int offset, final int length) {
        final long address = buffers.address(buffer, offset, length);
        return length % shape.recordBytes() != 0 ? -Errno.ESPIPE : (int) calls.read(records, address, length);
    }

    /**
     * write(2).
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public int write(final int buffer, final int offset, final int length) {
        final long address = buffers.address(buffer, offset, length);
        return length % shape.responseBytes() != 0 ? -Errno.ESPIPE : (int) calls.write(answers, address, length);
    }

    @Override
    public int ready() {
        if (records < 0) {
            return 0;
        }
        return Math.max(0, calls.poll(records, READABLE, 0)) & READABLE
                | Math.max(0, calls.poll(answers, WRITABLE, 0)) & WRITABLE;
    }

    @Override
    public FileShape shape() {
        return shape;
    }

    @Override
    public synchronized void close() {
        if (records >= 0) {
            calls.close(records);
            calls.close(answers);
            records = -1;
            answers = -1;
        }
    }
}
