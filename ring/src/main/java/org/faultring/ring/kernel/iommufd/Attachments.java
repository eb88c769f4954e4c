/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.AttachTable;

/**
 * Attach, replace and detach (drivers/iommu/iommufd/device.c): the rules, the page tables that come and go with the
 * attachments of an address space, and who uses what.
 */
final class Attachments {

    private final ObjectTable objects;
    private final KernelWorld kernel;

    Attachments(final ObjectTable objects, final KernelWorld kernel) {
        this.objects = objects;
        this.kernel = kernel;
    }

    /** Attach or replace: 0 or an error. */
    private interface Change {

        int to(Device device, int pasid, PageTable table);
    }

    /** Attach to an address space or page table: number of the page table, or an error. */
    int attach(final Device device, final int pasid, final int pageTable) {
        return change(device, pasid, pageTable, this::attachTo);
    }

    /** Attach elsewhere: number of the page table, or an error, and then nothing has changed. */
    int replace(final Device device, final int pasid, final int pageTable) {
        return change(device, pasid, pageTable, this::replaceBy);
    }

    private int change(final Device device, final int pasid, final int number, final Change change) {
        final KernelObject target = objects.find(number);
        if (target instanceof PageTable table) {
            final int result = change.to(device, pasid, table);
            return result == 0 ? number : result;
        }
        if (target instanceof AddressSpace space) {
            return changeToSpace(device, pasid, space, change);
        }
        return target == null ? -Errno.ENOENT : -Errno.EINVAL;
    }

    private int changeToSpace(final Device device, final int pasid, final AddressSpace space, final Change change) {
        for (final PagingTable table : space.tables()) {
            if (table.origin() == PagingTable.Origin.AUTOMATIC) {
                final int result = change.to(device, pasid, table);
                // EINVAL says that this one does not fit; another may.
                if (result != -Errno.EINVAL) {
                    return result == 0 ? table.number() : result;
                }
            }
        }
        final int number = objects.reserve();
        if (number < 0) {
            return number;
        }
        final PagingTable table = new PagingTable(space, 0, null, PagingTable.Origin.AUTOMATIC);
        final int result = change.to(device, pasid, table);
        if (result != 0) {
            table.destroyed();
            objects.cancel(number);
            return result;
        }
        objects.publish(number, table);
        return number;
    }

    private int attachTo(final Device device, final int pasid, final PageTable table) {
        if (device.attached(pasid) != null) {
            return -Errno.EBUSY;
        }
        if (!fits(device, pasid, table) || pasid != AttachTable.NO_PASID && !device.takesPasid(pasid)) {
            return -Errno.EINVAL;
        }
        final int result = device.driver().enter(pasid, table);
        if (result == 0) {
            kernel.attach(device, pasid, table);
            device.attached(pasid, table);
            table.use();
        }
        return result;
    }

    private int replaceBy(final Device device, final int pasid, final PageTable table) {
        final PageTable old = device.attached(pasid);
        if (old == null) {
            return -Errno.EINVAL;
        }
        if (old == table) {
            return 0;
        }
        if (!fits(device, pasid, table)) {
            return -Errno.EINVAL;
        }
        final int result = device.driver().enter(pasid, table);
        if (result == 0) {
            kernel.replace(device, pasid, table, old);
            device.attached(pasid, table);
            table.use();
            leave(old);
        }
        return result;
    }

    /** With any PASID in use, the device itself and all its PASIDs need page tables that were made for PASIDs. */
    private static boolean fits(final Device device, final int pasid, final PageTable table) {
        if (pasid == AttachTable.NO_PASID) {
            return table.takesPasid() || !device.usesPasids();
        }
        final PageTable own = device.attached(AttachTable.NO_PASID);
        return table.takesPasid() && (own == null || own.takesPasid());
    }

    /** Detach; nothing happens where nothing is attached. */
    void detach(final Device device, final int pasid) {
        final PageTable old = device.attached(pasid);
        if (old != null) {
            device.driver().leave(pasid);
            kernel.detach(device, pasid, old);
            device.attached(pasid, null);
            leave(old);
        }
    }

    private void leave(final PageTable old) {
        old.unuse();
        if (old instanceof PagingTable table && table.origin() == PagingTable.Origin.AUTOMATIC && !old.isUsed()) {
            objects.remove(old);
        }
    }

    /**
     * Take a device away, and with it what a guest knew of it. A driver has to detach its PASIDs before. Linux 7.2 does
     * not look: their page tables stay in use for ever, and an answer to one of their groups is an oops. Here they are
     * detached.
     */
    void unbind(final Device device) {
        for (final int pasid : device.pasids()) {
            detach(device, pasid);
        }
        if (device.virtualDevice() != null) {
            objects.bury(device.virtualDevice());
        }
        device.unuse();
        objects.remove(device);
        kernel.removeDevice(device);
    }
}
