/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.faultring.bench.linux.DescriptorFile;
import org.faultring.bench.linux.IoUring;
import org.faultring.bench.linux.IoUringAvailability;
import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.linux.Syscalls;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What io_uring does with requests on a fault file whose kernel refuses non-blocking tries of a blocking file
 * (io_uring/rw.c, drivers/iommu/iommufd/eventq.c of Linux 7.2).
 */
class IoUringOnFaultFileTest extends RulesContract {

    private static final int FAULTS = 5;
    private static final int BUFFER_BYTES = 102 * RECORD;
    private static final int BUFFERS = 8;
    private static final long LONG_NANOS = 60_000_000_000L;

    /** One completion. */
    private record Completion(long userData, int result, int flags) {
        boolean hasMore() {
            return (flags & IoUring.MORE) != 0;
        }
    }

    private final ByteBuffer memory = ByteBuffer.allocateDirect(BUFFERS * BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Completion> done = new ArrayList<>();
    private IoUring ring;
    private FaultQueue queue;
    private MockDevice device;
    private int file;
    private int buffer;

    private void open(final int fileFlags) {
        onLinuxAlone("io_uring is asked");
        final IoUringAvailability availability = IoUringAvailability.find(IoUringSettings.DEFAULT);
        assumeTrue(availability.isAvailable(), availability.sentence());
        queue = faultQueue();
        device = attached(queue);
        final int descriptor = ((DescriptorFile) queue.file).descriptor();
        assertEquals(0, new Syscalls().fcntl(descriptor, Syscalls.F_SETFL, Syscalls.O_RDWR | fileFlags));
        ring = new IoUring(IoUringSettings.DEFAULT.withEntries(16, 32));
        file = ring.registerFile(queue.file);
        buffer = ring.registerBuffer(memory);
    }

    @AfterEach
    void closeRing() {
        if (ring != null) {
            ring.close();
        }
    }

    /** Wait until there are so many completions in all. */
    private List<Completion> await(final int count) {
        while (done.size() < count) {
            assertTrue(ring.enter(1, LONG_NANOS) >= 0);
            assertTrue(take() > 0, () -> "completions " + done + ", expected " + count);
        }
        assertEquals(count, done.size());
        return done;
    }

    private int take() {
        return ring.forEachCompletion((userData, result, flags) -> done.add(new Completion(userData, result, flags)),
                32);
    }

    private void post(final int reads, final int flags) {
        for (int i = 0; i < reads; i++) {
            assertTrue(ring.prepareRead(file, buffer, i * BUFFER_BYTES, BUFFER_BYTES, flags, i));
        }
        assertEquals(reads, ring.submit());
    }

    private long withRecord() {
        return done.stream().filter(completion -> completion.result() == RECORD).count();
    }

    @Test
    void shouldEndAReadAtOnceOnANonBlockingFile() {
        open(Syscalls.O_NONBLOCK);
        post(1, 0);
        assertEquals(0, await(1).get(0).result());
        post(1, IoUring.ASYNC);
        assertEquals(0, await(2).get(1).result());
    }

    @Test
    void shouldReadInlineWhatIsThereOnANonBlockingFile() {
        open(Syscalls.O_NONBLOCK);
        raise(device, 1);
        post(1, 0);
        assertEquals(RECORD, await(1).get(0).result());
    }

    @Test
    void shouldCompleteAPostedReadOnABlockingFile() {
        open(0);
        post(1, 0);
        assertEquals(0, ring.completions());
        raise(device, 1);
        assertEquals(RECORD, await(1).get(0).result());
    }

    @Test
    void shouldWakeAllPostedReadsOnABlockingFile() {
        open(0);
        post(BUFFERS, 0);
        assertEquals(0, ring.completions());
        raise(device, 1);
        await(BUFFERS);
        assertEquals(1, withRecord());
        assertEquals(BUFFERS - 1, done.stream().filter(completion -> completion.result() == 0).count());
    }

    @Test
    void shouldCompleteOneReadForEachFaultWhenAnotherThreadDoesThem() {
        open(0);
        post(BUFFERS, IoUring.ASYNC);
        for (int i = 1; i <= FAULTS; i++) {
            raise(device, i);
            await(i);
        }
        assertEquals(FAULTS, withRecord());
    }

    @Test
    void shouldReadAfterALinkedPollOnANonBlockingFile() {
        open(Syscalls.O_NONBLOCK);
        for (int i = 1; i <= FAULTS; i++) {
            assertTrue(ring.preparePoll(file, FaultFile.READABLE, IoUring.LINK, 100));
            assertTrue(ring.prepareRead(file, buffer, 0, BUFFER_BYTES, 0, 200));
            assertEquals(2, ring.submit());
            assertEquals(0, ring.completions());
            raise(device, i);
            await(2 * i);
            assertEquals(new Completion(200, RECORD, 0), done.get(2 * i - 1));
        }
    }

    @Test
    void shouldStayArmedWhenAnotherThreadArmsAMultishotReadOfANonBlockingFile() {
        open(Syscalls.O_NONBLOCK);
        assumeTrue(ring.canReadMultishot(), "this kernel has no IORING_OP_READ_MULTISHOT");
        final int group = ring.provideBuffers(buffer, 0, BUFFER_BYTES, BUFFERS);
        // Armed by io-wq: a fault raised before that is read there, and does not arm for good.
        assertTrue(ring.prepareReadMultishot(file, group, IoUring.ASYNC, 1));
        assertEquals(1, ring.submit());
        ring.enter(1, 100_000_000);
        for (int i = 1; i <= FAULTS; i++) {
            raise(device, i);
            final Completion one = await(i).get(i - 1);
            assertEquals(RECORD, one.result());
            assertTrue(one.hasMore());
            ring.returnBuffer(group, one.flags() >>> IoUring.BUFFER_SHIFT);
        }
    }

    @Test
    void shouldEndAMultishotReadOfAnEmptyNonBlockingFile() {
        open(Syscalls.O_NONBLOCK);
        assumeTrue(ring.canReadMultishot(), "this kernel has no IORING_OP_READ_MULTISHOT");
        final int group = ring.provideBuffers(buffer, 0, BUFFER_BYTES, BUFFERS);
        assertTrue(ring.prepareReadMultishot(file, group, 0, 1));
        ring.submit();
        final Completion end = await(1).get(0);
        assertEquals(0, end.result());
        assertFalse(end.hasMore());
    }

    @Test
    void shouldWriteAnswersOnBothKindsOfFile() {
        for (final int flags : new int[] {0, Syscalls.O_NONBLOCK}) {
            open(flags);
            raise(device, 1);
            answer(queue.readOne().cookie());
            assertTrue(ring.prepareWrite(file, buffer, 0, RESPONSE, 0, 7));
            assertEquals(RESPONSE, await(1).get(0).result());
            done.clear();
            ring.close();
        }
    }

    private void answer(final int cookie) {
        new PageResponseFlyweight().wrap(memory, 0).set(cookie, SUCCESS);
    }

    @Test
    void shouldCommitAnswersAndFetchFaults() {
        open(Syscalls.O_NONBLOCK);
        raise(device, 1, 2);
        answer(queue.readOne().cookie());
        assertTrue(ring.prepareCommitAndFetch(file, buffer, 0, RESPONSE, BUFFER_BYTES, BUFFER_BYTES, 3));
        assertEquals(new Completion(3, RECORD, 0), await(1).get(0));
        answer(NOBODY);
        assertTrue(ring.prepareCommitAndFetch(file, buffer, 0, RESPONSE, BUFFER_BYTES, BUFFER_BYTES, 4));
        assertTrue(await(2).get(1).result() < 0, "the answer named nobody");
    }
}
