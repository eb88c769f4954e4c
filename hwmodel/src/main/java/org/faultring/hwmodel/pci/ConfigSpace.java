/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import org.faultring.ring.Checks;

/**
 * The 4 KiB of configuration space of a function, as far as its extended capabilities go: a list that begins at 0x100,
 * each block under a header.
 *
 * <pre>
 *  31                    20 19     16 15                            0
 *  +-----------------------+---------+-------------------------------+
 *  |  offset of the next   | version |         capability ID         | 0x00
 *  +-----------------------+---------+-------------------------------+
 * </pre>
 *
 * <p>Read and written by offset, 8, 16 or 32 bits at a time, as a bus does it. What is not defined reads 0 and ignores
 * writes. See {@link ExtendedCapability} for who may access it when.
 */
public final class ConfigSpace {

    /** Length of the space. */
    public static final int LENGTH_BYTES = 4096;
    /** Where the list of extended capabilities begins ({@code PCI_CFG_SPACE_SIZE}). */
    public static final int FIRST_OFFSET = 0x100;
    /** What {@link #find} gives if there is none. */
    public static final int NOT_FOUND = 0;

    private static final int VERSION = 1;
    private static final int VERSION_SHIFT = 16;
    private static final int NEXT_SHIFT = 20;

    /** Block of each 32-bit word, or null. */
    private final ExtendedCapability[] blocks = new ExtendedCapability[LENGTH_BYTES / Integer.BYTES];
    /** Offset at which the block of each word begins. */
    private final int[] starts = new int[blocks.length];
    private final int[] headers = new int[blocks.length];
    private int last;
    private int end = FIRST_OFFSET;

    /** A space without capabilities. */
    public ConfigSpace() {}

    /**
     * Set-up: put a capability behind the others.
     *
     * @param capability the block
     * @return offset of its header
     * @throws IllegalArgumentException if the space has no room, or has a capability of that kind
     */
    public int add(final ExtendedCapability capability) {
        final int start = end;
        Checks.range("lengthBytes", capability.lengthBytes(), Integer.BYTES, LENGTH_BYTES - start);
        if (find(capability.id()) != NOT_FOUND) {
            throw new IllegalArgumentException(
                    "id=0x" + Integer.toHexString(capability.id()) + " (expected: once in a space)");
        }
        end = start + capability.lengthBytes();
        for (int offset = start; offset < end; offset += Integer.BYTES) {
            blocks[offset / Integer.BYTES] = capability;
            starts[offset / Integer.BYTES] = start;
        }
        headers[start / Integer.BYTES] = capability.id() | VERSION << VERSION_SHIFT;
        if (last != 0) {
            headers[last / Integer.BYTES] |= start << NEXT_SHIFT;
        }
        last = start;
        return start;
    }

    /**
     * Walk the list as software does ({@code pci_find_ext_capability}, drivers/pci/pci.c).
     *
     * @param id capability ID
     * @return offset of its header, or {@link #NOT_FOUND}
     */
    public int find(final int id) {
        int offset = FIRST_OFFSET;
        while (offset != 0) {
            final int header = read32(offset);
            if (header != 0 && (header & 0xFFFF) == id) {
                return offset;
            }
            offset = header >>> NEXT_SHIFT;
        }
        return NOT_FOUND;
    }

    /** The function is reset: every capability gets its first values. */
    public void functionReset() {
        for (int offset = FIRST_OFFSET; offset < end; offset += Integer.BYTES) {
            final int word = offset / Integer.BYTES;
            if (starts[word] == offset) {
                blocks[word].functionReset();
            }
        }
    }

    /**
     * Read 8 bits.
     *
     * @param offset any
     * @return 0..255
     */
    public int read8(final int offset) {
        return read(offset, Byte.BYTES);
    }

    /**
     * Read 16 bits.
     *
     * @param offset a multiple of 2
     * @return 0..65535
     */
    public int read16(final int offset) {
        return read(offset, Short.BYTES);
    }

    /**
     * Read 32 bits.
     *
     * @param offset a multiple of 4
     * @return the bits
     */
    public int read32(final int offset) {
        return read(offset, Integer.BYTES);
    }

    /**
     * Write 8 bits.
     *
     * @param offset any
     * @param value  bits 7:0 are written
     */
    public void write8(final int offset, final int value) {
        write(offset, value, Byte.BYTES);
    }

    /**
     * Write 16 bits.
     *
     * @param offset a multiple of 2
     * @param value  bits 15:0 are written
     */
    public void write16(final int offset, final int value) {
        write(offset, value, Short.BYTES);
    }

    /**
     * Write 32 bits.
     *
     * @param offset a multiple of 4
     * @param value  to write
     */
    public void write32(final int offset, final int value) {
        write(offset, value, Integer.BYTES);
    }

    private int read(final int offset, final int bytes) {
        final int word = word(offset, bytes);
        final ExtendedCapability block = blocks[word];
        if (block == null) {
            return 0;
        }
        final int inBlock = word * Integer.BYTES - starts[word];
        final int bits = inBlock == 0 ? headers[word] : block.read(inBlock);
        return bits >>> shift(offset) & mask(bytes);
    }

    private void write(final int offset, final int value, final int bytes) {
        final int word = word(offset, bytes);
        final ExtendedCapability block = blocks[word];
        final int inBlock = word * Integer.BYTES - starts[word];
        if (block != null && inBlock != 0) {
            block.write(inBlock, value << shift(offset), mask(bytes) << shift(offset));
        }
    }

    private static int shift(final int offset) {
        return (offset & Integer.BYTES - 1) * Byte.SIZE;
    }

    private static int mask(final int bytes) {
        return -1 >>> Integer.SIZE - bytes * Byte.SIZE;
    }

    private static int word(final int offset, final int bytes) {
        if ((offset & bytes - 1) != 0 || offset < 0 || offset >= LENGTH_BYTES) {
            throw new IllegalArgumentException("offset=0x" + Integer.toHexString(offset) + " (expected: a multiple of "
                    + bytes + ", below 0x" + Integer.toHexString(LENGTH_BYTES) + ")");
        }
        return offset / Integer.BYTES;
    }
}
