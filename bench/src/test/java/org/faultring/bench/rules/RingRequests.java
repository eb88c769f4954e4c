/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeSet;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;

/** Requests of one form: memory for each, what they brought, and what became of them in words. */
final class RingRequests implements CompletionHandler {

    /** Requests under way at most. */
    static final int SLOTS = 16;

    private static final int SLOT_BITS = 8;
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int POLL = 3;
    private static final int MULTISHOT = 4;
    private static final int CANCEL = 5;
    private static final String[] NAMES = {"", "read", "write", "poll", "multishot", "cancel"};
    /** No group has it. */
    private static final int UNKNOWN = 999;
    private static final int ANSWERS_BYTES = 64 * FaultQueue.RESPONSE;

    private final RingForm form;
    private final IoRing ring;
    private final int file;
    private final int buffer;
    private final int recordsBytes;
    private final int slotBytes;
    private final ByteBuffer memory;
    private final int group;
    private final Queue<Integer> free = new ArrayDeque<>();
    private final TreeSet<Long> underWay = new TreeSet<>();
    private final TreeSet<Integer> cookies;
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private final StringBuilder told = new StringBuilder();

    RingRequests(final RingForm form, final IoRing ring, final FaultFile file, final int recordsPerRead,
            final TreeSet<Integer> cookies) {
        this.form = form;
        this.ring = ring;
        this.cookies = cookies;
        recordsBytes = recordsPerRead * FaultQueue.RECORD;
        slotBytes = recordsBytes + ANSWERS_BYTES;
        // Records of all slots, then answers.
        memory = RingMemory.allocate(SLOTS * slotBytes);
        this.file = ring.registerFile(file);
        buffer = ring.registerBuffer(memory);
        group = isMultishotRead() ? ring.provideBuffers(buffer, 0, recordsBytes, SLOTS) : -1;
        for (int i = 0; i < SLOTS; i++) {
            free.add(i);
        }
    }

    private boolean isMultishotRead() {
        return form == RingForm.READ_MULTISHOT || form == RingForm.READ_MULTISHOT_ASYNC;
    }

    private static long id(final int kind, final int slot) {
        return (long) kind << SLOT_BITS | slot;
    }

    private long begun(final int kind, final int slot) {
        underWay.add(id(kind, slot));
        return id(kind, slot);
    }

    /** Prepare requests, as many as there is memory for; those that stay armed, once. A write has so many answers. */
    void prepare(final int count) {
        switch (form) {
            case WRITE -> write(count, 0);
            case WRITE_ASYNC -> write(count, IoRing.ASYNC);
            case COMMIT_AND_FETCH -> commitAndFetch(count);
            case READ_MULTISHOT -> arm(MULTISHOT, () -> ring.prepareReadMultishot(file, group, 0, id(MULTISHOT, 0)));
            case READ_MULTISHOT_ASYNC -> arm(MULTISHOT,
                    () -> ring.prepareReadMultishot(file, group, IoRing.ASYNC, id(MULTISHOT, 0)));
            case POLL_MULTISHOT -> arm(POLL,
                    () -> ring.preparePollMultishot(file, FaultFile.READABLE, id(POLL, 0)));
            default -> {
                for (int i = 0; i < count && !free.isEmpty(); i++) {
                    prepareOne(free.remove());
                }
            }
        }
    }

    private void arm(final int kind, final Runnable prepare) {
        if (underWay.add(id(kind, 0))) {
            prepare.run();
        }
    }

    private void prepareOne(final int slot) {
        switch (form) {
            case READ -> read(slot, 0);
            case READ_ASYNC -> read(slot, IoRing.ASYNC);
            case POLL -> ring.preparePoll(file, FaultFile.READABLE, 0, begun(POLL, slot));
            default -> {
                ring.preparePoll(file, FaultFile.READABLE, IoRing.LINK, id(POLL, slot));
                read(slot, 0);
            }
        }
    }

    private void read(final int slot, final int flags) {
        ring.prepareRead(file, buffer, slot * recordsBytes, recordsBytes, flags, begun(READ, slot));
    }

    private void write(final int count, final int flags) {
        if (!free.isEmpty()) {
            final int slot = free.remove();
            ring.prepareWrite(file, buffer, answersAt(slot), answers(slot, Math.max(1, takable(count))), flags,
                    begun(WRITE, slot));
        }
    }

    private void commitAndFetch(final int count) {
        if (!free.isEmpty()) {
            final int slot = free.remove();
            ring.prepareCommitAndFetch(file, buffer, answersAt(slot), answers(slot, takable(count)),
                    slot * recordsBytes, recordsBytes, begun(READ, slot));
        }
    }

    private int takable(final int count) {
        return Math.min(count, cookies.size());
    }

    private int answersAt(final int slot) {
        return SLOTS * recordsBytes + slot * ANSWERS_BYTES;
    }

    /** Answers to the lowest cookies, or to one that nobody has; their length. */
    private int answers(final int slot, final int count) {
        for (int i = 0; i < count; i++) {
            final Integer cookie = cookies.pollFirst();
            response.wrap(memory, answersAt(slot) + i * FaultQueue.RESPONSE)
                    .set(cookie == null ? UNKNOWN : cookie, PageResponseFlyweight.SUCCESS);
        }
        return count * FaultQueue.RESPONSE;
    }

    /** Take back the request with the lowest number; nothing if there is none. */
    void prepareCancel() {
        if (!underWay.isEmpty()) {
            ring.prepareCancel(underWay.first(), id(CANCEL, 0));
        }
    }

    @Override
    public void onCompletion(final long userData, final int result, final int flags) {
        final boolean isRefused = userData < 0;
        final long id = isRefused ? ~userData : userData;
        final int kind = (int) (id >> SLOT_BITS);
        final int slot = (int) id & (1 << SLOT_BITS) - 1;
        told.append(told.isEmpty() ? "" : ", ").append(isRefused ? "refused" : NAMES[kind]).append(' ')
                .append(result < 0 ? "-" + Errno.name(-result) : Integer.toString(result))
                .append((flags & IoRing.MORE) != 0 ? " more" : "");
        if (kind == READ && result > 0 && !isRefused) {
            keepCookies(slot, result);
        }
        if ((flags & IoRing.HAS_BUFFER) != 0) {
            final int number = flags >>> IoRing.BUFFER_SHIFT;
            told.append(" in ").append(number);
            keepCookies(number, result);
            ring.returnBuffer(group, number);
        }
        if ((flags & IoRing.MORE) == 0 && underWay.remove(id) && kind != MULTISHOT && form != RingForm.POLL_MULTISHOT) {
            free.add(slot);
        }
    }

    private void keepCookies(final int slot, final int bytes) {
        for (int at = 0; at < bytes; at += FaultQueue.RECORD) {
            cookies.add(memory.getInt(slot * recordsBytes + at + PageFaultFlyweight.COOKIE_OFFSET));
        }
    }

    /** Completions since the last call, in words. */
    String told() {
        final String text = told.toString();
        told.setLength(0);
        return text;
    }
}
