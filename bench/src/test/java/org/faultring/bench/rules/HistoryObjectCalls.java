/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.nio.ByteBuffer;
import java.util.Random;

import org.faultring.bench.rules.HistoryObjects.Kind;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Iommufd;

/** Calls that make, invalidate and destroy objects. */
final class HistoryObjectCalls {

    private static final int ENTRIES_BYTES = 8192;

    private final Random random;
    private final HistoryObjects objects;
    private final Iommufd iommufd;
    private final HistoryDeviceCalls devices;
    private final Transcript transcript;
    private final ByteBuffer entries = RingMemory.allocate(ENTRIES_BYTES);

    HistoryObjectCalls(final Random random, final HistoryObjects objects, final Iommufd iommufd,
            final HistoryDeviceCalls devices, final Transcript transcript) {
        this.random = random;
        this.objects = objects;
        this.iommufd = iommufd;
        this.devices = devices;
        this.transcript = transcript;
    }

    void call() {
        final int what = random.nextInt(100);
        final Kind missing = missing();
        if (missing != null && what < 60) {
            make(missing);
        } else if (what < 72) {
            make(oneKind());
        } else if (what < 84) {
            invalidate();
        } else {
            destroy();
        }
    }

    private Kind oneKind() {
        return Kind.values()[random.nextInt(Kind.values().length)];
    }

    /** What there should be more of, so that something can happen; or null. */
    private Kind missing() {
        for (final Kind kind : Kind.values()) {
            if (objects.numbers(kind).size() < kind.wanted()) {
                return kind;
            }
        }
        return null;
    }

    private void make(final Kind kind) {
        switch (kind) {
            case SPACE -> objects.made(Kind.SPACE, transcript.add("ioasAlloc()", iommufd.ioasAlloc()));
            case TEST, DEVICE -> devices.mockDevice();
            case FAULTS -> faultQueueAlloc();
            case VIOMMU -> viommuAlloc();
            case VDEVICE -> vdeviceAlloc();
            case EVENTS -> veventqAlloc();
            default -> hwptAlloc(kind);
        }
    }

    private void faultQueueAlloc() {
        final int flags = objects.oneOf(0, 0, 0, 0, 0, 0, 0, 1);
        final int number = iommufd.faultQueueAlloc(flags);
        transcript.add("faultQueueAlloc(" + flags + ")", number);
        opened(Kind.FAULTS, number);
    }

    private void opened(final Kind kind, final int number) {
        if (objects.made(kind, number) > 0) {
            objects.files().add(new HistoryObjects.OpenFile(kind + " " + number, iommufd.file(number)));
        }
    }

    private void hwptAlloc(final Kind wanted) {
        final int flags = random.nextInt(10) == 0 ? objects.oneOf(0, 2, 5, 6, 9, 16, 20, -1) : switch (wanted) {
            case FAULTING -> objects.oneOf(4, 4, 4, 6);
            case PASID -> objects.oneOf(8, 12, 12, 12);
            case PARENT -> objects.oneOf(1, 1, 3);
            case NESTED, VIRTUAL -> objects.oneOf(4, 4, 12, 12, 0);
            default -> objects.oneOf(0, 2);
        };
        final int device = objects.pick(Kind.DEVICE);
        final boolean isNested = wanted == Kind.NESTED || wanted == Kind.VIRTUAL;
        final int parent = objects.pick(
                wanted == Kind.NESTED ? Kind.PARENT : wanted == Kind.VIRTUAL ? Kind.VIOMMU : Kind.SPACE);
        final int type = random.nextInt(15) == 0 ? objects.oneOf(0, 1, 2, Iommufd.DATA_SELFTEST)
                : isNested ? Iommufd.DATA_SELFTEST : Iommufd.DATA_NONE;
        final int faults = objects.pick(Kind.FAULTS);
        final int number = iommufd.hwptAlloc(flags, device, parent, type, faults);
        transcript.add("hwptAlloc(flags=" + flags + ", device=" + device + ", parent=" + parent + ", type="
                + Integer.toHexString(type) + ", fault=" + faults + ")", number);
        objects.made(kind(flags, parent), number);
    }

    private Kind kind(final int flags, final int parent) {
        if (objects.numbers(Kind.VIOMMU).contains(parent)) {
            return Kind.VIRTUAL;
        }
        if (!objects.numbers(Kind.SPACE).contains(parent)) {
            return Kind.NESTED;
        }
        if ((flags & Iommufd.NEST_PARENT) != 0) {
            return Kind.PARENT;
        }
        if ((flags & Iommufd.PASID) != 0) {
            return Kind.PASID;
        }
        return (flags & Iommufd.FAULT_ID_VALID) != 0 ? Kind.FAULTING : Kind.TABLE;
    }

