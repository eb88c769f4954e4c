/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.faultring.hwmodel.device.Misbehaviour;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.SyntheticTrace;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A path with one device that misbehaves and one that does not: the books add up, and the other gets its answers. */
class RogueDeviceTest {

    private static final int STEPS = 20_000;
    private static final Workload WORKLOAD = Workload.of(SyntheticTrace.of(64, 1, 256,
            SyntheticTrace.Pattern.SEQUENTIAL, random -> 4, new SplittableRandom(1)), SyntheticTrace.RULE);

    private static Simulation run(final IommuKind iommu, final Misbehaviour misbehaviour) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(iommu).withDesign(DeliveryDesign.READ)
                .withCredits(32).withLaps(0);
        final SimulationSettings settings = new SimulationSettings(config,
                PathShape.roomy(config, 2, 1).withObjectDepth(1 << 13), SimulationSettings.Order.PRICED,
                CostProfile.UNIT, DisturbancePlan.NONE, 1);
        final Simulation simulation = Simulation.of(settings, WORKLOAD, RaiseSchedules.closedLoop(), row -> {},
                new PathHooks() {
                    @Override
                    public Misbehaviour misbehaviour(final int device) {
                        return device == 0 ? misbehaviour : Misbehaviour.NONE;
                    }
                }, DisturbanceListener.NONE);
        for (int i = 0; i < STEPS; i++) {
            simulation.step();
        }
        final Conservation books = simulation.finish();
        assertTrue(books.holds(), () -> iommu + " " + misbehaviour + " " + books.violations());
        return simulation;
    }

    private static long count(final Simulation simulation, final Counter counter) {
        return simulation.path().counters().get(counter);
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3_PRI", "AMD", "RISCV"})
    void shouldKeepTheBooksWhateverADeviceDoes(final IommuKind iommu) {
        assertTrue(count(run(iommu, Misbehaviour.NONE.ignoringCredits(512)), Counter.REQUESTS_WITHOUT_CREDIT) > 0);
        assertTrue(count(run(iommu, Misbehaviour.NONE.flooding(16, 7)), Counter.ROGUE_REQUESTS) > 0);
        assertTrue(count(run(iommu, Misbehaviour.NONE.withholdingLast(50)), Counter.LASTS_WITHHELD) > 0);
        assertTrue(count(run(iommu, Misbehaviour.NONE.repeatingIndex(50)), Counter.INDEXES_REPEATED) > 0);
        assertTrue(count(run(iommu, Misbehaviour.NONE.withWrongPasid(50)), Counter.WRONG_PASIDS) > 0);
        assertEquals(0, count(run(iommu, Misbehaviour.NONE), Counter.REQUESTS_WITHOUT_CREDIT));
    }
}
