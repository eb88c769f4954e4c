/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import org.faultring.bench.linux.EventFd;
import org.faultring.bench.linux.FanotifyFaults;
import org.faultring.bench.linux.FaultSource;
import org.faultring.bench.linux.IoUringAvailability;
import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.linux.IommuAvailability;
import org.faultring.bench.linux.PipeFaults;
import org.faultring.bench.linux.StandInAvailability;
import org.faultring.bench.linux.UserFaultFile.Resolution;
import org.faultring.bench.linux.UserFaults;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.ring.file.FileShape.EmptyRead;

/** What this kernel has to raise faults with, and which designs can read it. */
final class StandIns {

    private final DeliveryDesign design;
    private final Ground ground;
    private final int inFlight;

    /**
     * For a cell.
     *
     * @param cell that has been checked
     */
    StandIns(final DeliveryCell cell) {
        design = DeliveryDesign.ofKey(cell.design());
        ground = cell.ground();
        inFlight = cell.inFlight();
    }

    /**
     * Look whether it can be had.
     *
     * @param cell to run
     * @throws CannotRunException if it cannot be run here
     */
    static void check(final DeliveryCell cell) throws CannotRunException {
        if (cell.inFlight() > FaultSource.MOST_IN_FLIGHT) {
            throw new CannotRunException("a stand-in has " + FaultSource.MOST_IN_FLIGHT + " faults in flight at most: "
                    + "ask for fewer than " + cell.inFlight() + ".");
        }
        final StandIns standIns = new StandIns(cell);
        standIns.checkDesign();
        standIns.checkGround();
    }

    private void checkDesign() throws CannotRunException {
        switch (design) {
            case VFIO_REGION, SHARED_RING -> throw new CannotRunException("no kernel has a ring of faults to map: it "
                    + "runs on threads and on model.");
            case SVA, INJECT -> throw new CannotRunException("it is a design of the kernel's path: it runs on threads "
                    + "and on model.");
            default -> {
                // A design over a file.
            }
        }
        if (design.usesRing()) {
            final IoUringAvailability ring = IoUringAvailability.find(IoUringSettings.DEFAULT);
            if (!ring.isAvailable()) {
                throw new CannotRunException(ring.sentence());
            }
            if (ground == Ground.FANOTIFY || ground == Ground.USERFAULT) {
                throw new CannotRunException("what " + ground.key() + " gives is not a record of a fault until it has "
                        + "been converted, which a posted read does not do: it runs on pipe.");
            }
        }
        if (design == DeliveryDesign.EVENTFD && ground != Ground.PIPE) {
            throw new CannotRunException(ground.key() + " has no eventfd: it runs on pipe.");
        }
    }

    private void checkGround() throws CannotRunException {
        final StandInAvailability found = switch (ground) {
            case PIPE -> StandInAvailability.pipe(inFlight);
            case FANOTIFY -> StandInAvailability.fanotify(inFlight);
            case USERFAULT -> StandInAvailability.userFault(inFlight);
            default -> {
                final IommuAvailability iommu = IommuAvailability.find();
                throw new CannotRunException(iommu.isAvailable()
                        ? "times of the self-test's mock device say nothing: './faultring instructions' counts on it."
                        : iommu.sentence());
            }
        };
        if (!found.isAvailable()) {
            throw new CannotRunException(found.sentence());
        }
    }

    DeliveryDesign design() {
        return design;
    }

    /**
     * Set one up.
     *
     * @param events signalled for each burst, where the ground can; null for none
     * @return a source without faults
     */
    FaultSource open(final EventFd events) {
        return switch (ground) {
            case PIPE -> {
                final PipeFaults pipe = new PipeFaults(inFlight, Math.max(1, inFlight / 2), emptyRead());
                if (events != null) {
                    pipe.signal(events);
                }
                yield pipe;
            }
            case FANOTIFY -> new FanotifyFaults(inFlight);
            case USERFAULT -> new UserFaults(inFlight, Resolution.COPY);
            default -> throw new IllegalStateException(ground.key());
        };
    }

    /** Posted reads and requests wait in a file that blocks; the others are made for one that does not. */
    private EmptyRead emptyRead() {
        return switch (design) {
            case POSTED_READ, COMMIT_AND_FETCH -> EmptyRead.BLOCKS;
            default -> EmptyRead.RETURNS_EAGAIN;
        };
    }
}
