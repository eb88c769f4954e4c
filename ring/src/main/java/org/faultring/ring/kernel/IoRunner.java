/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.IoRequest.Operation;

/**
 * What becomes of requests under way: tried, parked in a poll of their file, woken, tried again, handed to a thread of
 * the kernel, completed (io_uring/io_uring.c, poll.c). Each request is in one place at a time: among the armed polls,
 * in the task work, with the workers; a multishot request that is due is armed too.
 */
final class IoRunner {

    /** What came of arming a poll. */
    private enum Armed {
        PARKED, READY, OVER_BUDGET
    }

    private final IoFiles files;
    private final IoTries tries;
    private final CompletionQueue completions;
    private final Tally tally;
    private final IoRequestQueue free;
    /** Armed polls, oldest first. */
    private final IoRequestQueue armed;
    /** Task work: what the submitter does at its next call. */
    private final IoRequestQueue due;
    private final IoRequestQueue punted;
    /** A thread of the kernel is at work; it goes on with what is linked itself ({@code io_wq_free_work}). */
    private boolean isWorking;
    private IoRequest linked;

    IoRunner(final IoFiles files, final IoTries tries, final CompletionQueue completions, final int capacity,
            final Tally tally) {
        this.files = files;
        this.tries = tries;
        this.completions = completions;
        this.tally = tally;
        free = new IoRequestQueue(capacity);
        armed = new IoRequestQueue(capacity);
        due = new IoRequestQueue(capacity);
        punted = new IoRequestQueue(capacity);
        for (int i = 0; i < capacity; i++) {
            free.add(new IoRequest());
        }
    }

    int room() {
        return free.size();
    }

    /** A request from an entry; there must be room. */
    IoRequest begin(final IoRequest entry) {
        final IoRequest request = free.poll();
        request.begin(entry);
        return request;
    }

    void start(final IoRequest request) {
        request.wakes = 0;
        if (request.has(IoRing.ASYNC)) {
            punt(request);
        } else {
            tryInline(request);
        }
    }

    private void punt(final IoRequest request) {
        tally.increment(Counter.RING_HOPS);
        punted.add(request);
    }

    private void tryInline(final IoRequest request) {
        switch (request.operation) {
            case POLL, POLL_MULTISHOT -> addPoll(request);
            case CANCEL -> cancel(request);
            default -> {
                final int result = tries.tryNow(request);
                if (result == IoTries.AGAIN) {
                    park(request);
                } else {
                    complete(request, result);
                }
            }
        }
    }

    private void park(final IoRequest request) {
        switch (arm(request)) {
            case READY -> makeDue(request);
            case OVER_BUDGET -> punt(request);
            default -> {
                // Its file will wake it.
            }
        }
    }

    /** {@code io_arm_poll_handler}. */
    private Armed arm(final IoRequest request) {
        if (--request.pollsLeft == 0) {
            return Armed.OVER_BUDGET;
        }
        // The count first: what arrives after the look at the file moves it.
        request.seen = files.get(request.file).file().wakes().get();
        request.wakes = 0;
        final boolean isReady = tries.ready(request) != 0;
        if (request.isMultishot) {
            setArmed(request);
            if (isReady) {
                makeDue(request);
            }
            return Armed.PARKED;
        }
        if (isReady) {
            return Armed.READY;
        }
        setArmed(request);
        return Armed.PARKED;
    }

    private void setArmed(final IoRequest request) {
        request.isArmed = true;
        armed.add(request);
    }

    private void makeDue(final IoRequest request) {
        request.isDue = true;
        due.add(request);
    }

    /** {@code io_poll_add}. */
    private void addPoll(final IoRequest request) {
        final IoFiles.Entry entry = files.get(request.file);
        if (entry == null) {
            complete(request, -Errno.EBADF);
            return;
        }
        request.seen = entry.file().wakes().get();
        request.wakes = 0;
        final int ready = tries.ready(request);
        if (ready != 0 && !request.isMultishot) {
            complete(request, ready);
            return;
        }
        setArmed(request);
        if (ready != 0) {
            makeDue(request);
        }
    }

    /** The task work: what was woken, and what that leads to. Ends, since the polls of a request are limited. */
    void runDue() {
        collectWoken();
        for (IoRequest request = due.poll(); request != null; request = due.poll()) {
            request.isDue = false;
            if (request.isArmed) {
                runMultishot(request);
            } else if (request.operation == Operation.POLL && request.wakes > 0) {
                finishPoll(request);
            } else {
                start(request);
            }
        }
    }

    /** All that wait for a file are woken, and the newest first ({@code add_wait_queue}, kernel/sched/wait.c). */
    private void collectWoken() {
        for (int i = armed.size() - 1; i >= 0; i--) {
            final IoRequest request = armed.get(i);
            if (!request.isDue) {
                final long wakes = files.get(request.file).file().wakes().get();
                if (wakes != request.seen) {
                    tally.increment(Counter.RING_WAKES);
                    request.wakes = wakes - request.seen;
                    request.seen = wakes;
                    makeDue(request);
                    if (!request.isMultishot) {
                        request.isArmed = false;
                        armed.remove(i);
                    }
                }
            }
        }
    }

    /** Whether the file need not be asked: the wake-up said what it is for, and several were not folded into one. */
    private boolean isSure(final IoRequest request) {
        return request.wakes == 0 || request.wakes == 1 && files.get(request.file).isRefusing();
    }

