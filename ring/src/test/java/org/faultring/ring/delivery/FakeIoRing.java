/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;

import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape.PostedRead;
import org.faultring.ring.file.IoRing;

/** A completion ring over one file that does everything when it is told to: at a submission, and at a wake-up. */
final class FakeIoRing implements IoRing {

    private enum Kind {
        READ, WRITE, POLL, POLL_MULTISHOT, READ_MULTISHOT, COMMIT_AND_FETCH, CANCEL
    }

    private record Request(Kind kind, int buffer, int offset, int length, int answers, int answersBytes, int flags,
            long userData) {}

    private record Completion(long userData, int result, int flags) {}

    private final FaultFile file;
    private final int submissions;
    private final int completionRoom;
    private final PostedRead postedRead;
    private final List<ByteBuffer> memory = new ArrayList<>();
    private final List<Integer> numbersInFile = new ArrayList<>();
    private final Deque<Request> prepared = new ArrayDeque<>();
    private final List<Request> posted = new ArrayList<>();
    private final Queue<Completion> completed = new ArrayDeque<>();
    private final Queue<Completion> aside = new ArrayDeque<>();
    private final Queue<Integer> freeBuffers = new ArrayDeque<>();
    private int providedMemory;
    private int providedBytes;
    private long overflowed;
    private int submitCalls;
    private int outOfBuffers;

    FakeIoRing(final FaultFile file, final int submissions, final int completionRoom, final PostedRead postedRead) {
        this.file = file;
        this.submissions = submissions;
        this.completionRoom = completionRoom;
        this.postedRead = postedRead;
    }

    @Override
    public int registerFile(final FaultFile newFile) {
        if (newFile != file) {
            throw new IllegalArgumentException("file=" + newFile + " (expected: the one of the ring)");
        }
        return 0;
    }

    @Override
    public int registerBuffer(final ByteBuffer buffer) {
        memory.add(buffer);
        numbersInFile.add(file.register(buffer));
        return memory.size() - 1;
    }

    @Override
    public int provideBuffers(final int buffer, final int offset, final int lengthBytes, final int count) {
        providedMemory = buffer;
        providedBytes = lengthBytes;
        for (int i = 0; i < count; i++) {
            freeBuffers.add(i);
        }
        return 0;
    }

    @Override
    public void returnBuffer(final int group, final int number) {
        freeBuffers.add(number);
    }

    private boolean prepare(final Request request) {
        return prepared.size() < submissions && prepared.add(request);
    }

    @Override
    public boolean prepareRead(final int number, final int buffer, final int offset, final int length,
            final int flags, final long userData) {
        return prepare(new Request(Kind.READ, buffer, offset, length, 0, 0, flags, userData));
    }

    @Override
    public boolean prepareWrite(final int number, final int buffer, final int offset, final int length,
            final int flags, final long userData) {
        return prepare(new Request(Kind.WRITE, buffer, offset, length, 0, 0, flags, userData));
    }

    @Override
    public boolean preparePoll(final int number, final int events, final int flags, final long userData) {
        return prepare(new Request(Kind.POLL, 0, 0, 0, 0, 0, flags, userData));
    }

    @Override
    public boolean preparePollMultishot(final int number, final int events, final long userData) {
        return prepare(new Request(Kind.POLL_MULTISHOT, 0, 0, 0, 0, 0, 0, userData));
    }

    @Override
    public boolean prepareReadMultishot(final int number, final int group, final int flags, final long userData) {
        return prepare(new Request(Kind.READ_MULTISHOT, providedMemory, 0, providedBytes, 0, 0, flags, userData));
    }

    @Override
    public boolean prepareCommitAndFetch(final int number, final int buffer, final int answers,
            final int answersBytes, final int records, final int recordsBytes, final long userData) {
        return prepare(new Request(Kind.COMMIT_AND_FETCH, buffer, records, recordsBytes, answers, answersBytes, 0,
                userData));
    }

    @Override
    public boolean prepareCancel(final long target, final long userData) {
        return prepare(new Request(Kind.CANCEL, 0, 0, 0, 0, 0, 0, userData));
    }

    @Override
    public int unsubmitted() {
        return prepared.size();
    }

