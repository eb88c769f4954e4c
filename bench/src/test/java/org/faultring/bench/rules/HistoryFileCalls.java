/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

import org.faultring.bench.rules.HistoryObjects.OpenFile;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;

/** Calls on the files of fault objects and event queues. */
final class HistoryFileCalls {

    private static final int BUFFER_BYTES = 4096;
    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;

    private final Random random;
    private final HistoryObjects objects;
    private final Subject subject;
    private final Transcript transcript;
    private final ByteBuffer buffer = RingMemory.allocate(BUFFER_BYTES);

    HistoryFileCalls(final Random random, final HistoryObjects objects, final Subject subject,
            final Transcript transcript) {
        this.random = random;
        this.objects = objects;
        this.subject = subject;
        this.transcript = transcript;
    }

    void call() {
        final OpenFile file = file();
        if (file == null) {
            return;
        }
        final int what = random.nextInt(100);
        if (what < 4) {
            readHalf(file);
        } else if (what < 7) {
            writeHalf(file);
        } else if (what < 42) {
            read(file);
        } else if (what < 80) {
            // Without cookies there is not much to write.
            if (file.cookies.isEmpty() && random.nextInt(4) > 0) {
                read(file);
            } else {
                write(file);
            }
        } else if (what < 98) {
            transcript.add(file.name + " ready()", file.file.ready());
        } else {
            file.file.close();
            transcript.add(file.name + " close()", file.file.ready());
            if (random.nextInt(4) > 0) {
                objects.files().remove(file);
            }
        }
    }

    /** Mostly one with which something can be done, or null. */
    private OpenFile file() {
        final List<OpenFile> useful = objects.files().stream()
                .filter(open -> (open.file.ready() & FaultFile.READABLE) != 0 || !open.cookies.isEmpty()).toList();
        return objects.oneOf(random.nextInt(6) == 0 ? objects.files() : useful);
    }

    private void read(final OpenFile open) {
        final FaultFile file = open.file;
        final boolean isFaults = file.shape().answer() != FileShape.Answer.NONE;
        final int length = random.nextInt(10) == 0
                ? objects.oneOf(0, 1, 7, 8, 11, 12, 19, 20, 39, 41)
                : isFaults ? objects.oneOf(0, 1, 2, 3, 5, 100) * RECORD : objects.oneOf(12, 20, 24, 32, 100);
        final int number = file.register(buffer);
        final int offset = random.nextInt(3) * 8;
        final int result = file.read(number, offset, length);
        transcript.add(open.name + " read(" + length + ")", result);
        note(open, buffer, offset, result);
    }

    /** Reads into memory that ends too early. */
    private void readHalf(final OpenFile open) {
        final boolean isFaults = open.file.shape().answer() != FileShape.Answer.NONE;
        final int usable = isFaults ? objects.oneOf(8, 40, 48, 80) : objects.oneOf(4, 8, 12, 16, 20, 24);
        final int length = isFaults ? objects.oneOf(40, 80, 120, 200) : objects.oneOf(12, 20, 24, 36, 100);
        final Subject.HalfMemory memory = subject.registerHalf(open.file, usable);
        final int result = open.file.read(memory.number(), memory.offset(), length);
        transcript.add(open.name + " read(" + length + " into " + usable + ")", result);
        note(open, memory.buffer(), memory.offset(), result);
    }

    /** Writes from memory that ends too early. */
    private void writeHalf(final OpenFile open) {
        final int usable = objects.oneOf(4, 8, 12, 16);
        final int length = objects.oneOf(8, 16, 24, 9);
        final Subject.HalfMemory memory = subject.registerHalf(open.file, usable);
        final StringBuilder what = new StringBuilder();
        for (int at = 0; at < usable; at += 2 * Integer.BYTES) {
            final int cookie = cookie(open);
            what.append(cookie).append(":0 ");
            memory.buffer().putInt(memory.offset() + at, cookie);
            if (at + Integer.BYTES < usable) {
                memory.buffer().putInt(memory.offset() + at + Integer.BYTES, 0);
            }
        }
        transcript.add(open.name + " write(" + length + " from " + usable + ": " + what + ")",
                open.file.write(memory.number(), memory.offset(), length));
    }

    private void note(final OpenFile open, final ByteBuffer memory, final int offset, final int result) {
        if (result > 0) {
            transcript.add(open.name + " bytes", words(memory, offset, result));
            final boolean isFaults = open.file.shape().answer() != FileShape.Answer.NONE;
            for (int at = offset; isFaults && at < offset + result; at += RECORD) {
                open.cookies.add(memory.getInt(at + PageFaultFlyweight.COOKIE_OFFSET));
            }
        }
    }

    private static String words(final ByteBuffer memory, final int offset, final int length) {
        final StringBuilder words = new StringBuilder();
        for (int at = offset; at < offset + length; at += Integer.BYTES) {
            words.append(Integer.toHexString(memory.getInt(at))).append(' ');
        }
        return words.toString();
    }

    private void write(final OpenFile open) {
        final int count = objects.oneOf(0, 1, 1, 1, 2, 3);
        final StringBuilder what = new StringBuilder();
        for (int i = 0; i < count; i++) {
            final int cookie = cookie(open);
            final int code = objects.oneOf(0, 0, 0, 0, 0, 0, 1, 1, 1, 2, -1);
            buffer.putInt(i * 8, cookie);
            buffer.putInt(i * 8 + Integer.BYTES, code);
            what.append(cookie).append(':').append(code).append(' ');
        }
        final int length = random.nextInt(16) == 0 ? objects.oneOf(1, 7, 9, 12) : count * 8;
        final int result = open.file.write(open.file.register(buffer), 0, length);
        transcript.add(open.name + " write(" + length + ": " + what + ")", result);
    }

    /** Mostly one that was read, the oldest first, which is then forgotten; sometimes anything. */
    private int cookie(final OpenFile open) {
        if (open.cookies.isEmpty() || random.nextInt(8) == 0) {
            return objects.oneOf(0, 1, 2, 3, 4, -1, Integer.MAX_VALUE);
        }
        final int which = random.nextBoolean() ? 0 : random.nextInt(open.cookies.size());
        return random.nextInt(8) == 0 ? open.cookies.get(which) : open.cookies.remove(which);
    }

    void closeAll() {
        for (final OpenFile open : objects.files()) {
            open.file.close();
            transcript.add(open.name + " close()", open.file.ready());
        }
    }
}
