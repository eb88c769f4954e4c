/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;

import org.faultring.ring.file.Errno;

/**
 * The call {@code IOMMU_HWPT_INVALIDATE} ({@code iommufd_hwpt_invalidate}, drivers/iommu/iommufd/hw_pagetable.c): the
 * tests that come before the driver, and the count that is written back whatever the result.
 *
 * <pre>{@code
 * int result = call.check(reserved, entries, entryBytes, count);
 * if (result == 0) {
 *     … find the object: ENOENT; EINVAL if it is neither a nested page table nor a virtual IOMMU …
 *     result = call.begin(port, dataType, entries, entryBytes, count);
 * }
 * while (result == InvalidationPort.IN_PROGRESS) {
 *     … the kernel world goes on …
 *     result = call.poll();
 * }
 * … result and call.handled() …
 * }</pre>
 *
 * <p>User world, one call at a time; allocates nothing.
 */
public final class HwptInvalidation {

    /** Most entries of a call (drivers/iommu/iommufd/hw_pagetable.c). */
    public static final int MAX_ENTRIES = 1 << 19;
    /** Longest entry, a page (drivers/iommu/iommufd/hw_pagetable.c). */
    public static final int MAX_ENTRY_BYTES = 4096;

    private final UserArray array = new UserArray();
    private InvalidationPort port;
    private int handled;

    /** No call so far. */
    public HwptInvalidation() {}

    /**
     * What is tested before the object is looked for. If it fails nothing was handled.
     *
     * @param reserved   word of the call
     * @param entries    from index 0; null for a null pointer
     * @param entryBytes length of an entry, unsigned
     * @param count      of entries, unsigned
     * @return 0; -{@link Errno#EOPNOTSUPP} if the reserved word is not 0; -{@link Errno#EINVAL} for more than
     *         {@link #MAX_ENTRIES} entries, and for entries that are nowhere or not of 1..{@link #MAX_ENTRY_BYTES}
     */
    public int check(final int reserved, final ByteBuffer entries, final int entryBytes, final int count) {
        handled = 0;
        if (reserved != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (count < 0 || count > MAX_ENTRIES) {
            return -Errno.EINVAL;
        }
        final boolean isEntry = entries != null && entryBytes > 0 && entryBytes <= MAX_ENTRY_BYTES;
        return count == 0 || isEntry ? 0 : -Errno.EINVAL;
    }

    /**
     * Hand a checked call to the driver.
     *
     * @param newPort    of the object, or null if its driver takes no invalidations
     * @param dataType   layout of the entries
     * @param entries    little-endian, from index 0; null for a null pointer. They belong to the driver until the call
     *                   is over
     * @param entryBytes length of an entry
     * @param count      of entries
     * @return 0 or an error, -{@link Errno#EOPNOTSUPP} without a port; or {@link InvalidationPort#IN_PROGRESS}
     */
    public int begin(final InvalidationPort newPort, final int dataType, final ByteBuffer entries,
            final int entryBytes, final int count) {
        handled = 0;
        if (newPort == null) {
            return -Errno.EOPNOTSUPP;
        }
        port = newPort;
        return note(port.begin(array.wrap(dataType, entries, entryBytes, count)));
    }

    /**
     * How the call goes; needs one that is in progress.
     *
     * @return 0 or an error once it is over, else {@link InvalidationPort#IN_PROGRESS}
     */
    public int poll() {
        return note(port.poll());
    }

    private int note(final int result) {
        if (result != InvalidationPort.IN_PROGRESS) {
            handled = port.handled();
        }
        return result;
    }

    /**
     * Number of entries that the call writes back, on success and on error.
     *
     * @return entries handled
     */
    public int handled() {
        return handled;
    }
}
