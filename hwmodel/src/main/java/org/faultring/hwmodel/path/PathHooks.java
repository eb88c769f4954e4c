/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.function.Function;
import java.util.function.Supplier;

import org.faultring.hwmodel.device.PageRequestingDevice;
import org.faultring.hwmodel.iommu.TransactionResultPort;
import org.faultring.hwmodel.device.Misbehaviour;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.ring.FaultRing;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits;
import org.faultring.ring.kernel.DomainPort;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;

/**
 * What may be put between the parts of a path while it is assembled: to watch, to lose, to break. Each method is called
 * once for each part, and returns the part that is used in its place; by default that is the part itself.
 */
public interface PathHooks {

    /** Nothing in between. */
    PathHooks NONE = new PathHooks() {};

    /**
     * Functions of one's own, and nothing in between.
     *
     * @param maker makes a function for each socket
     * @return the hooks
     */
    static PathHooks ofDevice(final Function<DeviceSocket, PageRequestingDevice> maker) {
        return new PathHooks() {
            @Override
            public PageRequestingDevice device(final int device, final DeviceSocket socket,
                    final Supplier<PageRequestingDevice> usual) {
                return maker.apply(socket);
            }
        };
    }

    /**
     * Where the path counts.
     *
     * @return counters at zero, in memory of their own or in a file that a monitor maps
     */
    default Counters counters() {
        return new Counters();
    }

    /**
     * Between the driver and the fault layer.
     *
     * @param reporter the fault layer
     * @return what the driver reports to
     */
    default ReportPort reports(final ReportPort reporter) {
        return reporter;
    }

    /**
     * Between the fault layer and the driver.
     *
     * @param driver answers devices
     * @return what the fault layer answers through
     */
    default PageResponsePort responses(final PageResponsePort driver) {
        return driver;
    }

    /**
     * Between the kernel side of a fault object and what it answers through.
     *
     * @param object number of the object
     * @param port   what {@link #responses} gave
     * @return what answers from the readers of this object go through
     */
    default PageResponsePort responsesOf(final int object, final PageResponsePort port) {
        return port;
    }

    /**
     * What a function does wrong on purpose.
     *
     * @param device number of the function
     * @return what it does, {@link Misbehaviour#NONE} by default; without effect on a master whose transactions stall
     */
    default Misbehaviour misbehaviour(final int device) {
        return Misbehaviour.NONE;
    }

    /**
     * Between a change of an attachment and the driver.
     *
     * @param driver switches devices to other domains
     * @return what is asked to
     */
    default DomainPort domains(final DomainPort driver) {
        return driver;
    }

    /**
     * Between the fault layer and a fault object.
     *
     * @param object number of the object
     * @param sink   its kernel side
     * @return where groups go
     */
    default FaultSink sink(final int object, final FaultSink sink) {
        return sink;
    }

    /**
     * Between the owner of a fault object, who detaches, and the object.
     *
     * @param object      number of the object
     * @param faultObject that answers what a detach leaves behind
     * @return what is used
     */
    default FaultObject object(final int object, final FaultObject faultObject) {
        return faultObject;
    }

    /**
     * Between the reader and the file of a fault object.
     *
     * @param object number of the object
     * @param file   of the object
     * @return what the reader reads and writes
     */
    default FaultFile file(final int object, final FaultFile file) {
        return file;
    }

    /**
     * The reader of a fault object that is a file.
     *
     * @param object  number of the object
     * @param file    to read and write
     * @param handler maps pages
     * @param usual   makes the reader of the configuration
     * @return the reader
     */
    default Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
            final Supplier<Delivery> usual) {
        return usual.get();
    }

    /**
     * The reader of a fault object that is mapped into it.
     *
     * @param object      number of the object
     * @param faultObject whose rings it works on
     * @param handler     maps pages
     * @param usual       makes the reader of the configuration
     * @return the reader
     */
    default Delivery ringReader(final int object, final BoundedFaultObject faultObject,
            final PageFaultHandler handler, final Supplier<Delivery> usual) {
        return usual.get();
    }

    /**
     * Between a ring of faults that is mapped and the usual handler of a design.
     *
     * @param object number of the fault object
     * @param ring   that the handler takes from
     * @return that ring, or something in front of it
     */
    default FaultRing faults(final int object, final FaultRing ring) {
        return ring;
    }

    /**
     * What handles the faults of a fault object.
     *
     * @param object  number of the object
     * @param handler maps pages
     * @return what a reader calls
     */
    default PageFaultHandler handler(final int object, final PageFaultHandler handler) {
        return handler;
    }

    /**
     * What a fault object that is a mapped ring holds.
     *
     * @param object number of the object
     * @param usual  the depth of the shape, Failure for what finds no room
     * @return the limits of the object
     */
    default BoundedLimits limits(final int object, final BoundedLimits usual) {
        return usual;
    }

    /**
     * When a device raises.
     *
     * @param device   number of the device
     * @param schedule that all devices share
     * @return the schedule of this one
     */
    default RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
        return schedule;
    }

    /**
     * A function that asks for pages: one of one's own in its place. Not asked for a master whose transactions stall.
     *
     * @param device number of the function
     * @param socket what the function is connected to
     * @param usual  makes the function of the configuration, which raises the workload
     * @return the function
     */
    default PageRequestingDevice device(final int device, final DeviceSocket socket,
            final Supplier<PageRequestingDevice> usual) {
        return usual.get();
    }

    /**
     * Between a function and the IOMMU.
     *
     * @param device number of the function
     * @param iommu  takes requests
     * @return what the function sends to
     */
    default PageRequestPort requests(final int device, final PageRequestPort iommu) {
        return iommu;
    }

    /**
     * Between the IOMMU and a function.
     *
     * @param device   number of the function
     * @param function takes answers
     * @return what the IOMMU answers to
     */
    default PageGroupResponsePort answers(final int device, final PageGroupResponsePort function) {
        return function;
    }

    /**
     * Between the IOMMU and a master whose transactions stall.
     *
     * @param device number of the master
     * @param master takes outcomes
     * @return what the IOMMU tells outcomes
     */
    default TransactionResultPort outcomes(final int device, final TransactionResultPort master) {
        return master;
    }
}
