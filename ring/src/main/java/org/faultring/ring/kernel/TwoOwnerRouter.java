/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.agrona.concurrent.Agent;

/**
 * Two owners: a fault goes to a queue of its device's owner, and from there over a {@link ForwardingHop} to the fault
 * object of its page table. One hop for each device and object.
 *
 * <p>The hops run as one agent of the kernel world, best before the end of its duty cycle, where fault objects wake
 * their handlers. Routes may be made by another thread meanwhile.
 */
public final class TwoOwnerRouter implements FaultRouter, Agent {

    private record Key(int device, FaultObject second) {}

    private final Function<FaultSink, ForwardingHop> maker;
    private final RouteCache routes = new RouteCache();
    private final Map<Key, ForwardingHop> hopOf = new HashMap<>();
    /** Replaced as a whole; volatile, so that the kernel world sees a hop before a fault comes through it. */
    private volatile ForwardingHop[] hops = {};

    /**
     * A router without devices.
     *
     * @param maker makes the queue of a first owner in front of the queue of a second
     */
    public TwoOwnerRouter(final Function<FaultSink, ForwardingHop> maker) {
        this.maker = maker;
    }

    @Override
    public FaultRoute route(final int device, final IommuDomain domain, final FaultObject own) {
        final ForwardingHop hop = hopOf.computeIfAbsent(new Key(device, own), key -> add(maker.apply(own.sink())));
        return routes.get(device, domain, hop, own);
    }

    private ForwardingHop add(final ForwardingHop hop) {
        final ForwardingHop[] more = Arrays.copyOf(hops, hops.length + 1);
        more[more.length - 1] = hop;
        hops = more;
        return hop;
    }

    /**
     * A drain that empties the queues of all first owners after the driver's. A group that finds no room with the
     * second owner meanwhile is answered Success: the device asks again.
     *
     * @param driver the driver's way of emptying its queues
     * @return all in one
     */
    public DrainPort drain(final DrainPort driver) {
        return new DrainPort() {

            @Override
            public boolean beginDrain(final int device, final int pasid) {
                if (!driver.beginDrain(device, pasid)) {
                    return false;
                }
                for (final ForwardingHop hop : hops) {
                    hop.drainBegan();
                }
                return true;
            }

            @Override
            public boolean isDraining() {
                if (driver.isDraining()) {
                    return true;
                }
                for (final ForwardingHop hop : hops) {
                    if (!hop.isEmpty()) {
                        return true;
                    }
                }
                for (final ForwardingHop hop : hops) {
                    hop.drainEnded();
                }
                return false;
            }
        };
    }

    @Override
    public int doWork() {
        int work = 0;
        for (final ForwardingHop hop : hops) {
            work += hop.doWork();
        }
        return work;
    }

    @Override
    public String roleName() {
        return "first owners";
    }
}
