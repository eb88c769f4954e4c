/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.function.IntFunction;

/**
 * Chooses at attach time which queue takes the faults of a page table behind a device. The choice costs nothing per
 * fault: the {@link AttachTable} keeps its result.
 *
 * <table>
 * <caption>The ways there are</caption>
 * <tr><td>{@link #perDomain()}</td><td>Linux 7.2: a page table has its fault object, fixed for life, whatever device it
 * is attached to</td></tr>
 * <tr><td>{@link #perDevice}</td><td>each device has a queue of its own</td></tr>
 * <tr><td>{@link FaultContainer}</td><td>a parent's queue, and one for each first-level table above it</td></tr>
 * <tr><td>{@link TwoOwnerRouter}</td><td>the device's owner gets a fault first and hands it on to the owner of the page
 * table</td></tr>
 * </table>
 *
 * <p>In all of them a record carries the ID of its device. PASID and group index alone do not name a fault: two devices
 * use the same ones.
 *
 * <p>Used by the world that attaches. May allocate.
 */
@FunctionalInterface
public interface FaultRouter {

    /**
     * Choose.
     *
     * @param device number of the device
     * @param domain page table to be attached to it
     * @param own    fault object of the page table
     * @return where the faults go, the same each time for the same device and page table; null if the two may not be
     *         put together
     */
    FaultRoute route(int device, IommuDomain domain, FaultObject own);

    /**
     * Linux's way.
     *
     * @return a router
     */
    static FaultRouter perDomain() {
        return (device, domain, own) -> new FaultRoute(domain, own);
    }

    /**
     * A queue for each device.
     *
     * @param objects fault object of each device
     * @return a router
     */
    static FaultRouter perDevice(final IntFunction<FaultObject> objects) {
        final RouteCache routes = new RouteCache();
        return (device, domain, own) -> {
            final FaultObject object = objects.apply(device);
            return routes.get(device, domain, object.sink(), object);
        };
    }
}
