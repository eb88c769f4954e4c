/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;

/**
 * Watches the file of a fault object: foretells each call from what the object holds, and compares.
 */
final class FileWatch implements FaultFile {

    /** Most bytes of one call, {@code MAX_RW_COUNT} (include/linux/fs.h). */
    private static final int MAX_COUNT = 0x7FFF_F000;
    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    private static final int RESPONSE = PageResponseFlyweight.LENGTH_BYTES;

    private final FaultFile file;
    private final Watch watch;
    private final MirrorObject mirror;
    private final int number;
    private final int maxCookies;
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();

    FileWatch(final FaultFile file, final Watch watch, final MirrorObject mirror, final int number,
            final int maxCookies) {
        this.file = file;
        this.watch = watch;
        this.mirror = mirror;
        this.number = number;
        this.maxCookies = maxCookies;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        buffers.add(buffer);
        return file.register(buffer);
    }

    /** Bytes of memory that the caller has from there on. */
    private int mapped(final int buffer, final int offset) {
        return buffer < 0 || buffer >= buffers.size() || offset < 0 ? 0
                : Math.max(0, buffers.get(buffer).capacity() - offset);
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        final int result = file.read(buffer, offset, length);
        watch.event(() -> "read object=" + number + " length=" + length + " -> " + outcome(result));
        final int refusal = refusal(length, RECORD);
        if (refusal != 0) {
            watch.check(Invariant.READ_RESULTS, result == refusal,
                    () -> call("read", length, result) + ", expected " + outcome(refusal));
        } else {
            checkRead(buffer, offset, Math.min(length, MAX_COUNT), result);
        }
        return result;
    }

    private int refusal(final int length, final int unit) {
        if (mirror.isClosed()) {
            return -Errno.EBADF;
        }
        if (length < 0) {
            return -Errno.EFAULT;
        }
        return Math.min(length, MAX_COUNT) % unit == 0 ? 0 : -Errno.ESPIPE;
    }

    private void checkRead(final int buffer, final int offset, final int count, final int result) {
        final int mapped = mapped(buffer, offset);
        int done = 0;
        int error = 0;
        while (!mirror.unread().isEmpty() && error == 0) {
            final MirrorGroup group = mirror.unread().peek();
            error = stop(group.records().size() * RECORD, count - done, mapped - done, done);
            if (error == 0) {
                checkGroup(group, buffer, offset + done, result - done);
                done += group.records().size() * RECORD;
            }
        }
        final int expected = done > 0 ? done : error;
        final Invariant invariant = error == -Errno.EFAULT ? Invariant.FAILED_COPY
                : done > 0 ? Invariant.READ_WHOLE_GROUPS : Invariant.READ_RESULTS;
        watch.check(invariant, result == expected,
                () -> call("read", count, result) + ", expected " + outcome(expected));
    }

    /** What stops a read at a group, in Linux's order; 0 if nothing does. */
    private int stop(final int bytes, final int left, final int mapped, final int done) {
        if (bytes > left) {
            watch.reach(done == 0 ? RareState.FIRST_GROUP_TOO_LONG : RareState.SHORT_READ);
            return -Errno.EINVAL;
        }
        if (mirror.read().size() == maxCookies) {
            return -Errno.ENOMEM;
        }
        if (bytes > mapped) {
            watch.reach(RareState.COPY_FAILED);
            return -Errno.EFAULT;
        }
        return 0;
    }