    private void viommuAlloc() {
        final int type = random.nextInt(8) == 0 ? objects.oneOf(0, 1) : Iommufd.VIOMMU_SELFTEST;
        final int device = objects.pick(Kind.DEVICE);
        final int parent = objects.pick(Kind.PARENT, Kind.PARENT, Kind.PARENT, Kind.TABLE);
        objects.made(Kind.VIOMMU, transcript.add("viommuAlloc(" + Integer.toHexString(type) + ", device=" + device
                + ", parent=" + parent + ")", iommufd.viommuAlloc(type, device, parent)));
    }

    private void vdeviceAlloc() {
        final int viommu = objects.pick(Kind.VIOMMU);
        final int device = objects.pick(Kind.DEVICE);
        final long virtualId = random.nextInt(6) == 0 ? 0x1_0000_0000L + random.nextInt(3) : random.nextInt(6);
        objects.made(Kind.VDEVICE, transcript.add("vdeviceAlloc(viommu=" + viommu + ", device=" + device + ", "
                + virtualId + ")", iommufd.vdeviceAlloc(viommu, device, virtualId)));
    }

    private void veventqAlloc() {
        final int flags = objects.oneOf(0, 0, 0, 0, 0, 0, 0, 1);
        final int viommu = objects.pick(Kind.VIOMMU);
        final int type = random.nextInt(6) == 0 ? objects.oneOf(0, 1, 5) : Iommufd.VEVENTQ_SELFTEST;
        final int depth = random.nextInt(8) == 0
                ? objects.oneOf(0, -1, 1 << 19, (1 << 19) + 1)
                : objects.oneOf(1, 2, 3, 5);
        final int number = iommufd.veventqAlloc(flags, viommu, type, depth);
        transcript.add("veventqAlloc(" + flags + ", viommu=" + viommu + ", " + Integer.toHexString(type) + ", depth="
                + depth + ")", number);
        opened(Kind.EVENTS, number);
    }

    private void invalidate() {
        final int id = objects.pick(Kind.NESTED, Kind.VIRTUAL, Kind.VIOMMU);
        final boolean isVirtual = objects.numbers(Kind.VIOMMU).contains(id);
        final int type = random.nextInt(10) == 0 ? objects.oneOf(0, 1) : Iommufd.INVALIDATE_SELFTEST;
        final int bytes = random.nextInt(7) > 0 ? isVirtual ? 12 : 8 : objects.oneOf(0, 4, 8, 12, 16, 20, 4096, 4097);
        final boolean isThere = random.nextInt(20) > 0;
        final int count = random.nextInt(12) == 0
                ? objects.oneOf(0, (1 << 19) + 1, -1)
                : objects.oneOf(1, 1, 1, 2, 2, 3, 5);
        final boolean fits = count >= 0 && count * (long) bytes <= ENTRIES_BYTES;
        final int calledCount = fits || count < 0 || count > 1 << 19 ? count : 1;
        fill(bytes, isVirtual);
        final int result = iommufd.hwptInvalidate(id, type, isThere ? entries : null, bytes, calledCount);
        transcript.add("hwptInvalidate(" + id + ", " + Integer.toHexString(type) + ", " + (isThere ? "" : "null, ")
                + "bytes=" + bytes + ", count=" + calledCount + ")", result);
        transcript.add("invalidated()", iommufd.invalidated());
    }

    /** Entries that mostly make sense. */
    private void fill(final int bytes, final boolean isVirtual) {
        for (int at = 0; at < ENTRIES_BYTES; at += Integer.BYTES) {
            entries.putInt(at, 0);
        }
        if (bytes < 2 * Integer.BYTES || bytes > 64) {
            return;
        }
        for (int i = 0; i < 5; i++) {
            int at = i * bytes;
            entries.putInt(at, objects.oneOf(0, 0, 0, 0, 0, 0, 1, 1, 2, -1));
            at += Integer.BYTES;
            if (isVirtual) {
                entries.putInt(at, random.nextInt(6));
                at += Integer.BYTES;
            }
            entries.putInt(at, objects.oneOf(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 4, -1));
        }
        if (bytes > 12 && random.nextInt(3) == 0) {
            entries.putInt(bytes - Integer.BYTES, 1);
        }
    }

    private void destroy() {
        Kind kind = oneKind();
        // A device is the end of much that could go on.
        if (kind == Kind.TEST) {
            kind = oneKind();
        }
        final int number = objects.pick(kind);
        // Linux does not survive a mock device that goes while a PASID of it is attached.
        devices.detachPasids(number);
        final int result = iommufd.destroy(number);
        transcript.add("destroy(" + number + ")", result);
        if (result == 0) {
            devices.destroyed(number);
            objects.gone(number);
        }
    }
}
