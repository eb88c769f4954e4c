/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/** io_uring_register(2): what is made known to the kernel before requests name it. */
final class UringRegistration {

    private final UringCalls calls;
    private final UringMemory memory;
    private final MemorySegment structure;
    /** A descriptor, or the address and length of memory ({@code struct iovec}). */
    private final MemorySegment value;

    UringRegistration(final UringCalls calls, final UringMemory memory) {
        this.calls = calls;
        this.memory = memory;
        structure = memory.structure(UringLayout.SYNC_CANCEL_BYTES);
        value = memory.structure(2 * Long.BYTES);
    }

    /** Make room for files, all missing. */
    void makeFileTable(final int slots) {
        makeTable("IORING_REGISTER_FILES2", UringLayout.REGISTER_FILES2, slots);
    }

    /** Make room for buffers, all missing. */
    void makeBufferTable(final int slots) {
        makeTable("IORING_REGISTER_BUFFERS2", UringLayout.REGISTER_BUFFERS2, slots);
    }

    private void makeTable(final String name, final int what, final int slots) {
        structure.fill((byte) 0);
        structure.set(JAVA_INT, UringLayout.RSRC_REGISTER_NR, slots);
        structure.set(JAVA_INT, UringLayout.RSRC_REGISTER_FLAGS, UringLayout.RSRC_REGISTER_SPARSE);
        call(name, what, UringLayout.RSRC_REGISTER_BYTES);
    }

    void putFile(final int slot, final int descriptor) {
        value.set(JAVA_INT, 0, descriptor);
        put("IORING_REGISTER_FILES_UPDATE2", UringLayout.REGISTER_FILES_UPDATE2, slot);
    }

    void putBuffer(final int slot, final long address, final long bytes) {
        value.set(JAVA_LONG, 0, address);
        value.set(JAVA_LONG, Long.BYTES, bytes);
        put("IORING_REGISTER_BUFFERS_UPDATE", UringLayout.REGISTER_BUFFERS_UPDATE, slot);
    }

    private void put(final String name, final int what, final int slot) {
        structure.fill((byte) 0);
        structure.set(JAVA_INT, UringLayout.RSRC_UPDATE2_OFFSET, slot);
        structure.set(JAVA_LONG, UringLayout.RSRC_UPDATE2_DATA, value.address());
        structure.set(JAVA_INT, UringLayout.RSRC_UPDATE2_NR, 1);
        call(name, what, UringLayout.RSRC_UPDATE2_BYTES);
    }

    void putBufferRing(final int group, final MemorySegment ring, final int count) {
        structure.fill((byte) 0);
        structure.set(JAVA_LONG, UringLayout.BUF_REG_RING_ADDR, ring.address());
        structure.set(JAVA_INT, UringLayout.BUF_REG_RING_ENTRIES, count);
        structure.set(JAVA_SHORT, UringLayout.BUF_REG_BGID, (short) group);
        call("IORING_REGISTER_PBUF_RING", UringLayout.REGISTER_PBUF_RING, 1);
    }

    /** At most so many threads of the kernel, for files on a disk and for others. */
    void limitWorkers(final int threads) {
        structure.set(JAVA_INT, 0, threads);
        structure.set(JAVA_INT, Integer.BYTES, threads);
        call("IORING_REGISTER_IOWQ_MAX_WORKERS", UringLayout.REGISTER_IOWQ_MAX_WORKERS, 2);
    }

    /** The calling thread is the one that submits from now on. */
    void enable() {
        SyscallException.check("IORING_REGISTER_ENABLE_RINGS",
                calls.register(memory.descriptor(), UringLayout.REGISTER_ENABLE_RINGS, 0, 0));
    }

    /**
     * End all requests, and wait for those that a thread of the kernel is in the middle of: none touches memory
     * afterwards. A kernel that does not have this, or another thread than the one that submits, leaves it to close(2).
     */
    void cancelAll() {
        structure.fill((byte) 0);
        structure.set(JAVA_INT, UringLayout.SYNC_CANCEL_FD, -1);
        structure.set(JAVA_INT, UringLayout.SYNC_CANCEL_FLAGS, UringLayout.CANCEL_ALL | UringLayout.CANCEL_ANY);
        structure.set(JAVA_LONG, UringLayout.SYNC_CANCEL_TIMEOUT, 1);
        structure.set(JAVA_LONG, UringLayout.SYNC_CANCEL_TIMEOUT + Long.BYTES, 0);
        calls.register(memory.descriptor(), UringLayout.REGISTER_SYNC_CANCEL, structure.address(), 1);
    }

    private void call(final String name, final int what, final int count) {
        SyscallException.check(name, calls.register(memory.descriptor(), what, structure.address(), count));
    }
}