    private void checkGroup(final MirrorGroup group, final int buffer, final int at, final int bytesLeft) {
        final int cookie = mirror.lowestFreeCookie();
        watch.reachIf(RareState.COOKIE_ZERO, cookie == 0);
        watch.reachIf(RareState.COOKIE_REUSED, mirror.readFirst(cookie));
        if (bytesLeft < group.records().size() * RECORD) {
            // The count says already that something is missing.
            return;
        }
        final Iterator<MirrorRecord> expected = group.records().iterator();
        for (int i = 0; i < group.records().size(); i++) {
            record.wrap(buffers.get(buffer), at + i * RECORD);
            final MirrorRecord want = expected.next();
            final MirrorRecord got = MirrorRecord.of(record);
            watch.check(Invariant.READ_WHOLE_GROUPS, got.isLast() == !expected.hasNext(),
                    () -> "record " + got + " of " + group);
            watch.check(Invariant.ARRIVAL_ORDER,
                    got.equals(want) && record.groupIndex() == group.groupIndex()
                            && record.deviceId() == group.device() + 1,
                    () -> "read " + got + " device=" + record.deviceId() + " group=" + record.groupIndex()
                            + ", expected " + want + " of " + group);
            watch.check(Invariant.LOWEST_COOKIE, record.cookie() == cookie,
                    () -> group + " was given cookie " + record.cookie() + ", expected " + cookie);
        }
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        final List<int[]> given = responses(buffer, offset, length);
        final int result = file.write(buffer, offset, length);
        watch.event(() -> "write object=" + number + " " + given.stream().map(pair -> pair[0] + ":" + pair[1]).toList()
                + " length=" + length + " -> " + outcome(result));
        final int refusal = refusal(length, RESPONSE);
        if (refusal != 0) {
            watch.check(Invariant.PREFIX_WRITE, result == refusal,
                    () -> call("write", length, result) + ", expected " + outcome(refusal));
        } else {
            checkWrite(given, Math.min(length, MAX_COUNT), result);
        }
        return result;
    }

    /** Cookie and code of each response, as far as there is memory. */
    private List<int[]> responses(final int buffer, final int offset, final int length) {
        final List<int[]> given = new ArrayList<>();
        final int bytes = Math.min(Math.min(length, MAX_COUNT), mapped(buffer, offset));
        for (int at = 0; at + RESPONSE <= bytes; at += RESPONSE) {
            response.wrap(buffers.get(buffer), offset + at);
            given.add(new int[] {response.cookie(), response.code()});
        }
        return given;
    }

    private void checkWrite(final List<int[]> given, final int length, final int result) {
        int done = 0;
        int error = 0;
        Invariant invariant = Invariant.PREFIX_WRITE;
        while (done < length && error == 0) {
            final int place = done / RESPONSE;
            if (place < given.size()) {
                invariant = rule(given.get(place));
                error = answer(given.get(place));
            } else {
                error = -Errno.EFAULT;
            }
            done += error == 0 ? RESPONSE : 0;
        }
        watch.reachIf(RareState.SHORT_WRITE, done > 0 && error != 0);
        final int expected = done > 0 || error == 0 ? done : error;
        watch.check(length > RESPONSE ? Invariant.PREFIX_WRITE : invariant, result == expected,
                () -> call("write", length, result) + ", expected " + outcome(expected));
    }

    /** What a single response is about: whether its cookie is good, or what became of it. */
    private Invariant rule(final int[] given) {
        final boolean wasSpent = !mirror.read().containsKey(given[0]) && mirror.wasUsed(given[0]);
        return wasSpent || mirror.hadBadCode(given[0]) ? Invariant.COOKIE_SPENT : Invariant.ONE_PLACE;
    }

    private int answer(final int[] given) {
        if (!PageResponseFlyweight.isUserCode(given[1])) {
            watch.reach(RareState.BAD_CODE);
            mirror.badCode(given[0]);
            return -Errno.EINVAL;
        }
        if (!mirror.read().containsKey(given[0])) {
            mirror.missed(given[0]);
            return -Errno.EINVAL;
        }
        mirror.answer(given[0], given[1]);
        return 0;
    }

    @Override
    public int ready() {
        final int ready = file.ready();
        final int expected = mirror.isClosed() ? 0 : mirror.unread().isEmpty() ? WRITABLE : READABLE | WRITABLE;
        watch.check(Invariant.READY_BITS, ready == expected, () -> "object=" + number + " ready=" + ready
                + ", expected " + expected + " with " + mirror.unread());
        return ready;
    }

    @Override
    public FileShape shape() {
        return file.shape();
    }

    @Override
    public void close() {
        watch.event(() -> "close object=" + number);
        watch.reachIf(RareState.DEAD_WITH_UNREAD, !mirror.unread().isEmpty());
        watch.reachIf(RareState.DEAD_WITH_READ, !mirror.read().isEmpty());
        mirror.close();
        file.close();
    }

    private String call(final String name, final int length, final int result) {
        return name + " of " + length + " bytes from object=" + number + " returned " + outcome(result);
    }

    private static String outcome(final int result) {
        return result >= 0 ? Integer.toString(result) : "-" + Errno.name(-result);
    }
}
