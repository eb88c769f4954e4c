/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.nio.ByteBuffer;

import org.faultring.ring.Checks;
import org.faultring.ring.RingMemory;

/**
 * Memory that software allocates and hardware reaches by physical address: one block from {@link #BASE_ADDRESS} up.
 *
 * <p>Allocation belongs to set-up, by one thread. Addresses may be translated by any thread; what is in the memory is
 * ordered by the registers that announce it.
 */
public final class DmaMemory {

    /** Physical address of the first byte: above 4 GiB, so that both halves of an address matter. */
    public static final long BASE_ADDRESS = 1L << 32;

    /** An address that hardware cannot reach. */
    public static final int UNREACHABLE = -1;

    private final ByteBuffer buffer;
    private int used;

    /**
     * A zeroed block.
     *
     * @param lengthBytes of the block, 4096 .. 2^29
     */
    public DmaMemory(final int lengthBytes) {
        buffer = RingMemory.allocate(Checks.range("lengthBytes", lengthBytes, 4096, 1 << 29));
    }

    /**
     * Take a piece of the block.
     *
     * @param lengthBytes    of the piece
     * @param alignmentBytes of its physical address, a power of two
     * @return physical address of the piece
     * @throws IllegalStateException if the block is used up
     */
    public long allocate(final int lengthBytes, final int alignmentBytes) {
        Checks.powerOfTwo("alignmentBytes", alignmentBytes, 1, 1 << 24);
        final int start = (used + alignmentBytes - 1) & -alignmentBytes;
        if (lengthBytes < 1 || start > buffer.capacity() - lengthBytes) {
            throw new IllegalStateException(
                    "lengthBytes=" + lengthBytes + " (expected: 1.." + (buffer.capacity() - start) + ")");
        }
        used = start + lengthBytes;
        return BASE_ADDRESS + start;
    }

    /**
     * Where a physical range lies in {@link #buffer()}.
     *
     * @param address     physical address of its first byte
     * @param lengthBytes of the range
     * @return byte index of the first byte, or {@link #UNREACHABLE}
     */
    public int offset(final long address, final int lengthBytes) {
        final long offset = address - BASE_ADDRESS;
        return offset < 0 || offset > buffer.capacity() - lengthBytes ? UNREACHABLE : (int) offset;
    }

    /**
     * The block.
     *
     * @return its bytes, little-endian
     */
    public ByteBuffer buffer() {
        return buffer;
    }
}
