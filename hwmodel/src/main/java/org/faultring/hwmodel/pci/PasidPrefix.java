/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * The PASID prefix of a request as one 32-bit value. The fields are those of PCIe's PASID TLP prefix (PCI Express Base
 * Specification, PASID TLP prefix); where the two flags lie here is the model's own, as is bit 31, which says that
 * there is no prefix at all.
 *
 * <pre>
 *   31   30          22   21    20   19                              0
 *  +----+--------------+-----+-----+----------------------------------+
 *  | NO |      0       | PMR | ER  |              PASID               |
 *  +----+--------------+-----+-----+----------------------------------+
 * </pre>
 *
 * <p>PMR: privileged mode requested; ER: execute requested. A PASID alone is the prefix of a request of user mode that
 * is not for execution, and the prefix of an answer. Static functions over the value; any thread.
 */
public final class PasidPrefix {

    /** No prefix; {@link PageRequestMessage#NO_PASID}. */
    public static final int NONE = PageRequestMessage.NO_PASID;
    /** Execute access is asked for. */
    public static final int EXECUTE_REQUESTED = 1 << 20;
    /** The request is one of privileged mode. */
    public static final int PRIVILEGED_MODE_REQUESTED = 1 << 21;
    /** Both bits that a request can set. */
    public static final int REQUESTED = EXECUTE_REQUESTED | PRIVILEGED_MODE_REQUESTED;

    private static final int PASID_MASK = 0xF_FFFF;

    private PasidPrefix() {}

    /**
     * Whether there is one.
     *
     * @param prefix the value
     * @return false for {@link #NONE}
     */
    public static boolean isPresent(final int prefix) {
        return prefix >= 0;
    }

    /**
     * PASID alone, as answers carry it.
     *
     * @param prefix the value
     * @return 20 bits, or {@link PageRequestMessage#NO_PASID}
     */
    public static int pasid(final int prefix) {
        // All bits of a prefix that is none are kept.
        return prefix & (PASID_MASK | prefix >> Integer.SIZE - 1);
    }

    /**
     * PASID and both requests side by side, for records that have them in this order.
     *
     * @param prefix that is present
     * @return 22 bits
     */
    public static long bits(final int prefix) {
        return prefix & (PASID_MASK | REQUESTED);
    }
}
