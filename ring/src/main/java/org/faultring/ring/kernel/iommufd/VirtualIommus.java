/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.kernel.MockCache;
import org.faultring.ring.kernel.VirtualEventQueue;
import org.faultring.ring.kernel.VirtualIommu;

/** Virtual IOMMUs, their devices and event queues (drivers/iommu/iommufd/viommu.c, eventq.c). */
final class VirtualIommus {

    private final ObjectTable objects;
    private final KernelWorld kernel;

    VirtualIommus(final ObjectTable objects, final KernelWorld kernel) {
        this.objects = objects;
        this.kernel = kernel;
    }

    /** {@code IOMMU_VIOMMU_ALLOC}: its number, or an error. */
    int allocate(final int type, final int deviceId, final int parentId) {
        if (type == 0) {
            return -Errno.EOPNOTSUPP;
        }
        if (objects.find(deviceId, Device.class) == null) {
            return -Errno.ENOENT;
        }
        if (type != Iommufd.VIOMMU_SELFTEST) {
            return -Errno.EOPNOTSUPP;
        }
        final PagingTable parent = objects.find(parentId, PagingTable.class);
        if (parent == null) {
            return -Errno.ENOENT;
        }
        if (!parent.isNestParent()) {
            return -Errno.EINVAL;
        }
        final int number = objects.reserve();
        if (number > 0) {
            objects.publish(number, new VirtualIommuObject(parent, kernel.newVirtualIommu(), this::cache));
        }
        return number;
    }

    private MockCache cache(final int deviceId) {
        return objects.find(deviceId, Device.class).cache();
    }

    /** {@code IOMMU_VDEVICE_ALLOC}: its number, or an error. All mock devices are behind one IOMMU. */
    int allocateDevice(final int viommuId, final int deviceId, final long virtualId) {
        final VirtualIommuObject viommu = objects.find(viommuId, VirtualIommuObject.class);
        final Device device = objects.find(deviceId, Device.class);
        if (viommu == null || device == null) {
            return -Errno.ENOENT;
        }
        if (device.virtualDevice() != null) {
            return -Errno.EEXIST;
        }
        final int number = objects.reserve();
        if (number < 0) {
            return number;
        }
        final int result = viommu.iommu().addDevice(deviceId, virtualId);
        if (result != 0) {
            objects.cancel(number);
            return result;
        }
        objects.publish(number, new VirtualDeviceObject(viommu, device, virtualId));
        return number;
    }

    /** {@code IOMMU_VEVENTQ_ALLOC}: its number, or an error; what to do when its file is closed. */
    int allocateQueue(final int flags, final int viommuId, final int type, final int depth, final Runnable closed) {
        final int refusal = VirtualEventQueue.check(flags, type, depth);
        if (refusal != 0) {
            return refusal;
        }
        final VirtualIommuObject viommu = objects.find(viommuId, VirtualIommuObject.class);
        if (viommu == null) {
            return -Errno.ENOENT;
        }
        final int number = objects.reserve();
        if (number < 0) {
            return number;
        }
        final VirtualIommu iommu = viommu.iommu();
        final int result = iommu.addQueue(type, depth);
        if (result != 0) {
            objects.cancel(number);
            return result;
        }
        objects.publish(number, new EventQueueObject(viommu, iommu.queue(type), closed));
        return number;
    }
}
