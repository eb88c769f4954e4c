/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads and writes words of a buffer in little-endian order, whatever order the buffer itself is set to.
 *
 * <p>The memory order of an access is the end of its name: none is plain, {@code Opaque}, {@code Acquire} and
 * {@code Release} are those of {@link VarHandle}. Pair acquire with release, opaque with opaque. Accesses with an order
 * need an index that is a multiple of the word's size in a buffer made by {@link RingMemory}; other indexes end in an
 * {@link IllegalStateException}. An index outside the buffer ends in an {@link IndexOutOfBoundsException}.
 *
 * <p>Stateless; any thread.
 */
public final class LittleEndian {

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class,
            ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    /**
     * Plain read of 16 bits.
     *
     * @param buffer to read from
     * @param index  byte index
     * @return the unsigned value, 0..65535
     */
    public static int getUnsignedShort(final ByteBuffer buffer, final int index) {
        return (short) SHORT.get(buffer, index) & 0xFFFF;
    }

    /**
     * Plain write of 16 bits.
     *
     * @param buffer to write to
     * @param index  byte index
     * @param value  the low 16 bits are written
     */
    public static void putShort(final ByteBuffer buffer, final int index, final int value) {
        SHORT.set(buffer, index, (short) value);
    }

    /**
     * Plain read of 32 bits.
     *
     * @param buffer to read from
     * @param index  byte index
     * @return the value
     */
    public static int getInt(final ByteBuffer buffer, final int index) {
        return (int) INT.get(buffer, index);
    }

    /**
     * Plain write of 32 bits.
     *
     * @param buffer to write to
     * @param index  byte index
     * @param value  to write
     */
    public static void putInt(final ByteBuffer buffer, final int index, final int value) {
        INT.set(buffer, index, value);
    }

    /**
     * Acquire read of 32 bits.
     *
     * @param buffer to read from
     * @param index  byte index, a multiple of 4
     * @return the value
     */
    public static int getIntAcquire(final ByteBuffer buffer, final int index) {
        return (int) INT.getAcquire(buffer, index);
    }

    /**
     * Release write of 32 bits.
     *
     * @param buffer to write to
     * @param index  byte index, a multiple of 4
     * @param value  to write
     */
    public static void putIntRelease(final ByteBuffer buffer, final int index, final int value) {
        INT.setRelease(buffer, index, value);
    }

    /**
     * Plain read of 64 bits.
     *
     * @param buffer to read from
     * @param index  byte index
     * @return the value
     */
    public static long getLong(final ByteBuffer buffer, final int index) {
        return (long) LONG.get(buffer, index);
    }

    /**
     * Plain write of 64 bits.
     *
     * @param buffer to write to
     * @param index  byte index
     * @param value  to write
     */
    public static void putLong(final ByteBuffer buffer, final int index, final long value) {
        LONG.set(buffer, index, value);
    }

    /**
     * Acquire read of 64 bits.
     *
     * @param buffer to read from
     * @param index  byte index, a multiple of 8
     * @return the value
     */
    public static long getLongAcquire(final ByteBuffer buffer, final int index) {
        return (long) LONG.getAcquire(buffer, index);
    }

    /**
     * Release write of 64 bits.
     *
     * @param buffer to write to
     * @param index  byte index, a multiple of 8
     * @param value  to write
     */
    public static void putLongRelease(final ByteBuffer buffer, final int index, final long value) {
        LONG.setRelease(buffer, index, value);
    }

    /**
     * Opaque read of 64 bits: never torn, eventually current, orders nothing else.
     *
     * @param buffer to read from
     * @param index  byte index, a multiple of 8
     * @return the value
     */
    public static long getLongOpaque(final ByteBuffer buffer, final int index) {
        return (long) LONG.getOpaque(buffer, index);
    }

    /**
     * Opaque write of 64 bits: never torn, eventually visible, orders nothing else.
     *
     * @param buffer to write to
     * @param index  byte index, a multiple of 8
     * @param value  to write
     */
    public static void putLongOpaque(final ByteBuffer buffer, final int index, final long value) {
        LONG.setOpaque(buffer, index, value);
    }

    /**
     * Write 64 bits if they still are what was expected, with the order of a volatile access.
     *
     * @param buffer   to write to
     * @param index    byte index, a multiple of 8
     * @param expected value that must be there
     * @param value    to write
     * @return true if it was written
     */
    public static boolean compareAndSetLong(final ByteBuffer buffer, final int index, final long expected,
            final long value) {
        return LONG.compareAndSet(buffer, index, expected, value);
    }
}