    private void finishPoll(final IoRequest request) {
        final int ready = isSure(request) ? IoTries.wanted(request) & WakingFile.READABLE : tries.ready(request);
        if (ready == 0) {
            addPoll(request);
        } else {
            complete(request, ready);
        }
    }

    /** {@code io_poll_check_events} for a request that stays armed. */
    private void runMultishot(final IoRequest request) {
        if (request.operation == Operation.POLL_MULTISHOT) {
            repeatPoll(request);
            return;
        }
        boolean mayHaveMore = isSure(request) || tries.ready(request) != 0;
        while (mayHaveMore) {
            final int result = tries.tryNow(request);
            if (result != IoTries.AGAIN) {
                disarm(request);
                complete(request, result);
                return;
            }
            mayHaveMore = request.hasBrought && tries.ready(request) != 0;
        }
    }

    private void repeatPoll(final IoRequest request) {
        final int ready = tries.ready(request);
        if (ready != 0) {
            if (completions.tryPost(request.userData, ready, IoRing.MORE)) {
                tally.increment(Counter.RING_COMPLETIONS);
            } else {
                disarm(request);
                complete(request, ready);
            }
        }
    }

    private void disarm(final IoRequest request) {
        request.isArmed = false;
        armed.remove(request);
        if (request.isDue) {
            request.isDue = false;
            due.remove(request);
        }
    }

    /** {@code io_async_cancel}: what is armed or waits for a worker; links that have not started are not found. */
    private void cancel(final IoRequest request) {
        final IoRequest target = removeForCancel(request.target);
        complete(request, target == null ? -Errno.ENOENT : 0);
        if (target != null) {
            complete(target, -Errno.ECANCELED);
        }
    }

    private IoRequest removeForCancel(final long userData) {
        int index = armed.indexOf(userData);
        if (index >= 0) {
            final IoRequest target = armed.get(index);
            disarm(target);
            return target;
        }
        index = punted.indexOf(userData);
        if (index < 0) {
            return null;
        }
        final IoRequest target = punted.get(index);
        punted.remove(index);
        return target;
    }

    private void complete(final IoRequest request, final int result) {
        final boolean isFailed = isFailed(request, result);
        if (isFailed || !request.isQuiet) {
            post(request, result);
        }
        final boolean isSilent = isFailed && request.isQuiet;
        final IoRequest next = request.link;
        free.add(request);
        if (next != null && isFailed) {
            failLinks(next, isSilent);
        } else if (next != null && isWorking) {
            linked = next;
        } else if (next != null) {
            makeDue(next);
        }
    }

    /** A read or write that did less than was asked for counts as failed ({@code __io_complete_rw_common}). */
    private static boolean isFailed(final IoRequest request, final int result) {
        return result < 0 || result < request.length
                && (request.operation == Operation.READ || request.operation == Operation.WRITE);
    }

    private void post(final IoRequest request, final int result) {
        tally.increment(Counter.RING_COMPLETIONS);
        if (result == 0
                && (request.operation == Operation.READ || request.operation == Operation.READ_MULTISHOT)) {
            tally.increment(Counter.RING_SPURIOUS);
        }
        completions.post(request.userData, result, request.completionFlags);
    }

    /** {@code io_fail_links}. What follows a failed request that would have been quiet is quiet too. */
    private void failLinks(final IoRequest first, final boolean isSilent) {
        IoRequest request = first;
        while (request != null) {
            if (!isSilent) {
                post(request, -Errno.ECANCELED);
            }
            free.add(request);
            request = request.link;
        }
    }

    /** The threads of the kernel: what was handed to them before this call. */
    int runPunted() {
        final int count = punted.size();
        isWorking = true;
        for (int i = 0; i < count; i++) {
            IoRequest request = punted.poll();
            while (request != null) {
                linked = null;
                work(request);
                request = linked;
            }
        }
        isWorking = false;
        return count;
    }

    /** {@code io_wq_submit_work}. */
    private void work(final IoRequest request) {
        switch (request.operation) {
            case POLL, POLL_MULTISHOT -> addPoll(request);
            case CANCEL -> cancel(request);
            case READ_MULTISHOT -> workMultishot(request);
            default -> workOnce(request);
        }
    }

    /** It is armed from here but never read for; where that cannot be, it becomes a single read. */
    private void workMultishot(final IoRequest request) {
        final IoFiles.Entry entry = files.get(request.file);
        if (entry != null && entry.isTried() && request.isMultishot) {
            if (arm(request) == Armed.OVER_BUDGET) {
                complete(request, -Errno.ECANCELED);
            }
            return;
        }
        request.isMultishot = false;
        if (tries.holdBuffer(request)) {
            workOnce(request);
        } else {
            complete(request, -Errno.ENOBUFS);
        }
    }

    private void workOnce(final IoRequest request) {
        int result = IoTries.AGAIN;
        if (request.has(IoRing.ASYNC)) {
            result = tries.tryNow(request);
            if (result == IoTries.AGAIN && arm(request) == Armed.PARKED) {
                return;
            }
        }
        complete(request, result == IoTries.AGAIN ? tries.perform(request) : result);
    }

    void clear() {
        armed.clear();
        due.clear();
        punted.clear();
    }
}
