/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;

/** A program with the model open: an address space, and shorter ways to call. */
final class ModelUser {

    static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    static final int RESPONSE = PageResponseFlyweight.LENGTH_BYTES;
    static final int LAST = PageFaultFlyweight.LAST_PAGE;
    static final int READ = PageFaultFlyweight.READ;

    final ModelIommufd model;
    final int space;
    private final ByteBuffer buffer = RingMemory.allocate(100 * RECORD);
    private final Map<FaultFile, Integer> numbers = new HashMap<>();
    private final PageFaultFlyweight fault = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();

    ModelUser() {
        this(IommufdLimits.DEFAULT);
    }

    ModelUser(final IommufdLimits limits) {
        model = new ModelIommufd(limits);
        space = made(model.ioasAlloc());
    }

    /** Number of an object that must have been made. */
    static int made(final int number) {
        assertTrue(number > 0, () -> "result=" + number);
        return number;
    }

    MockDevice device() {
        return device(space, MockDevices.DEVICE_PASID);
    }

    MockDevice device(final int pageTable, final int flags) {
        final MockDevice device = model.mockDevice(pageTable, flags);
        assertEquals(0, device.result());
        return device;
    }

    int faultQueue() {
        return made(model.faultQueueAlloc(0));
    }

    int table(final MockDevice device, final int flags, final int faults) {
        return made(model.hwptAlloc(flags, device.deviceId(), space, Iommufd.DATA_NONE, faults));
    }

    /** A page table with a fault object. */
    int faulting(final MockDevice device, final int faults) {
        return table(device, Iommufd.FAULT_ID_VALID | Iommufd.PASID, faults);
    }

    int parent(final MockDevice device) {
        return table(device, Iommufd.NEST_PARENT, 0);
    }

    int nested(final MockDevice device, final int parent, final int faults) {
        return made(model.hwptAlloc(Iommufd.FAULT_ID_VALID, device.deviceId(), parent, Iommufd.DATA_SELFTEST, faults));
    }

    int viommu(final MockDevice device, final int parent) {
        return made(model.viommuAlloc(Iommufd.VIOMMU_SELFTEST, device.deviceId(), parent));
    }

    /** A device whose faults go to a fault object. */
    MockDevice attached(final int faults) {
        final MockDevice device = device();
        final int table = faulting(device, faults);
        assertEquals(table, model.replace(device, table));
        return device;
    }

    void trigger(final MockDevice device, final int pasid, final int groupIndex) {
        assertEquals(0, model.triggerFault(device.deviceId(), pasid, groupIndex, READ, groupIndex * 4096L));
    }

    /** Group index of each record that a read gives, or a negated error alone. */
    List<Integer> read(final FaultFile file, final int records) {
        final int result = file.read(number(file), 0, records * RECORD);
        final List<Integer> groups = new ArrayList<>();
        if (result < 0) {
            groups.add(result);
        }
        for (int at = 0; at < result; at += RECORD) {
            groups.add(record(at).groupIndex());
        }
        return groups;
    }

    /** A record of the last read. */
    PageFaultFlyweight record(final int at) {
        return fault.wrap(buffer, at);
    }

    int write(final FaultFile file, final int cookie, final int code) {
        final int number = number(file);
        response.wrap(buffer, 0).set(cookie, code);
        return file.write(number, 0, RESPONSE);
    }

    int number(final FaultFile file) {
        return numbers.computeIfAbsent(file, unknown -> unknown.register(buffer));
    }
}
