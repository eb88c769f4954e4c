/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

import org.faultring.ring.kernel.DrainPort;
import org.faultring.ring.kernel.FaultContainer;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultRoute;
import org.faultring.ring.kernel.FaultRouter;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.ForwardingFaultObject;
import org.faultring.ring.kernel.ForwardingHop;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.TwoOwnerRouter;

/**
 * The page tables of a path and the fault objects that take their faults, as its {@link Routing} chooses. Used by the
 * world that attaches, but for {@link #doWork}.
 */
final class PathRoutes {

    private final IommuDomain[] domains;
    private final FaultObject[] objects;
    private final FaultRouter router;
    /** Null if nobody hands faults on. */
    private final TwoOwnerRouter owners;
    private final Map<IommuDomain, Integer> objectOf = new IdentityHashMap<>();
    /** By device and page table, once it was asked for: a change allocates nothing the second time. */
    private final IommuDomain[][] routed;

    /** Routes between the sides of a path; the hops are those of two owners. */
    PathRoutes(final PathShape shape, final UserSide[] sides, final Function<FaultSink, ForwardingHop> hops) {
        objects = new FaultObject[sides.length];
        domains = new IommuDomain[PathControls.DOMAINS_PER_OBJECT * sides.length];
        routed = new IommuDomain[shape.devices()][domains.length];
        for (int i = 0; i < sides.length; i++) {
            final UserSide side = sides[i];
            objects[i] = new ForwardingFaultObject(side.object()) {

                /** The one that hooks may have put something in front of. */
                @Override
                public FaultSink sink() {
                    return side.sink();
                }
            };
        }
        for (int domain = 0; domain < domains.length; domain++) {
            final int object = domain / PathControls.DOMAINS_PER_OBJECT;
            domains[domain] = shape.routing() == Routing.CONTAINER && object > 0
                    ? IommuDomain.nested(objects[object].sink())
                    : IommuDomain.paging(objects[object].sink());
        }
        owners = shape.routing() == Routing.TWO_OWNERS ? new TwoOwnerRouter(hops) : null;
        router = switch (shape.routing()) {
            case PER_DOMAIN -> FaultRouter.perDomain();
            case PER_DEVICE -> FaultRouter.perDevice(device -> objects[device % objects.length]);
            case CONTAINER -> new FaultContainer(FaultContainer.Levels.TWO, objects[0]);
            case TWO_OWNERS -> owners;
        };
    }

    int domains() {
        return domains.length;
    }

    /** Page table of a number, as it is attached to a device. */
    IommuDomain domain(final int device, final int number) {
        final IommuDomain known = routed[device][number];
        return known == null ? route(device, number) : known;
    }

    private IommuDomain route(final int device, final int number) {
        final FaultRoute route =
                router.route(device, domains[number], objects[number / PathControls.DOMAINS_PER_OBJECT]);
        int object = 0;
        while (objects[object] != route.object()) {
            object++;
        }
        objectOf.put(route.domain(), object);
        routed[device][number] = route.domain();
        return route.domain();
    }

    /** Number of the fault object that takes the faults of a page table. */
    int objectOf(final IommuDomain domain) {
        return objectOf.get(domain);
    }

    FaultObject object(final int number) {
        return objects[number];
    }

    /** The driver's way of emptying its queue, and the queues of first owners behind it. */
    DrainPort drain(final DrainPort driver) {
        return owners == null ? driver : owners.drain(driver);
    }

    /** Kernel world: hand on what first owners have; gives the work done. */
    int doWork() {
        return owners == null ? 0 : owners.doWork();
    }
}
