/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One side of a mapped ring in a JVM of its own, which does what driver.c does: {@code raise FILE JOURNAL [ANSWERS]},
 * {@code answer FILE JOURNAL}, {@code cut FILE}. It ends when its standard input does.
 */
final class MappedRingProcess {

    /** The test says when an owner is dead: any silence will do. */
    private static final long STALE_NANOS = 1;
    private static final int WRONG = 4;

    private MappedRingProcess() {}

    public static void main(final String[] args) throws Exception {
        final Thread watch = new Thread(RingProcess::endWithTheParent, "watch");
        watch.setDaemon(true);
        watch.start();
        final MappedRing file = MappedRing.attach(Path.of(args[1]));
        switch (args[0]) {
            case "raise" -> raise(file, RingJournal.open(Path.of(args[2])),
                    args.length > 3 ? RingJournal.open(Path.of(args[3])) : RingJournal.NOWHERE);
            case "answer" -> answer(file, RingJournal.open(Path.of(args[2])));
            case "cut" -> workUntilCut(file);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Until the journal is full, then until all is answered. */
    private static void raise(final MappedRing file, final RingJournal raised, final RingJournal noted)
            throws IOException {
        final MappedDevice device = file.device(System.nanoTime(), STALE_NANOS);
        final int[] answers = new int[1];
        int count = 0;
        while (answers[0] < count || !raised.isFull()) {
            if (!raised.isFull()) {
                final long position = raiseGroup(device, 1 + count % 3);
                if (position >= 0) {
                    count++;
                    raised.note(position);
                }
            }
            device.poll((cookie, code) -> {
                check(code == PageResponseFlyweight.SUCCESS);
                answers[0]++;
                noted.note(Integer.toUnsignedLong(cookie));
            }, 64);
        }
        device.close();
    }

    /** A group whose addresses and cookie are its position, or -1. */
    static long raiseGroup(final MappedDevice device, final int slots) {
        final long position = device.tryClaim(slots);
        if (position >= 0) {
            final ByteBuffer buffer = device.buffer();
            for (int i = 0; i < slots; i++) {
                FaultSlotEncoder.fault(buffer, device.slotOffset(position + i), 0, 1, 2, 3, 4, position, i);
            }
            device.commit((int) position);
        }
        return position;
    }

    private static void answer(final MappedRing file, final RingJournal noted) throws IOException {
        final MappedHandler handler = file.handler(System.nanoTime(), STALE_NANOS);
        final long[] held = new long[file.capacity()];
        final int[] count = new int[1];
        while (true) {
            final int handed = handler.poll((first, position, slots) -> {
                check(first.address() == position);
                held[count[0]++] = position;
                if (count[0] >= 3 || position % 2 == 0) {
                    // Not in the order of the groups.
                    answerLast(handler, held, count, noted);
                }
            }, 1);
            if (handed == 0) {
                answerLast(handler, held, count, noted);
            }
        }
    }

    private static void answerLast(final MappedHandler handler, final long[] held, final int[] count,
            final RingJournal noted) {
        while (count[0] > 0 && handler.answer(held[count[0] - 1], PageResponseFlyweight.SUCCESS)) {
            noted.note(held[--count[0]]);
        }
    }

    private static void check(final boolean right) {
        if (!right) {
            Runtime.getRuntime().halt(WRONG);
        }
    }

    /** The test shortens the file while both sides work on it: an error sooner or later, and no crash. */
    private static void workUntilCut(final MappedRing file) throws IOException {
        final MappedDevice device = file.device(System.nanoTime(), STALE_NANOS);
        final MappedHandler handler = file.handler(System.nanoTime(), STALE_NANOS);
        say("working");
        try {
            int count = 0;
            while (device.heartbeat(System.nanoTime()) && handler.heartbeat(System.nanoTime())) {
                raiseGroup(device, 1 + count++ % 3);
                handler.poll((first, position, slots) -> handler.answer(position, 0), 8);
                device.poll((cookie, code) -> {
                }, 8);
                if (count % 1024 == 0 && device.isCut()) {
                    break;
                }
            }
        } catch (final InternalError e) {
            if (!device.isCut()) {
                throw e;
            }
        }
        try {
            haveBeenCut(device, handler);
        } catch (final InternalError late) {
            // On JDK 17 an access that failed before can tell of itself once more.
            haveBeenCut(device, handler);
        }
        say("cut " + file.cuts());
    }

    private static void haveBeenCut(final MappedSide... sides) {
        for (final MappedSide side : sides) {
            check(side.isCut());
            check(!side.heartbeat(System.nanoTime()));
            side.close();
        }
    }

    private static void say(final String line) throws IOException {
        new FileOutputStream(FileDescriptor.out).write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