    @Override
    public int submit() {
        submitCalls++;
        flush();
        if (!aside.isEmpty()) {
            return -Errno.EBUSY;
        }
        int taken = 0;
        while (!prepared.isEmpty()) {
            final Request request = prepared.remove();
            taken++;
            if (request.kind == Kind.POLL && (request.flags & LINK) != 0 && !prepared.isEmpty()) {
                taken++;
                posted.add(request);
                posted.add(prepared.remove());
            } else {
                start(request);
            }
        }
        wake();
        return taken;
    }

    private void start(final Request request) {
        switch (request.kind) {
            case WRITE -> complete(request.userData, file.write(numbersInFile.get(request.buffer), request.offset,
                    request.length), 0);
            case COMMIT_AND_FETCH -> commit(request);
            default -> posted.add(request);
        }
    }

    private void commit(final Request request) {
        final int taken = request.answersBytes == 0 ? 0
                : file.write(numbersInFile.get(request.buffer), request.answers, request.answersBytes);
        if (taken == request.answersBytes) {
            posted.add(request);
        } else {
            complete(~request.userData, taken, 0);
        }
    }

    /** The file has something, or seemed to. */
    void wake() {
        final boolean isSpurious = (file.ready() & FaultFile.READABLE) == 0;
        if (!isSpurious) {
            wakeAll();
        }
    }

    /** All that is posted looks at the file, though there may be nothing. */
    void wakeAll() {
        final List<Request> awake = List.copyOf(posted);
        posted.clear();
        boolean isChained = false;
        for (int i = 0; i < awake.size(); i++) {
            final Request request = awake.get(i);
            switch (request.kind) {
                case POLL -> {
                    complete(request.userData, file.ready(), 0);
                    isChained = (request.flags & LINK) != 0;
                }
                case READ_MULTISHOT -> readOn(request);
                default -> {
                    if (postedRead == PostedRead.PARKS && !isChained && (file.ready() & FaultFile.READABLE) == 0) {
                        posted.add(request);
                    } else {
                        complete(request.userData,
                                file.read(numbersInFile.get(request.buffer), request.offset, request.length), 0);
                    }
                    isChained = false;
                }
            }
        }
    }

    private void readOn(final Request request) {
        while (true) {
            if (freeBuffers.isEmpty()) {
                outOfBuffers++;
                complete(request.userData, -Errno.ENOBUFS, 0);
                return;
            }
            final int buffer = freeBuffers.remove();
            final int bytes = file.read(numbersInFile.get(providedMemory), buffer * providedBytes, providedBytes);
            if (bytes <= 0) {
                freeBuffers.add(buffer);
                complete(request.userData, bytes, 0);
                return;
            }
            final boolean stays = completed.size() < completionRoom - 1;
            complete(request.userData, bytes, HAS_BUFFER | buffer << BUFFER_SHIFT | (stays ? MORE : 0));
            if (!stays) {
                return;
            }
            if ((file.ready() & FaultFile.READABLE) == 0) {
                posted.add(request);
                return;
            }
        }
    }

    private void complete(final long userData, final int result, final int flags) {
        if (completed.size() < completionRoom && aside.isEmpty()) {
            completed.add(new Completion(userData, result, flags));
        } else {
            overflowed++;
            aside.add(new Completion(userData, result, flags));
        }
    }

    private void flush() {
        while (!aside.isEmpty() && completed.size() < completionRoom) {
            completed.add(aside.remove());
        }
    }

    @Override
    public int completions() {
        flush();
        return completed.size();
    }

    @Override
    public int forEachCompletion(final CompletionHandler handler, final int limit) {
        int taken = 0;
        flush();
        while (taken < limit && !completed.isEmpty()) {
            final Completion completion = completed.remove();
            handler.onCompletion(completion.userData, completion.result, completion.flags);
            taken++;
        }
        flush();
        return taken;
    }

    @Override
    public long overflowed() {
        return overflowed;
    }

    int submitCalls() {
        return submitCalls;
    }

    /** Times a multishot read found no buffer. */
    int outOfBuffers() {
        return outOfBuffers;
    }

    /** Requests that wait for the file. */
    int posted() {
        return posted.size();
    }

    @Override
    public void close() {
        posted.clear();
        prepared.clear();
    }
}
