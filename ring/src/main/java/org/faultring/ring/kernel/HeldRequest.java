/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * The one request that a {@link FaultReporter} has taken from the driver and found no room for, where its group is to
 * be held back. The driver stops at it, so there is never a second one.
 */
final class HeldRequest {

    private boolean isHeld;
    private int device;
    private int flags;
    private int pasid;
    private int groupIndex;
    private int permissions;
    private long address;

    void hold(final int newDevice, final int newFlags, final int newPasid, final int newGroupIndex,
            final int newPermissions, final long newAddress) {
        isHeld = true;
        device = newDevice;
        flags = newFlags;
        pasid = newPasid;
        groupIndex = newGroupIndex;
        permissions = newPermissions;
        address = newAddress;
    }

    boolean isHeld() {
        return isHeld;
    }

    /** Report it again; it is held again if there still is no room. */
    void reportTo(final FaultReporter reporter) {
        isHeld = false;
        reporter.report(device, flags, pasid, groupIndex, permissions, address);
    }
}
