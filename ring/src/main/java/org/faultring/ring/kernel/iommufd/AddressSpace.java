/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import java.util.ArrayList;
import java.util.List;

/** What page tables of one level are made for: {@code IOMMUFD_OBJ_IOAS}. Its page tables use it. */
final class AddressSpace extends KernelObject {

    private final List<PagingTable> tables = new ArrayList<>();

    /** Its page tables, the oldest first. */
    List<PagingTable> tables() {
        return tables;
    }
}
