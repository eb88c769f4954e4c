/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.Checks;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.PartialLimits;

/**
 * How much one {@link ModelIommufd} may hold. Linux has no such limits but its memory, so that each is where the model
 * runs out of memory.
 *
 * @param objects         objects at once, 1 .. 2^20; then calls that make one fail with ENOMEM
 * @param devices         mock devices at once, 1 .. 1024; then as above
 * @param groups          groups that are not answered, a power of two, 2 .. 2^20; then a new one is answered Failure
 * @param waitingFaults   faults that one fault object holds unread, a power of two, 2 .. 2^20; then as above
 * @param waitingRequests requests that wait for the last one of their group, 1 .. 2^24; then a new one vanishes
 * @param answers         answers that {@link ModelIommufd#answers()} remembers, a power of two, 1 .. 2^20; then the
 *                        oldest is forgotten
 */
public record IommufdLimits(int objects, int devices, int groups, int waitingFaults, int waitingRequests,
        int answers) {

    /** More than a test needs. */
    public static final IommufdLimits DEFAULT = new IommufdLimits(1 << 16, 64, 1 << 12, 1 << 12, 1 << 14, 1 << 12);

    private static final int MAX = 1 << 20;

    /** Checks the limits. */
    public IommufdLimits {
        Checks.range("objects", objects, 1, MAX);
        Checks.range("devices", devices, 1, 1024);
        Checks.powerOfTwo("groups", groups, 2, GroupTable.MAX_CAPACITY);
        Checks.powerOfTwo("waitingFaults", waitingFaults, 2, MAX);
        Checks.range("waitingRequests", waitingRequests, 1, PartialLimits.MAX_TOTAL);
        Checks.powerOfTwo("answers", answers, 1, MAX);
    }
}
