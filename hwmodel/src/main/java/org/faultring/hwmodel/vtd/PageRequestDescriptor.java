/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;

/**
 * Page request descriptor of VT-d, 32 bytes ({@code struct page_req_dsc}, drivers/iommu/intel/prq.c).
 *
 * <pre>
 *  63                54 53  52  51            32 31        16 15 10 9  8  7    0
 *  +-------------------+---+---+----------------+------------+-----+--+--+------+
 *  |         0         |PMR|EXR|     PASID      |requester ID|  0  |PD|PP|type 1| qw0
 *  +-------------------+---+---+----------------+------------+-----+--+--+------+
 *  63                                                  12 11      3  2   1   0
 *  +-----------------------------------------------------+---------+----+--+--+
 *  |                   page address                      |  PRGI   |LPIG|WR|RD| qw1
 *  +-----------------------------------------------------+---------+----+--+--+
 *  |                              private data                                | qw2
 *  +--------------------------------------------------------------------------+
 *  |                              private data                                | qw3
 *  +--------------------------------------------------------------------------+
 * </pre>
 *
 * <p>PP: PASID present; PD: private data present; EXR: execute; PMR: privileged mode; LPIG: last in group; PRGI: group
 * index. The second word is the Page Request message as it came over PCIe, see {@link PageRequestMessage}. Private data
 * belongs to older versions of the specification, where the answer carries it back; since then PD and the last two
 * words are reserved. Static functions over the words; any thread.
 */
public final class PageRequestDescriptor {

    /** Type of the descriptor. */
    public static final int TYPE = 0x01;
    /** PASID present. */
    public static final long PP = 1L << 8;
    /** Private data present, in older versions: qw2 and qw3 go back with the answer. Reserved since. */
    public static final long PRIVATE_DATA = 1L << 9;
    /** Execute requested. */
    public static final long EXR = 1L << 52;
    /** Privileged mode requested. */
    public static final long PMR = 1L << 53;

    private static final int REQUESTER_ID_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final int PASID_MASK = 0xF_FFFF;

    private PageRequestDescriptor() {}

    /**
     * Type of any descriptor of the queue.
     *
     * @param qw0 first word
     * @return 8 bits
     */
    public static int type(final long qw0) {
        return (int) qw0 & 0xFF;
    }

    /**
     * The first word.
     *
     * @param requesterId of the function
     * @param prefix      of the request, see {@link PasidPrefix}
     * @return qw0
     */
    public static long qw0(final int requesterId, final int prefix) {
        final long word = TYPE | (long) requesterId << REQUESTER_ID_SHIFT;
        // EXR and PMR follow the PASID as they do in the prefix.
        return PasidPrefix.isPresent(prefix) ? word | PP | PasidPrefix.bits(prefix) << PASID_SHIFT : word;
    }

    /**
     * Requester ID.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int requesterId(final long qw0) {
        return (int) (qw0 >>> REQUESTER_ID_SHIFT) & 0xFFFF;
    }

    /**
     * PASID field.
     *
     * @param qw0 first word
     * @return 20 bits, whether present or not
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> PASID_SHIFT) & PASID_MASK;
    }

    /**
     * Whether the request came with a PASID.
     *
     * @param qw0 first word
     * @return true if PP is set
     */
    public static boolean hasPasid(final long qw0) {
        return (qw0 & PP) != 0;
    }
}
