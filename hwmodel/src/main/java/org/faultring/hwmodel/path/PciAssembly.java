/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.device.EndpointDevice;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.device.InvalidationResponder;
import org.faultring.hwmodel.device.Misbehaviour;
import org.faultring.hwmodel.device.MisbehavingEndpoint;
import org.faultring.hwmodel.device.PageRequestingDevice;
import org.faultring.hwmodel.device.TranslationCache;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.pci.AtsCapability;
import org.faultring.hwmodel.pci.ConfigSpace;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.LinuxPciFunction;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.ring.kernel.DrainPort;

/**
 * An IOMMU that takes page requests, and PCIe functions behind it.
 *
 * @param iommu  of any vendor
 * @param driver that drives it
 * @param drain  the driver's way of emptying its queue
 */
record PciAssembly(Iommu iommu, IommuDriver driver, DrainPort drain) implements IommuAssembly {

    @Override
    public FaultingDevice connect(final DeviceParts parts) {
        final int requesterId = parts.settings().requesterId();
        final PriCapability pri = new PriCapability(parts.credits());
        final Misbehaviour misbehaviour = parts.hooks().misbehaviour(parts.device());
        if (!misbehaviour.equals(Misbehaviour.NONE)) {
            return connectRogue(parts, pri, misbehaviour);
        }
        final DeviceSocket socket = socket(parts, parts.hooks().requests(parts.device(), iommu), pri);
        final PageRequestingDevice device =
                parts.hooks().device(parts.device(), socket, () -> endpoint(socket, parts.observer()));
        iommu.connect(requesterId, parts.hooks().answers(parts.device(), device));
        driver.addDevice(requesterId, parts.device());
        if (parts.cached() > 0) {
            letTranslate(translating(device, parts.cached()), parts, requesterId);
        }
        // A configuration may ask for more credits than the driver would grant.
        pri.enable(parts.credits());
        return device;
    }

    private static DeviceSocket socket(final DeviceParts parts, final PageRequestPort upstream,
            final PriCapability pri) {
        return new DeviceSocket(parts.settings(), upstream, pri, parts.workload(), parts.schedule(),
                parts.pageTable(), parts.stages(), parts.clock(), parts.tally());
    }

    private static EndpointDevice endpoint(final DeviceSocket socket, final GroupObserver observer) {
        return new EndpointDevice(socket.settings(), socket.iommu(), socket.pri(), socket.workload(),
                socket.schedule(), socket.pageTable(), socket.stages(), socket.clock(), socket.tally(), observer);
    }

    private static EndpointDevice translating(final PageRequestingDevice device, final int cacheEntries) {
        if (device instanceof final EndpointDevice endpoint) {
            return endpoint;
        }
        throw new IllegalArgumentException(
                "cacheEntries=" + cacheEntries + " (expected: 0 with a device of one's own, which has its own cache)");
    }

    private FaultingDevice connectRogue(final DeviceParts parts, final PriCapability granted,
            final Misbehaviour misbehaviour) {
        if (parts.cached() > 0) {
            throw new IllegalArgumentException("cacheEntries=" + parts.cached()
                    + " (expected: 0, a device that misbehaves on purpose does not translate)");
        }
        final int requesterId = parts.settings().requesterId();
        final MisbehavingEndpoint rogue = new MisbehavingEndpoint(misbehaviour, requesterId,
                parts.hooks().requests(parts.device(), iommu), granted, parts.tally());
        final EndpointDevice device = endpoint(socket(parts, rogue, rogue.believedPri()), parts.observer());
        rogue.connect(device);
        iommu.connect(requesterId, parts.hooks().answers(parts.device(), rogue));
        driver.addDevice(requesterId, parts.device());
        granted.enable(parts.credits());
        return new RogueDevice(device, rogue);
    }

    /** As Linux does before it enables page requests (pci_enable_ats, drivers/pci/ats.c). */
    private void letTranslate(final EndpointDevice device, final DeviceParts parts, final int requesterId) {
        final AtsCapability ats = new AtsCapability(InvalidateRequestMessage.TAGS, AtsCapability.PAGE_ALIGNED);
        final ConfigSpace config = new ConfigSpace();
        config.add(ats);
        new LinuxPciFunction(config).enableAts(LinuxPciFunction.MIN_UNIT_SHIFT);
        final TranslationCache cache = new TranslationCache(requesterId, iommu, parts.cached());
        final InvalidationResponder responder =
                new InvalidationResponder(requesterId, 0, 1, ats, cache, iommu, parts.tally());
        iommu.connectDeviceTlb(requesterId, responder);
        device.translateThrough(cache, responder);
    }

    @Override
    public int heldRequests() {
        return 0;
    }
}
