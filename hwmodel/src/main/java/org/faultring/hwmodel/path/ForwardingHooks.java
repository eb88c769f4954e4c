/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

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

/** Hooks in front of other hooks, which are nearer to the parts. */
public class ForwardingHooks implements PathHooks {

    private final PathHooks behind;

    /**
     * In front of others.
     *
     * @param behind nearer to the parts
     */
    protected ForwardingHooks(final PathHooks behind) {
        this.behind = behind;
    }

    @Override
    public Counters counters() {
        return behind.counters();
    }

    @Override
    public ReportPort reports(final ReportPort reporter) {
        return behind.reports(reporter);
    }

    @Override
    public PageResponsePort responses(final PageResponsePort driver) {
        return behind.responses(driver);
    }

    @Override
    public PageResponsePort responsesOf(final int object, final PageResponsePort port) {
        return behind.responsesOf(object, port);
    }

    @Override
    public Misbehaviour misbehaviour(final int device) {
        return behind.misbehaviour(device);
    }

    @Override
    public DomainPort domains(final DomainPort driver) {
        return behind.domains(driver);
    }

    @Override
    public FaultSink sink(final int object, final FaultSink sink) {
        return behind.sink(object, sink);
    }

    @Override
    public FaultObject object(final int object, final FaultObject faultObject) {
        return behind.object(object, faultObject);
    }

    @Override
    public FaultFile file(final int object, final FaultFile file) {
        return behind.file(object, file);
    }

    @Override
    public Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
            final Supplier<Delivery> usual) {
        return behind.reader(object, file, handler, usual);
    }

    @Override
    public Delivery ringReader(final int object, final BoundedFaultObject faultObject,
            final PageFaultHandler handler, final Supplier<Delivery> usual) {
        return behind.ringReader(object, faultObject, handler, usual);
    }

    @Override
    public FaultRing faults(final int object, final FaultRing ring) {
        return behind.faults(object, ring);
    }

    @Override
    public PageFaultHandler handler(final int object, final PageFaultHandler handler) {
        return behind.handler(object, handler);
    }

    @Override
    public BoundedLimits limits(final int object, final BoundedLimits usual) {
        return behind.limits(object, usual);
    }

    @Override
    public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
        return behind.schedule(device, schedule);
    }

    @Override
    public PageRequestingDevice device(final int device, final DeviceSocket socket,
            final Supplier<PageRequestingDevice> usual) {
        return behind.device(device, socket, usual);
    }

    @Override
    public PageRequestPort requests(final int device, final PageRequestPort iommu) {
        return behind.requests(device, iommu);
    }

    @Override
    public PageGroupResponsePort answers(final int device, final PageGroupResponsePort function) {
        return behind.answers(device, function);
    }

    @Override
    public TransactionResultPort outcomes(final int device, final TransactionResultPort master) {
        return behind.outcomes(device, master);
    }
}
