/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.Random;

import org.faultring.bench.rules.HistoryObjects.Kind;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;

/** Calls for mock devices. */
final class HistoryDeviceCalls {

    /** Those that a device can have; on 1024 attaching fails every second time. */
    private static final int[] PASIDS = {1, 5, 1024, (1 << 20) - 1};

    private final Random random;
    private final HistoryObjects objects;
    private final MockDevices mocks;
    private final Transcript transcript;
    /** Device that was attached to a page table of a virtual IOMMU last, or 0. */
    private int eventDevice;

    HistoryDeviceCalls(final Random random, final HistoryObjects objects, final MockDevices mocks,
            final Transcript transcript) {
        this.random = random;
        this.objects = objects;
        this.mocks = mocks;
        this.transcript = transcript;
    }

    void call() {
        final int what = random.nextInt(100);
        final MockDevice device = device();
        if (device == null) {
            mockDevice();
        } else if (what < 16) {
            replace(device);
        } else if (what < 28) {
            pasidAttach(device);
        } else if (what < 35) {
            pasidReplace(device);
        } else if (what < 39) {
            final int pasid = pasid();
            transcript.add("pasidDetach(" + device.selfTestId() + ", " + pasid + ")",
                    mocks.pasidDetach(device, pasid));
        } else if (what < 84) {
            triggerFaults();
        } else if (what < 92) {
            final int deviceId = eventDevice > 0 && random.nextInt(4) > 0 ? eventDevice : objects.pick(Kind.DEVICE);
            for (int i = random.nextInt(4); i >= 0; i--) {
                transcript.add("triggerEvent(" + deviceId + ")", mocks.triggerEvent(deviceId));
            }
        } else {
            check();
        }
    }

    private void pasidAttach(final MockDevice device) {
        final int pasid = pasid();
        final int table = objects.pick(Kind.PASID, Kind.PASID, Kind.PASID, Kind.NESTED, Kind.TABLE, Kind.SPACE);
        if (transcript.add("pasidAttach(" + device.selfTestId() + ", " + pasid + ", " + table + ")",
                mocks.pasidAttach(device, pasid, table)) == 0) {
            objects.attached(device, pasid);
        }
    }

    private void pasidReplace(final MockDevice device) {
        final int pasid = pasid();
        final int table = objects.pick(Kind.PASID, Kind.PASID, Kind.NESTED, Kind.TABLE, Kind.SPACE);
        if (transcript.add("pasidReplace(" + device.selfTestId() + ", " + pasid + ", " + table + ")",
                mocks.pasidReplace(device, pasid, table)) == 0) {
            objects.attached(device, pasid);
        }
    }

    private int pasid() {
        return random.nextInt(10) == 0 ? objects.oneOf(0, 0, 1 << 20, -1) : objects.oneOf(PASIDS);
    }

    /** Mostly one that is there, sometimes one that never was. */
    private MockDevice device() {
        if (!objects.devices().isEmpty() && random.nextInt(30) == 0) {
            return new MockDevice(0, objects.pick(Kind.values()), 0, 0);
        }
        return objects.oneOf(objects.devices());
    }

    void mockDevice() {
        final int flags = random.nextInt(4) == 0
                ? objects.oneOf(0, 0, 1, 1 | MockDevices.DEVICE_PASID, 2, 8)
                : MockDevices.DEVICE_PASID;
        final int table = objects.pick(Kind.SPACE, Kind.SPACE, Kind.SPACE, Kind.PASID, Kind.FAULTING, Kind.NESTED,
                Kind.VIRTUAL, Kind.PARENT);
        final MockDevice device = mocks.mockDevice(table, flags);
        transcript.add("mockDevice(" + table + ", " + flags + ")",
                device.result() == 0 ? device.toString() : "-" + Errno.name(-device.result()));
        if (device.result() == 0) {
            objects.made(Kind.TEST, device.selfTestId());
            objects.made(Kind.DEVICE, device.deviceId());
            objects.devices().add(device);
        }
    }

    private void replace(final MockDevice device) {
        final int table = objects.pick(Kind.FAULTING, Kind.PASID, Kind.PASID, Kind.PASID, Kind.PASID, Kind.NESTED,
                Kind.VIRTUAL, Kind.VIRTUAL, Kind.VIRTUAL, Kind.TABLE, Kind.PARENT, Kind.SPACE);
        if (transcript.add("replace(" + device.selfTestId() + ", " + table + ")", mocks.replace(device, table)) > 0) {
            objects.attached(device, 0);
            if (objects.numbers(Kind.VIRTUAL).contains(table)) {
                eventDevice = device.deviceId();
            }
        }
    }

    private void triggerFaults() {
        final HistoryObjects.Target target = objects.oneOf(objects.targets());
        final boolean isTarget = target != null && random.nextInt(4) > 0;
        final int device = isTarget ? target.deviceId() : objects.pick(Kind.DEVICE);
        final int pasid = isTarget ? target.pasid() : random.nextBoolean() ? 0 : pasid();
        // Sometimes many, so that there are more cookies than a node of the kernel's tree has places.
        for (int i = random.nextInt(random.nextInt(40) == 0 ? 150 : 4); i >= 0; i--) {
            triggerFault(device, pasid);
        }
    }

    private void triggerFault(final int device, final int pasid) {
        final int group = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(512);
        final int permissions = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(16);
        final long address = random.nextLong();
        transcript.add("triggerFault(" + device + ", " + pasid + ", " + group + ", " + permissions + ", " + address
                + ")", mocks.triggerFault(device, pasid, group, permissions, address));
    }

    private void check() {
        final int slot = random.nextInt(10) == 0 ? objects.oneOf(4, -1) : random.nextInt(4);
        final boolean isCache = random.nextBoolean();
        final int id = isCache ? objects.pick(Kind.DEVICE) : objects.pick(Kind.NESTED, Kind.VIRTUAL);
        final int value = random.nextInt(3) == 0 ? 0 : isCache ? MockDevices.CACHE_RESET : MockDevices.IOTLB_RESET;
        transcript.add((isCache ? "checkCache(" : "checkIotlb(") + id + ", " + slot + ", "
                + Integer.toHexString(value) + ")",
                isCache ? mocks.checkCache(id, slot, value) : mocks.checkIotlb(id, slot, value));
    }

    void detachAllPasids() {
        objects.devices().forEach(device -> detachPasids(device.selfTestId()));
    }

    /** If a device is under the number, no PASID of it is attached any more. */
    void detachPasids(final int selfTestId) {
        for (final MockDevice device : objects.devices()) {
            if (device.selfTestId() == selfTestId) {
                for (final int pasid : PASIDS) {
                    transcript.add("pasidDetach(" + selfTestId + ", " + pasid + ")", mocks.pasidDetach(device, pasid));
                }
            }
        }
    }

    /** A number was destroyed; if a device was under it that is gone. */
    void destroyed(final int selfTestId) {
        objects.devices().removeIf(device -> {
            if (device.selfTestId() == selfTestId) {
                objects.gone(device.deviceId());
                return true;
            }
            return false;
        });
    }
}
