/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.HashSet;
import java.util.Set;

/**
 * Devices behind one second-level page table, with the parent's queue for the faults of that table and a child's queue
 * for each first-level table above it: how the proposals before iommufd cut it. Not in Linux 7.2.
 *
 * <ul>
 * <li>One level: the container takes one device, and no first-level table.</li>
 * <li>Two levels: any number of devices share the second level. Each first-level table has the queue of its own fault
 * object, however many devices use it.</li>
 * </ul>
 *
 * <p>A page request does not say which level missed (PCIe, Page Request message). So it goes by the table that the
 * device, or its PASID, is attached to.
 */
public final class FaultContainer implements FaultRouter {

    /** How many page tables an address goes through. */
    public enum Levels {
        /** The container's own. */
        ONE,
        /** A first-level table of a guest or process, then the container's own. */
        TWO
    }

    private final Levels levels;
    private final FaultObject parent;
    private final RouteCache routes = new RouteCache();
    private final Set<Integer> devices = new HashSet<>();

    /**
     * An empty container.
     *
     * @param levels of translation
     * @param parent fault object of the container
     */
    public FaultContainer(final Levels levels, final FaultObject parent) {
        this.levels = levels;
        this.parent = parent;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Null for a second device or a first-level table in a container of one level.
     */
    @Override
    public FaultRoute route(final int device, final IommuDomain domain, final FaultObject own) {
        final boolean isFirstLevel = domain.kind() == IommuDomain.Kind.NESTED;
        if (levels == Levels.ONE && (isFirstLevel || !devices.isEmpty() && !devices.contains(device))) {
            return null;
        }
        devices.add(device);
        final FaultObject object = isFirstLevel ? own : parent;
        return routes.get(device, domain, object.sink(), object);
    }

    /**
     * A device leaves, after its last attachment is gone.
     *
     * @param device number of the device
     */
    public void remove(final int device) {
        devices.remove(device);
    }

    /**
     * Devices in the container.
     *
     * @return the count
     */
    public int devices() {
        return devices.size();
    }
}
