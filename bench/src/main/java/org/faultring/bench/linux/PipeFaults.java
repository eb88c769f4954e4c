/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

import org.faultring.ring.Checks;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.FileShape.EmptyRead;

/**
 * Faults down a pipe. A burst is one write, of up to {@value #MOST_PER_WRITE} records, which a pipe takes whole or not
 * at all. The n-th fault, from 0, has the address {@code n << 12} and the cookie {@code n + 1}; answers are expected in
 * any order.
 */
public final class PipeFaults implements FaultSource {

    /** Most records of one write. */
    public static final int MOST_PER_WRITE = PipeCalls.ATOMIC_BYTES / PageFaultFlyweight.LENGTH_BYTES;

    private static final int PAGE_SHIFT = 12;
    private static final int ANSWERS_BYTES = MOST_IN_FLIGHT * PageResponseFlyweight.LENGTH_BYTES;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Syscalls calls = new Syscalls();
    private final NativeScope scope = new NativeScope();
    private final ByteBuffer records = RingMemory.allocate(PipeCalls.ATOMIC_BYTES);
    private final MemorySegment answers = Arena.ofAuto().allocate(ANSWERS_BYTES, Long.BYTES);
    private final long recordsAddress = MemorySegment.ofBuffer(records).address();
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PipeFaultFile file;
    private final int recordsEnd;
    private final int answersEnd;
    private final int inFlight;
    private final int burst;
    private long ordered;
    private long raised;
    private long answered;
    private long refused;
    private long raisingNanos;
    private boolean isClosed;
    private EventFd events;
    private AnswerTimes times;

    /**
     * Two pipes.
     *
     * @param inFlight  most faults that are out at a time, 1..{@link #MOST_IN_FLIGHT}
     * @param burst     faults raised at a time while more are ordered, 1..inFlight
     * @param emptyRead what a read of the file does when there is nothing: {@link EmptyRead#BLOCKS} or
     *                  {@link EmptyRead#RETURNS_EAGAIN}
     * @throws SyscallException if a call fails; then nothing stays open
     */
    public PipeFaults(final int inFlight, final int burst, final EmptyRead emptyRead) {
        this.inFlight = Checks.range("inFlight", inFlight, 1, MOST_IN_FLIGHT);
        this.burst = Checks.range("burst", burst, 1, inFlight);
        if (emptyRead == EmptyRead.RETURNS_ZERO) {
            throw new IllegalArgumentException("emptyRead=" + emptyRead + " (expected: BLOCKS or RETURNS_EAGAIN)");
        }
        try {
            final PipeCalls pipes = new PipeCalls();
            SyscallException.check("pipe2", pipes.pipe(Syscalls.O_CLOEXEC));
            recordsEnd = scope.descriptor("pipe2", pipes.writeEnd());
            file = new PipeFaultFile(pipes.readEnd(), emptyRead);
            scope.atEnd(file::close);
            SyscallException.check("pipe2", pipes.pipe(Syscalls.O_CLOEXEC));
            answersEnd = scope.descriptor("pipe2", pipes.readEnd());
            file.answerTo(pipes.writeEnd());
            neverWait(recordsEnd);
            neverWait(answersEnd);
            if (emptyRead == EmptyRead.RETURNS_EAGAIN) {
                neverWait(file.descriptor());
            }
        } catch (final SyscallException e) {
            scope.close();
            throw e;
        }
    }

    /**
     * Set-up: signal a counter after each burst, as a page table with an eventfd of its own would. The time of that
     * call counts as raising.
     *
     * @param newEvents signalled with 1 for each burst
     */
    public void signal(final EventFd newEvents) {
        events = newEvents;
    }

    private void neverWait(final int descriptor) {
        SyscallException.check("fcntl", calls.fcntl(descriptor, Syscalls.F_SETFL, Syscalls.O_NONBLOCK));
    }

    @Override
    public PipeFaultFile file() {
        return file;
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public void raise(final int count) {
        ordered += Checks.range("count", count, 0, Integer.MAX_VALUE);
        push();
    }

    /** Raise what there is room for: bursts, and the rest once it is all that is left. */
    private void push() {
        long room = Math.min(ordered - raised, inFlight - (raised - answered));
        while (room > 0 && (room >= burst || room == ordered - raised)) {
            final int count = (int) Math.min(Math.min(room, burst), MOST_PER_WRITE);
            if (!write(count)) {
                return;
            }
            room -= count;
        }
    }

    private boolean write(final int count) {
        for (int i = 0; i < count; i++) {
            final long number = raised + i;
            record.wrap(records, i * PageFaultFlyweight.LENGTH_BYTES).set(PageFaultFlyweight.LAST_PAGE, DEVICE_ID, 0,
                    (int) number & 0xFFFF, PageFaultFlyweight.READ, number << PAGE_SHIFT, (int) number + 1);
        }
        final long before = System.nanoTime();
        final long written = calls.write(recordsEnd, recordsAddress, (long) count * PageFaultFlyweight.LENGTH_BYTES);
        if (written > 0 && events != null) {
            events.raise();
        }
        raisingNanos += System.nanoTime() - before;
        if (written <= 0) {
            return false;
        }
        raised += count;
        return true;
    }

    @Override
    public void collect() {
        final long bytes = calls.read(answersEnd, answers.address(), ANSWERS_BYTES);
        if (times != null && bytes > 0) {
            time(bytes, System.nanoTime());
        }
        for (long at = 0; at < bytes; at += PageResponseFlyweight.LENGTH_BYTES) {
            if (answers.get(JAVA_INT, at + PageResponseFlyweight.CODE_OFFSET) != PageResponseFlyweight.SUCCESS) {
                refused++;
            }
            answered++;
        }
        push();
    }

    /** A cookie is the lower half of a fault's number, plus 1; what is in flight is far less than 2^32. */
    private void time(final long bytes, final long nowNanos) {
        for (long at = 0; at < bytes; at += PageResponseFlyweight.LENGTH_BYTES) {
            final long behind =
                    (int) raised - answers.get(JAVA_INT, at + PageResponseFlyweight.COOKIE_OFFSET) & 0xFFFF_FFFFL;
            times.answered(raised - 1 - behind, nowNanos);
        }
    }

    @Override
    public void timeAnswers(final AnswerTimes newTimes) {
        times = newTimes;
    }

    @Override
    public boolean awaitAnswered(final long count, final long timeoutNanos) {
        final long end = System.nanoTime() + timeoutNanos;
        collect();
        while (answered < count) {
            final long left = end - System.nanoTime();
            if (left <= 0 || isClosed) {
                return false;
            }
            // Whoever has closed the file leaves POLLHUP here, which no answer follows.
            final int found = calls.poll(answersEnd, Syscalls.POLLIN,
                    (int) Math.min(left / NANOS_PER_MILLI + 1, Integer.MAX_VALUE));
            if (found > 0 && (found & Syscalls.POLLIN) == 0) {
                return false;
            }
            collect();
        }
        return true;
    }

    @Override
    public long raised() {
        return raised;
    }

    @Override
    public long answered() {
        return answered;
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public long released() {
        return file.descriptor() < 0 ? raised - answered : 0;
    }

    @Override
    public long raisingNanos() {
        return raisingNanos;
    }

    @Override
    public void close() {
        if (!isClosed) {
            file.close();
            collectLast();
            isClosed = true;
            scope.close();
        }
    }

    /** Answers given before the file was closed still count. */
    private void collectLast() {
        ordered = raised;
        long before;
        do {
            before = answered;
            collect();
        } while (answered > before);
    }
}
