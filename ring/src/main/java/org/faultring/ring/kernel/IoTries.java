/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;

/**
 * What a request does on its file, without waiting and with ({@code io_read}, {@code io_write}, {@code io_read_mshot},
 * io_uring/rw.c). Nothing here waits: also the call that may wait finds a file that never blocks.
 */
final class IoTries {

    /** No result: the request has to wait. */
    static final int AGAIN = Integer.MIN_VALUE;

    private final IoFiles files;
    private final CompletionQueue completions;
    private final Tally tally;
    private ProvidedBuffers[] groups = {};

    IoTries(final IoFiles files, final CompletionQueue completions, final Tally tally) {
        this.files = files;
        this.completions = completions;
        this.tally = tally;
    }

    /** Set-up: a group of buffers. */
    int provide(final ProvidedBuffers buffers) {
        groups = Arrays.copyOf(groups, groups.length + 1);
        groups[groups.length - 1] = buffers;
        return groups.length - 1;
    }

    ProvidedBuffers group(final int number) {
        return groups[Checks.range("group", number, 0, groups.length - 1)];
    }

    /** Ready bits that a request waits for. */
    static int wanted(final IoRequest request) {
        return switch (request.operation) {
            case READ, READ_MULTISHOT -> FaultFile.READABLE;
            case WRITE -> FaultFile.WRITABLE;
            default -> request.events;
        };
    }

    int ready(final IoRequest request) {
        return files.get(request.file).file().ready() & wanted(request);
    }

    /**
     * Try a read or a write that must not wait.
     *
     * @return its result, or {@link #AGAIN}
     */
    int tryNow(final IoRequest request) {
        final IoFiles.Entry entry = files.get(request.file);
        if (entry == null) {
            return -Errno.EBADF;
        }
        request.hasBrought = false;
        final int result = request.operation == IoRequest.Operation.READ_MULTISHOT
                ? tryMultishot(request, entry)
                : tryOnce(request, entry);
        if (result == AGAIN) {
            // The first try of a request has to be made.
            if (request.wasTried && !request.hasBrought) {
                tally.increment(Counter.RING_RETRIES);
            }
            request.wasTried = true;
        }
        return result;
    }

    private static int tryOnce(final IoRequest request, final IoFiles.Entry entry) {
        if (!entry.isTried()) {
            return AGAIN;
        }
        return request.operation == IoRequest.Operation.WRITE
                ? write(request, entry)
                : orAgain(entry, read(request, entry));
    }

    /** A read that found nothing: 0, or that it has to wait. */
    private static int orAgain(final IoFiles.Entry entry, final int result) {
        return result == 0 && entry.isRefusing() ? AGAIN : result;
    }

    private int tryMultishot(final IoRequest request, final IoFiles.Entry entry) {
        if (noBuffer(request)) {
            return -Errno.ENOBUFS;
        }
        if (!entry.isTried()) {
            // The buffer is given back.
            return AGAIN;
        }
        final ProvidedBuffers group = groups[request.buffer];
        final int number = group.first();
        final int result = orAgain(entry, readInto(group, number, entry));
        if (result <= 0) {
            return result;
        }
        take(request, group, number);
        if (!request.isMultishot
                || !completions.tryPost(request.userData, result, request.completionFlags | IoRing.MORE)) {
            return result;
        }
        tally.increment(Counter.RING_COMPLETIONS);
        request.completionFlags = 0;
        request.hasBrought = true;
        return AGAIN;
    }

    private static void take(final IoRequest request, final ProvidedBuffers group, final int number) {
        group.take();
        request.completionFlags = IoRing.HAS_BUFFER | number << IoRing.BUFFER_SHIFT;
    }

    private boolean noBuffer(final IoRequest request) {
        return request.buffer < 0 || request.buffer >= groups.length || groups[request.buffer].isEmpty();
    }

    /**
     * Do a read or a write, with leave to wait.
     *
     * @return its result
     */
    int perform(final IoRequest request) {
        final IoFiles.Entry entry = files.get(request.file);
        if (entry == null) {
            return -Errno.EBADF;
        }
        return switch (request.operation) {
            case WRITE -> write(request, entry);
            case READ_MULTISHOT -> performWithBuffer(request, entry);
            default -> read(request, entry);
        };
    }

    private int performWithBuffer(final IoRequest request, final IoFiles.Entry entry) {
        if (!holdBuffer(request)) {
            return -Errno.ENOBUFS;
        }
        return readInto(groups[request.buffer], request.completionFlags >>> IoRing.BUFFER_SHIFT, entry);
    }

    /**
     * A thread of the kernel takes a buffer for good before it tries, so the completion has it whatever the result
     * ({@code io_ring_buffer_select}, io_uring/kbuf.c).
     *
     * @return false if there is none
     */
    boolean holdBuffer(final IoRequest request) {
        if (request.completionFlags == 0) {
            if (noBuffer(request)) {
                return false;
            }
            final ProvidedBuffers group = groups[request.buffer];
            take(request, group, group.first());
        }
        return true;
    }

    private static int read(final IoRequest request, final IoFiles.Entry entry) {
        return entry.file().read(entry.number(request.buffer), request.offset, request.length);
    }

    private static int readInto(final ProvidedBuffers group, final int number, final IoFiles.Entry entry) {
        return entry.file().read(entry.number(group.memory), group.offsetOf(number), group.lengthBytes);
    }

    private static int write(final IoRequest request, final IoFiles.Entry entry) {
        return entry.file().write(entry.number(request.buffer), request.offset, request.length);
    }
}
