/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.file.Errno;

/**
 * Entries of an invalidation as user space gave them: {@code struct iommu_user_data_array} and the copying rules beside
 * it (include/linux/iommu.h). Entries may be longer or shorter than the driver's struct: what the struct has more is 0,
 * what the entry has more must be 0.
 *
 * <p>Entries are read where they are: they must not change during the call. Belongs to the world that handles it.
 */
public final class UserArray {

    private int type;
    private ByteBuffer entries;
    private int entryBytes;
    private int count;

    /** No entries. */
    public UserArray() {}

    /**
     * Look at entries.
     *
     * @param newType       layout of the entries, as the call names it
     * @param newEntries    little-endian, from index 0; null if there are none
     * @param newEntryBytes length of an entry
     * @param newCount      of entries
     * @return this
     */
    public UserArray wrap(final int newType, final ByteBuffer newEntries, final int newEntryBytes,
            final int newCount) {
        type = newType;
        entries = newEntries;
        entryBytes = newEntryBytes;
        count = newCount;
        return this;
    }

    /**
     * Layout of the entries.
     *
     * @return as the call names it
     */
    public int type() {
        return type;
    }

    /**
     * Entries.
     *
     * @return the count
     */
    public int count() {
        return count;
    }

    /**
     * One entry of a struct that was never extended ({@code iommu_copy_struct_from_user_array}).
     *
     * @param index       of the entry
     * @param structBytes length of the driver's struct
     * @return 0 if it can be read, -{@link Errno#EINVAL} for any other length, -{@link Errno#EFAULT} if it is not there
     */
    public int checkOne(final int index, final int structBytes) {
        if (entryBytes != structBytes) {
            return -Errno.EINVAL;
        }
        return isThere(index) ? 0 : -Errno.EFAULT;
    }

    /**
     * All entries at once ({@code iommu_copy_struct_from_full_user_array}).
     *
     * @param expectedType that the driver takes
     * @param structBytes  length of the driver's struct
     * @return 0 if they can be read; -{@link Errno#EINVAL} for another type and for no entries;
     *         -{@link Errno#E2BIG} if one is longer and says something there, -{@link Errno#EFAULT} if one is not there
     */
    public int checkAll(final int expectedType, final int structBytes) {
        if (type != expectedType || count == 0) {
            return -Errno.EINVAL;
        }
        for (int index = 0; index < count; index++) {
            if (!isThere(index)) {
                return -Errno.EFAULT;
            }
            for (int offset = structBytes; offset < entryBytes; offset++) {
                if (entries.get(index * entryBytes + offset) != 0) {
                    return -Errno.E2BIG;
                }
            }
        }
        return 0;
    }

    private boolean isThere(final int index) {
        return (index + 1L) * entryBytes <= entries.capacity();
    }

    /**
     * A field of an entry that can be read.
     *
     * @param index  of the entry
     * @param offset of the field
     * @return 32 bits; bytes beyond the entry are 0
     */
    public int getInt(final int index, final int offset) {
        return (int) bytes(index, offset, Integer.BYTES);
    }

    /**
     * A field of an entry that can be read.
     *
     * @param index  of the entry
     * @param offset of the field
     * @return 64 bits; bytes beyond the entry are 0
     */
    public long getLong(final int index, final int offset) {
        return bytes(index, offset, Long.BYTES);
    }

    private long bytes(final int index, final int offset, final int length) {
        final int end = Math.min(offset + length, entryBytes);
        long value = 0;
        for (int i = end - 1; i >= offset; i--) {
            value = value << Byte.SIZE | entries.get(index * entryBytes + i) & 0xFF;
        }
        return value;
    }

    /**
     * Write a field back.
     *
     * @param index  of the entry
     * @param offset of the field, within the entry
     * @param value  32 bits
     */
    public void putInt(final int index, final int offset, final int value) {
        LittleEndian.putInt(entries, index * entryBytes + offset, value);
    }
}
