/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ring of {@code faultring.h}: each call is one in a C process, the memory is mapped by both. */
final class CFaultRing implements FaultRing {

    private final MappedRing file;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    private final ByteBuffer memory;
    private final long number;

    CFaultRing(final int capacity, final long position) {
        try {
            final Path path = Files.createTempFile("faults", ".ring");
            Files.delete(path);
            this.file = MappedRing.create(path, capacity);
            this.memory = file.faultRing().buffer();
            LittleEndian.putLong(memory, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, position);
            this.number = Driver.open(path);
            Files.delete(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long call(final char operation, final long a, final long b) {
        return Driver.INSTANCE.call(operation, number, a, b);
    }

    @Override
    public int capacity() {
        return file.capacity();
    }

    @Override
    public ByteBuffer buffer() {
        return memory;
    }

    @Override
    public int slotOffset(final long position) {
        return FaultRingDescriptor.SLOTS_OFFSET
                + ((int) position & capacity() - 1) * FaultRingDescriptor.SLOT_LENGTH_BYTES;
    }

    @Override
    public long tryClaim(final int slots) {
        final long position = call('c', slots, 0);
        if (position == -2) {
            throw new IllegalArgumentException("slots=" + slots + " (expected: 1.." + capacity() + ")");
        }
        return position;
    }

    @Override
    public void commit(final long position, final int slots) {
        call('k', position, slots);
    }

    @Override
    public void abort(final long position, final int slots) {
        call('a', position, slots);
    }

    @Override
    public int poll(final FaultSlotHandler handler, final int limit) {
        return polled('p', found -> {
            handler.onSlot(found);
            return 0;
        }, limit);
    }

    @Override
    public int drain(final FaultSlotHandler handler, final int limit) {
        return polled('d', found -> {
            handler.onSlot(found);
            return 0;
        }, limit);
    }

    @Override
    public int controlledPoll(final ControlledFaultSlotHandler handler, final int limit) {
        return polled('q', found -> switch (handler.onSlot(found)) {
            case CONTINUE -> 0;
            case COMMIT -> 1;
            case BREAK -> 2;
            case ABORT -> 3;
        }, limit);
    }

    /** What the C handler answers about a slot. */
    private interface Answering {
        long answer(FaultSlotFlyweight found);
    }

    /** C has no exceptions: a handler that throws is one that stops. BREAK stops both kinds of poll. */
    private int polled(final char operation, final Answering handler, final int limit) {
        RuntimeException thrown = null;
        Error failed = null;
        long offset = call(operation, limit, 0);
        while (offset >= 0) {
            long answer = 2;
            try {
                answer = handler.answer((FaultSlotFlyweight) slot.wrap(memory, (int) offset));
            } catch (final RuntimeException e) {
                thrown = e;
            } catch (final Error e) {
                failed = e;
            }
            offset = Driver.INSTANCE.send(answer);
        }
        final int handed = (int) Driver.INSTANCE.receive();
        if (failed != null) {
            throw failed;
        }
        if (thrown != null) {
            throw thrown;
        }
        return handed;
    }

    @Override
    public int available(final int limit) {
        return (int) call('v', limit, 0);
    }

    @Override
    public void take(final int slots) {
        call('t', slots, 0);
    }

    @Override
    public boolean isEmpty() {
        return call('e', 0, 0) != 0;
    }

    @Override
    public int peekGroupLength() {
        return (int) call('g', 0, 0);
    }

    @Override
    public boolean unblock() {
        return call('u', 0, 0) != 0;
    }

    @Override
    public int size() {
        return (int) call('s', 0, 0);
    }

    @Override
    public int highWaterMark() {
        return (int) call('h', 0, 0);
    }

    @Override
    public long producerPosition() {
        return call('P', 0, 0);
    }

    @Override
    public long consumerPosition() {
        return call('C', 0, 0);
    }

    /** One process for all rings; it ends when its standard input does. */
    private static final class Driver {

        static final Driver INSTANCE = new Driver();

        private final ByteBuffer words = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private final OutputStream output;
        private final InputStream input;

        Driver() {
            try {
                final Process process = new ProcessBuilder(CCompiler.driver().toString(), "contract")
                        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
                output = new BufferedOutputStream(process.getOutputStream());
                input = new BufferedInputStream(process.getInputStream());
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static long open(final Path path) {
            final byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
            try {
                INSTANCE.write('O', 0, name.length, 0);
                INSTANCE.output.write(name);
                INSTANCE.output.flush();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return INSTANCE.receive();
        }

        long call(final char operation, final long number, final long a, final long b) {
            try {
                write(operation, number, a, b);
                output.flush();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return receive();
        }

        private void write(final long... numbers) throws IOException {
            words.clear();
            for (final long number : numbers) {
                words.putLong(number);
            }
            output.write(words.array(), 0, words.position());
        }

        long send(final long answer) {
            try {
                write('r', 0, answer, 0);
                output.flush();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return receive();
        }

        long receive() {
            try {
                if (input.readNBytes(words.array(), 0, Long.BYTES) != Long.BYTES) {
                    throw new IOException("the C process has ended");
                }
                return words.getLong(0);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
