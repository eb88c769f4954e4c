/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.ring.FaultRingDescriptor;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;

/** Memory that the sizes of a scenario take. */
final class Sizes {

    /** Header and payload of an event of SMMUv3's virtual IOMMU (include/uapi/linux/iommufd.h). */
    private static final int EVENT_BYTES = 8 + 32;

    private Sizes() {}

    /** Entry of the hardware's queue that takes page requests; with stalls, of the event queue. */
    static int entryBytes(final Scenario scenario) {
        return switch (scenario.iommu()) {
            case VTD, SMMUV3_STALL -> 32;
            case SMMUV3_PRI, AMD, RISCV -> 16;
        };
    }

    /** Bytes of the hardware's queue, the shared ring, the buffers of readers, and the queue of events. */
    static long bytes(final Scenario scenario) {
        long bytes = (long) scenario.config().prqEntries() * entryBytes(scenario);
        final long objects = scenario.whole(ScenarioKey.OBJECTS);
        if (scenario.isMapped()) {
            bytes += objects * depth(scenario)
                    * (FaultRingDescriptor.SLOT_LENGTH_BYTES + PageResponseFlyweight.LENGTH_BYTES);
        } else {
            bytes += objects * buffers(scenario) * scenario.whole(ScenarioKey.BATCH)
                    * (PageFaultFlyweight.LENGTH_BYTES + PageResponseFlyweight.LENGTH_BYTES);
        }
        return scenario.number(ScenarioKey.EVENT_RATE) == 0 ? bytes
                : bytes + scenario.whole(ScenarioKey.EVENT_DEPTH) * EVENT_BYTES;
    }

    /** Buffers of a batch that an object has: of each reader, or of each read that is posted ahead. */
    private static long buffers(final Scenario scenario) {
        return switch (scenario.design()) {
            case POSTED_READ, MULTISHOT, COMMIT_AND_FETCH -> FaultPathConfig.READS_AHEAD;
            default -> scenario.whole(ScenarioKey.THREADS);
        };
    }

    /** Faults that a fault object can hold: as the scenario says, or so many that it is never full. */
    static int depth(final Scenario scenario) {
        return scenario.isSet(ScenarioKey.DEPTH) ? (int) scenario.whole(ScenarioKey.DEPTH)
                : powerOfTwo(2 * scenario.sumOfCredits());
    }

    static int powerOfTwo(final int atLeast) {
        return atLeast <= 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
    }
}
