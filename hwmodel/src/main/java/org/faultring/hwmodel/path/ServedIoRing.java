/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.nio.ByteBuffer;

import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.IoWorkers;
import org.faultring.ring.kernel.ModelIoRing;

/**
 * A ring of the model whose kernel threads do what was handed to them as soon as the ring's user looks: they belong to
 * the user's thread, and a user that waits for their completions would wait for ever if they waited for its turn.
 */
final class ServedIoRing implements IoRing {

    private final ModelIoRing ring;
    private final IoWorkers workers;

    ServedIoRing(final ModelIoRing ring) {
        this.ring = ring;
        workers = ring.workers();
    }

    @Override
    public int submit() {
        final int taken = ring.submit();
        workers.doWork();
        return taken;
    }

    @Override
    public int completions() {
        final int before = ring.completions();
        return workers.doWork() == 0 ? before : ring.completions();
    }

    @Override
    public int forEachCompletion(final CompletionHandler handler, final int limit) {
        return completions() == 0 ? 0 : ring.forEachCompletion(handler, limit);
    }

    @Override
    public int registerFile(final FaultFile file) {
        return ring.registerFile(file);
    }

    @Override
    public int registerBuffer(final ByteBuffer buffer) {
        return ring.registerBuffer(buffer);
    }

    @Override
    public int provideBuffers(final int buffer, final int offset, final int lengthBytes, final int count) {
        return ring.provideBuffers(buffer, offset, lengthBytes, count);
    }

    @Override
    public void returnBuffer(final int group, final int number) {
        ring.returnBuffer(group, number);
    }

    @Override
    public boolean prepareRead(final int file, final int buffer, final int offset, final int length, final int flags,
            final long userData) {
        return ring.prepareRead(file, buffer, offset, length, flags, userData);
    }

    @Override
    public boolean prepareWrite(final int file, final int buffer, final int offset, final int length,
            final int flags, final long userData) {
        return ring.prepareWrite(file, buffer, offset, length, flags, userData);
    }

    @Override
    public boolean preparePoll(final int file, final int events, final int flags, final long userData) {
        return ring.preparePoll(file, events, flags, userData);
    }

    @Override
    public boolean preparePollMultishot(final int file, final int events, final long userData) {
        return ring.preparePollMultishot(file, events, userData);
    }

    @Override
    public boolean prepareReadMultishot(final int file, final int group, final int flags, final long userData) {
        return ring.prepareReadMultishot(file, group, flags, userData);
    }

    @Override
    public boolean prepareCommitAndFetch(final int file, final int buffer, final int answers, final int answersBytes,
            final int records, final int recordsBytes, final long userData) {
        return ring.prepareCommitAndFetch(file, buffer, answers, answersBytes, records, recordsBytes, userData);
    }

    @Override
    public boolean prepareCancel(final long target, final long userData) {
        return ring.prepareCancel(target, userData);
    }

    @Override
    public int unsubmitted() {
        return ring.unsubmitted();
    }

    @Override
    public long overflowed() {
        return ring.overflowed();
    }

    @Override
    public void close() {
        ring.close();
    }
}
