/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.ForwardingPageResponsePort;
import org.faultring.ring.kernel.PageResponsePort;

/** Paths of one design with something broken, until a seed finds it. */
final class Planted {

    private static final int SEEDS = 300;

    private final Exploration exploration;

    Planted(final DeliveryDesign design) {
        exploration = new Exploration(List.of(IommuKind.values()), List.of(design));
    }

    /** Parts are broken behind the monitor, callers in front of it. */
    void assertFound(final Invariant expected, final PathHooks parts, final UnaryOperator<PathHooks> callers) {
        for (long seed = 0; seed < SEEDS; seed++) {
            final SeedResult result = exploration.run(seed, null, parts, callers);
            if (!result.holds()) {
                final Violation first = result.violations().get(0);
                assertEquals(expected, first.invariant(), "seed=" + seed + ": " + first);
                return;
            }
        }
        fail("no seed of " + SEEDS + " finds a break of " + expected);
    }

    void assertPartFound(final Invariant expected, final PathHooks parts) {
        assertFound(expected, parts, UnaryOperator.identity());
    }

    void assertFileFound(final Invariant expected, final Function<FaultFile, FaultFile> broken) {
        assertPartFound(expected, new PathHooks() {
            @Override
            public FaultFile file(final int object, final FaultFile file) {
                return broken.apply(file);
            }
        });
    }

    void assertSinkFound(final Invariant expected, final UnaryOperator<FaultSink> broken) {
        assertPartFound(expected, new PathHooks() {
            @Override
            public FaultSink sink(final int object, final FaultSink sink) {
                return broken.apply(sink);
            }
        });
    }

    void assertObjectFound(final Invariant expected, final UnaryOperator<FaultObject> broken) {
        assertPartFound(expected, new PathHooks() {
            @Override
            public FaultObject object(final int number, final FaultObject object) {
                return broken.apply(object);
            }
        });
    }

    /** How a response reaches the driver. */
    @FunctionalInterface
    interface Respond {
        void respond(PageResponsePort driver, int device, int flags, int pasid, int groupIndex, int code);
    }

    void assertResponderFound(final Invariant expected, final Respond broken) {
        assertFound(expected, PathHooks.NONE, monitor -> new ForwardingHooks(monitor) {
            @Override
            public PageResponsePort responses(final PageResponsePort port) {
                final PageResponsePort driver = super.responses(port);
                return new ForwardingPageResponsePort(driver) {
                    @Override
                    public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                            final int code) {
                        broken.respond(driver, device, flags, pasid, groupIndex, code);
                    }
                };
            }
        });
    }
}
