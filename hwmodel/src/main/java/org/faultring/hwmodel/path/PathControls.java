/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.function.IntConsumer;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.device.EndpointDevice;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.AttachmentChange;

/**
 * What may be done to a path from outside while it runs: resets of devices, PASIDs that end, changes of attachments,
 * files that close. For a caller that runs all worlds itself.
 *
 * <p>A change of an attachment is begun here, goes on in the kernel world, and ends in {@link #owner()}, an agent of
 * the user world that has to be run like the others. One change is under way at a time.
 */
public final class PathControls {

    /** Page tables over each fault object, so that an attachment may move between two on the same object. */
    public static final int DOMAINS_PER_OBJECT = 2;

    private final FaultingDevice[] devices;
    private final UserSide[] sides;
    private final PathRoutes routes;
    private final AttachTable attachments;
    private final AttachmentChange change;
    private final Owner owner;
    private final Tally hardwareTally;
    private final IommuDriver driver;

    PathControls(final IommuDriver driver, final FaultingDevice[] devices, final UserSide[] sides,
            final PathRoutes routes, final AttachTable attachments, final AttachmentChange change, final Tally tally,
            final Tally hardwareTally) {
        this.driver = driver;
        this.devices = devices;
        this.sides = sides;
        this.routes = routes;
        this.attachments = attachments;
        this.change = change;
        this.hardwareTally = hardwareTally;
        owner = new Owner(change, tally);
    }

    /** Who has opened /dev/iommu: ends changes. */
    private static final class Owner implements DormantAgent {

        private final AttachmentChange change;
        private final Tally tally;
        private boolean changing;
        private IntConsumer ended = result -> {
        };

        private Owner(final AttachmentChange change, final Tally tally) {
            this.change = change;
            this.tally = tally;
        }

        @Override
        public int doWork() {
            if (!changing || !change.finish()) {
                return 0;
            }
            changing = false;
            tally.publish();
            ended.accept(change.result());
            return 1;
        }

        @Override
        public boolean isDormant() {
            return !changing;
        }

        @Override
        public String roleName() {
            return "owner";
        }
    }

    /**
     * Who ends changes.
     *
     * @return an agent of the user world
     */
    public Agent owner() {
        return owner;
    }

    /**
     * Whether a change is under way.
     *
     * @return true until {@link #owner()} has ended it
     */
    public boolean isChanging() {
        return owner.changing;
    }

    /**
     * Who hears how changes end.
     *
     * @param listener told what {@link AttachmentChange#result()} is then
     */
    public void whenChanged(final IntConsumer listener) {
        owner.ended = listener;
    }

    /**
     * Fault object that a device's PASID is attached to.
     *
     * @param device number of the device
     * @param pasid  of the workload
     * @return number of the object, or {@link AttachTable#NONE}
     */
    public int objectOf(final int device, final int pasid) {
        final int attachment = attachments.find(device, pasid);
        return attachment == AttachTable.NONE ? AttachTable.NONE : routes.objectOf(attachments.domain(attachment));
    }

    /**
     * Attachment of a device's PASID.
     *
     * @param device number of the device
     * @param pasid  of the workload
     * @return number of the attachment, or {@link AttachTable#NONE}
     */
    public int attachmentOf(final int device, final int pasid) {
        return attachments.find(device, pasid);
    }

    /**
     * Whether anything that handles faults is attached to a device.
     *
     * @param device number of the device
     * @return false if what it sends is refused
     */
    public boolean hasHandlers(final int device) {
        return attachments.handlers(device) > 0;
    }

    /**
     * Begin to detach a device's PASID, to which something is attached.
     *
     * @param device number of the device
     * @param pasid  of the workload
     * @throws IllegalStateException if a change is under way
     */
    public void detach(final int device, final int pasid) {
        change.beginDetach(device, pasid, routes.object(objectOf(device, pasid)));
        owner.changing = true;
    }

    /**
     * Begin to attach a page table to a device's PASID.
     *
     * @param device number of the device
     * @param pasid  of the workload
     * @param domain number of the page table: {@link #DOMAINS_PER_OBJECT} for each fault object
     * @throws IllegalStateException if a change is under way
     */
    public void attach(final int device, final int pasid, final int domain) {
        Checks.range("domain", domain, 0, routes.domains() - 1);
        change.beginAttach(device, pasid, routes.domain(device, domain));
        owner.changing = true;
    }

    /**
     * Begin to put a page table in the place of the one attached.
     *
     * @param device number of the device
     * @param pasid  of the workload
     * @param domain number of the page table: {@link #DOMAINS_PER_OBJECT} for each fault object
     * @throws IllegalStateException if a change is under way
     */
    public void replace(final int device, final int pasid, final int domain) {
        Checks.range("domain", domain, 0, routes.domains() - 1);
        final int object = objectOf(device, pasid);
        change.beginReplace(device, pasid, routes.domain(device, domain),
                object == AttachTable.NONE ? null : routes.object(object));
        owner.changing = true;
    }

    /**
     * The file of a fault object.
     *
     * @param object number of the object
     * @return the file, null if it has none
     */
    public FaultFile file(final int object) {
        return sides[object].file();
    }

    /**
     * Reset the page request interface of a function and enable it again, as Linux does ({@code pci_reset_pri},
     * {@code pci_enable_pri}, drivers/pci/ats.c): it gives up what is outstanding, and a failure is over.
     *
     * @param device number of the function
     * @return false if the device is a master whose transactions stall, or one of one's own
     */
    public boolean reset(final int device) {
        final EndpointDevice function = function(device);
        if (function != null) {
            final PriCapability pri = function.pri();
            final int granted = pri.allocation();
            pri.disable();
            pri.reset();
            pri.enable(granted);
            hardwareTally.publish();
            return true;
        }
        return false;
    }

    /**
     * A PASID of a function ends: it is raised no longer, and a stop marker is sent.
     *
     * @param device number of the function
     * @param pasid  of the workload
     * @return false if the device is a master whose transactions stall, or one of one's own
     */
    public boolean stopPasid(final int device, final int pasid) {
        final EndpointDevice function = function(device);
        if (function != null) {
            function.stopPasid(pasid);
            return true;
        }
        return false;
    }

    /** The function, also behind what spoils its requests; null for a master whose transactions stall. */
    private EndpointDevice function(final int device) {
        if (devices[device] instanceof final RogueDevice rogue) {
            return rogue.function();
        }
        return devices[device] instanceof final EndpointDevice function ? function : null;
    }

    /**
     * Requests that a device waits for.
     *
     * @param device number of the device
     * @return the count
     */
    public int outstanding(final int device) {
        return devices[device].outstanding();
    }

    /**
     * Requests in the hardware's queue.
     *
     * @return those that the driver has not taken
     */
    public int queuedRequests() {
        return driver.queuedRequests();
    }

    /**
     * Raise nothing new.
     *
     * @param device number of the device
     */
    public void stopRaising(final int device) {
        devices[device].stopRaising();
    }
}
