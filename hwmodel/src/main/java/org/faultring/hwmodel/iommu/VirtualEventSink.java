/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.VirtualDevice;
import org.faultring.ring.kernel.VirtualEventType;
import org.faultring.ring.kernel.VirtualIommu;

/**
 * Sends the events of a driver to the guests that have the devices: from the device to its virtual IOMMU, and there to
 * the queue of the driver's type, with the device named as the guest knows it.
 *
 * <p>Linux 7.2 does so for SMMUv3 ({@code arm_vmaster_report_event},
 * drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3-iommufd.c) and Tegra's command queues (tegra241-cmdqv.c); for VT-d, AMD and
 * RISC-V it is this project's. As there, faults of the second level are the host's business. What no guest takes is
 * counted as printed.
 *
 * <p>Devices come and go in one world at a time; events belong to the kernel world, and allocate nothing.
 */
public final class VirtualEventSink implements EventSink {

    private final VirtualEventType type;
    private final RecordNaming naming;
    private final Tally tally;
    private final ByteBuffer renamed;
    // Replaced, never changed: an event sees the table as it was built.
    private volatile VirtualIommu[] guests = {};

    /**
     * A sink for one driver's events, with no guests.
     *
     * @param type   of the driver's records
     * @param naming of the driver's records
     * @param tally  of the kernel world
     */
    public VirtualEventSink(final VirtualEventType type, final RecordNaming naming, final Tally tally) {
        this.type = type;
        this.naming = naming;
        this.tally = tally;
        renamed = RingMemory.allocate(type.payloadBytes());
    }

    /**
     * A guest has the device from now on.
     *
     * @param device number of the function in the fault reporter
     * @param viommu of the guest, which knows the device
     */
    public void assign(final int device, final VirtualIommu viommu) {
        if (viommu.device(device) == null) {
            throw new IllegalArgumentException("device=" + device + " (expected: a device of the virtual IOMMU)");
        }
        set(device, viommu);
    }

    /**
     * No guest has the device from now on.
     *
     * @param device number of the function in the fault reporter
     */
    public void release(final int device) {
        set(device, null);
    }

    private void set(final int device, final VirtualIommu viommu) {
        final VirtualIommu[] changed = Arrays.copyOf(guests, Math.max(guests.length, device + 1));
        changed[device] = viommu;
        guests = changed;
    }

    @Override
    public void onEvent(final int device, final FaultLevel level, final ByteBuffer record, final int offset,
            final int lengthBytes) {
        final VirtualIommu[] now = guests;
        final VirtualIommu viommu = device >= 0 && device < now.length ? now[device] : null;
        if (viommu == null || level == FaultLevel.SECOND || !send(device, viommu, record, offset, lengthBytes)) {
            tally.increment(Counter.EVENTS_PRINTED);
        }
    }

    private boolean send(final int device, final VirtualIommu viommu, final ByteBuffer record, final int offset,
            final int lengthBytes) {
        final VirtualDevice known = viommu.device(device);
        if (known == null) {
            return false;
        }
        renamed.put(0, record, offset, lengthBytes);
        naming.rename(renamed, 0, known.virtualId());
        return viommu.report(type.number(), renamed, 0, lengthBytes) == 0;
    }
}
