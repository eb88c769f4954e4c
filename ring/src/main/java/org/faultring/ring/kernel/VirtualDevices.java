/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The devices of a virtual IOMMU by either of their numbers. Never changes once made, so that any thread may look into
 * it.
 */
final class VirtualDevices {

    private final Int2ObjectHashMap<VirtualDevice> byDevice;
    private final Long2ObjectHashMap<VirtualDevice> byVirtualId;

    VirtualDevices() {
        byDevice = new Int2ObjectHashMap<>();
        byVirtualId = new Long2ObjectHashMap<>();
    }

    private VirtualDevices(final VirtualDevices other) {
        byDevice = new Int2ObjectHashMap<>(other.byDevice);
        byVirtualId = new Long2ObjectHashMap<>(other.byVirtualId);
    }

    VirtualDevices with(final VirtualDevice added) {
        final VirtualDevices more = new VirtualDevices(this);
        more.byDevice.put(added.device(), added);
        more.byVirtualId.put(added.virtualId(), added);
        return more;
    }

    VirtualDevices without(final VirtualDevice removed) {
        final VirtualDevices fewer = new VirtualDevices(this);
        fewer.byDevice.remove(removed.device());
        fewer.byVirtualId.remove(removed.virtualId());
        return fewer;
    }

    VirtualDevice ofDevice(final int device) {
        return byDevice.get(device);
    }

    VirtualDevice ofVirtualId(final long virtualId) {
        return byVirtualId.get(virtualId);
    }
}
