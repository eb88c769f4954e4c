/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.ring.Checks;
import org.faultring.ring.counter.Tally;

/**
 * The memory-mapped registers of a device: read and written by byte offset, 32 or 64 bits at a time, as a bus does it.
 *
 * <p>A 64-bit register can be read in halves. A write of a half keeps the other half as a read gives it. What is not
 * defined reads 0 and ignores writes. Defining belongs to set-up.
 */
public final class RegisterFile {

    private final Register[] registers;
    /** Byte offset at which the register of each 32-bit word begins. */
    private final int[] starts;

    /**
     * An empty page of registers.
     *
     * @param lengthBytes of the page, a power of two, 16 .. 2^20
     */
    public RegisterFile(final int lengthBytes) {
        Checks.powerOfTwo("lengthBytes", lengthBytes, 16, 1 << 20);
        registers = new Register[lengthBytes / Integer.BYTES];
        starts = new int[registers.length];
    }

    /**
     * Define a 32-bit register.
     *
     * @param offset   of the register, a multiple of 4
     * @param register behind it
     */
    public void define32(final int offset, final Register register) {
        checkFree(offset);
        define(offset, register, offset);
    }

    /**
     * Define a 64-bit register.
     *
     * @param offset   of the register, a multiple of 8
     * @param register behind it
     */
    public void define64(final int offset, final Register register) {
        checkFree(offset);
        checkFree(offset + Integer.BYTES);
        define(offset, register, offset);
        define(offset + Integer.BYTES, register, offset);
    }

    private void checkFree(final int offset) {
        if (registers[word(offset)] != null) {
            throw new IllegalStateException("offset=0x" + Integer.toHexString(offset) + " is defined already");
        }
    }

    private void define(final int offset, final Register register, final int start) {
        registers[word(offset)] = register;
        starts[word(offset)] = start;
    }

    /**
     * Set-up, before software takes {@linkplain #register single registers} from here: count what software does to the
     * registers, each access of a register once. Hardware does not come this way.
     *
     * @param tally of the world of the software
     */
    public void countIn(final Tally tally) {
        for (int word = 0; word < registers.length; word++) {
            if (registers[word] != null && starts[word] == word * Integer.BYTES) {
                final Register counted = new CountedRegister(registers[word], tally);
                if (isLowHalf(starts[word])) {
                    registers[word + 1] = counted;
                }
                registers[word] = counted;
            }
        }
    }

    /**
     * Set-up: one register by itself, for whoever accesses it so often that the way over the page counts.
     *
     * @param offset at which a defined register begins
     * @return the register; its reads and writes are those of its full width
     */
    public Register register(final int offset) {
        final Register register = registers[word(offset)];
        if (register == null || starts[word(offset)] != offset) {
            throw new IllegalArgumentException(
                    "offset=0x" + Integer.toHexString(offset) + " (expected: that of a defined register)");
        }
        return register;
    }

    /**
     * Read 32 bits.
     *
     * @param offset a multiple of 4
     * @return the bits
     */
    public int read32(final int offset) {
        final Register register = registers[word(offset)];
        return register == null ? 0 : (int) (register.read() >>> shift(offset));
    }

    /**
     * Read 64 bits.
     *
     * @param offset a multiple of 8
     * @return the bits
     */
    public long read64(final int offset) {
        final Register register = registers[word(offset)];
        return isLowHalf(offset) ? register.read()
                : read32(offset) & 0xFFFFFFFFL | (long) read32(offset + Integer.BYTES) << Integer.SIZE;
    }

    /**
     * Write 32 bits.
     *
     * @param offset a multiple of 4
     * @param value  to write
     */
    public void write32(final int offset, final int value) {
        final int word = word(offset);
        final Register register = registers[word];
        if (register == null) {
            return;
        }
        final boolean isHalf = shift(offset) != 0 || isLowHalf(offset);
        if (isHalf) {
            final long mask = 0xFFFFFFFFL << shift(offset);
            register.write(register.read() & ~mask | (long) value << shift(offset) & mask);
        } else {
            register.write(value & 0xFFFFFFFFL);
        }
    }

    /**
     * Write 64 bits.
     *
     * @param offset a multiple of 8
     * @param value  to write
     */
    public void write64(final int offset, final long value) {
        final Register register = registers[word(offset)];
        if (isLowHalf(offset)) {
            register.write(value);
        } else {
            write32(offset, (int) value);
            write32(offset + Integer.BYTES, (int) (value >>> Integer.SIZE));
        }
    }

    private boolean isLowHalf(final int offset) {
        final int word = word(offset);
        return word + 1 < registers.length && registers[word] != null && registers[word + 1] != null
                && starts[word] == offset && starts[word + 1] == offset;
    }

    private int shift(final int offset) {
        return (offset - starts[word(offset)]) * Byte.SIZE;
    }

    private int word(final int offset) {
        if ((offset & Integer.BYTES - 1) != 0 || offset < 0 || offset >= registers.length * Integer.BYTES) {
            throw new IllegalArgumentException("offset=0x" + Integer.toHexString(offset)
                    + " (expected: a multiple of 4, below 0x" + Integer.toHexString(registers.length * Integer.BYTES)
                    + ")");
        }
        return offset / Integer.BYTES;
    }
}
