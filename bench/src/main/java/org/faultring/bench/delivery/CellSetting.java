/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.Map;

/**
 * What all cells of a comparison share.
 *
 * @param trace       file of the recorded faults, null for the one that comes with the program
 * @param lenient     skip lines of it that are not of the format
 * @param groupFaults most faults of a group; 1 for one-fault groups
 * @param profile     name of the prices of virtual time
 * @param prices      by name, virtual ns
 * @param designs     what is set of designs; null, as results before there was any of it have it, for nothing
 */
public record CellSetting(String trace, boolean lenient, int groupFaults, String profile, Map<String, Long> prices,
        DesignSettings designs) {

    /** Knows what a result without settings of designs means. */
    public CellSetting {
        designs = designs == null ? DesignSettings.DEFAULT : designs;
    }
}
