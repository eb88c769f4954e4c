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
        if (what < 6 || objects.numbers(Kind.SPACE).isEmpty()) {
            objects.made(Kind.SPACE, transcript.add("ioasAlloc()", iommufd.ioasAlloc()));
        } else if (what < 16 || objects.numbers(Kind.FAULTS).isEmpty()) {
            faultQueueAlloc();
        } else if (what < 24 || objects.devices().isEmpty()) {
            devices.mockDevice();
        } else if (what < 52) {
            hwptAlloc();
        } else if (what < 59) {
            viommuAlloc();
        } else if (what < 66) {
            vdeviceAlloc();
        } else if (what < 72) {
            veventqAlloc();
        } else if (what < 86) {
            invalidate();
        } else {
            destroy();
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

    private void hwptAlloc() {
        final int flags = objects.oneOf(0, 1, 1, 3, 4, 4, 4, 4, 4, 8, 12, 12, 12, 2, 6, 5, 9, 16, 20, -1);
        final int device = objects.pick(Kind.DEVICE);
        final boolean isNested = (flags & Iommufd.NEST_PARENT) == 0 && random.nextBoolean();
        final int parent = isNested ? objects.pick(Kind.PARENT, Kind.VIOMMU) : objects.pick(Kind.SPACE);
        final int type = random.nextInt(8) == 0 ? objects.oneOf(0, 1, 2, Iommufd.DATA_SELFTEST)
                : isNested ? Iommufd.DATA_SELFTEST : Iommufd.DATA_NONE;
        final int faults = objects.pick(Kind.FAULTS);
        final int number = iommufd.hwptAlloc(flags, device, parent, type, faults);
        transcript.add("hwptAlloc(flags=" + flags + ", device=" + device + ", parent=" + parent + ", type="
                + Integer.toHexString(type) + ", fault=" + faults + ")", number);
        final Kind kind = (flags & Iommufd.NEST_PARENT) != 0 ? Kind.PARENT : Kind.TABLE;
        objects.made(objects.numbers(Kind.SPACE).contains(parent) ? kind : Kind.NESTED, number);
    }

    private void viommuAlloc() {
        final int type = objects.oneOf(Iommufd.VIOMMU_SELFTEST, Iommufd.VIOMMU_SELFTEST, Iommufd.VIOMMU_SELFTEST, 0,
                1);
        final int device = objects.pick(Kind.DEVICE);
        final int parent = objects.pick(Kind.PARENT, Kind.PARENT, Kind.TABLE);
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
        final int type = objects.oneOf(Iommufd.VEVENTQ_SELFTEST, Iommufd.VEVENTQ_SELFTEST, Iommufd.VEVENTQ_SELFTEST,
                0, 1, 5);
        final int depth = objects.oneOf(1, 2, 3, 5, 9, 0, -1, 1 << 19, (1 << 19) + 1);
        final int number = iommufd.veventqAlloc(flags, viommu, type, depth);
        transcript.add("veventqAlloc(" + flags + ", viommu=" + viommu + ", " + Integer.toHexString(type) + ", depth="
                + depth + ")", number);
        opened(Kind.EVENTS, number);
    }

    private void invalidate() {
        final int id = objects.pick(Kind.NESTED, Kind.VIOMMU);
        final boolean isVirtual = objects.numbers(Kind.VIOMMU).contains(id);
        final int type = objects.oneOf(Iommufd.INVALIDATE_SELFTEST, Iommufd.INVALIDATE_SELFTEST,
                Iommufd.INVALIDATE_SELFTEST, Iommufd.INVALIDATE_SELFTEST, Iommufd.INVALIDATE_SELFTEST, 0, 1);
        final int bytes = random.nextInt(5) > 0 ? isVirtual ? 12 : 8 : objects.oneOf(0, 4, 8, 12, 16, 20, 4096, 4097);
        final boolean isThere = random.nextInt(12) > 0;
        final int count = objects.oneOf(0, 1, 1, 1, 2, 2, 3, 5, (1 << 19) + 1, -1);
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
            entries.putInt(at, objects.oneOf(0, 0, 0, 0, 1, 1, 2, -1));
            at += Integer.BYTES;
            if (isVirtual) {
                entries.putInt(at, random.nextInt(6));
                at += Integer.BYTES;
            }
            entries.putInt(at, objects.oneOf(0, 1, 2, 3, 0, 1, 2, 3, 4, -1));
        }
        if (bytes > 12 && random.nextInt(3) == 0) {
            entries.putInt(bytes - Integer.BYTES, 1);
        }
    }

    private void destroy() {
        final Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
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
