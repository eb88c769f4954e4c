/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import java.nio.ByteBuffer;
import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.HwptInvalidation;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.MockCache;

/**
 * An open {@code /dev/iommu} with the self-test, without a kernel: same numbers, same errors, same records as Linux
 * 7.2 gives. Faults go through the real {@link org.faultring.ring.kernel.FaultReporter} into real
 * {@link LinuxFaultObject}s.
 *
 * <p>One thread runs all of it: when a fault has been triggered its group can be read, and when an answer has been
 * written it has reached the device. There are bounds, {@link IommufdLimits}.
 *
 * <p>What Linux does not show can be seen and done here: {@link #answers()}, {@link #pageRequest} for groups of several
 * faults, {@link #discardPartials()}.
 */
public final class ModelIommufd implements Iommufd, MockDevices {

    private static final int DEVICE_FLAGS = Device.NO_DIRTY_TRACKING | DEVICE_PASID;

    private final ObjectTable objects;
    private final KernelWorld kernel;
    private final PageTables pageTables;
    private final VirtualIommus viommus;
    private final Attachments attachments;
    private final HwptInvalidation invalidation = new HwptInvalidation();
    /** Open files: this one, and those of fault objects and event queues. */
    private int openFiles = 1;
    private boolean isClosed;

    /** With {@link IommufdLimits#DEFAULT}. */
    public ModelIommufd() {
        this(IommufdLimits.DEFAULT);
    }

    /**
     * With limits of its own.
     *
     * @param limits of what it may hold
     */
    public ModelIommufd(final IommufdLimits limits) {
        this(limits, FileShape.IOMMUFD_FAULT);
    }

    /**
     * With fault files of another shape.
     *
     * @param limits     of what it may hold
     * @param faultFiles as {@link LinuxFaultObject} takes it
     */
    public ModelIommufd(final IommufdLimits limits, final FileShape faultFiles) {
        objects = new ObjectTable(limits.objects());
        kernel = new KernelWorld(limits, faultFiles);
        pageTables = new PageTables(objects);
        viommus = new VirtualIommus(objects, kernel);
        attachments = new Attachments(objects, kernel);
    }

    @Override
    public int ioasAlloc() {
        return isClosed ? -Errno.EBADF : objects.add(new AddressSpace());
    }

    @Override
    public int hwptAlloc(final int flags, final int deviceId, final int parentId, final int dataType,
            final int faultId) {
        return isClosed ? -Errno.EBADF : pageTables.allocate(flags, deviceId, parentId, dataType, faultId);
    }

    @Override
    public int faultQueueAlloc(final int flags) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        if (flags != 0) {
            return -Errno.EOPNOTSUPP;
        }
        final int number = objects.reserve();
        if (number > 0) {
            final LinuxFaultObject object = kernel.newFaultObject();
            objects.publish(number, new FaultQueueObject(object, kernel.newResponder(object), this::fileClosed));
            openFiles++;
        }
        return number;
    }

    @Override
    public int viommuAlloc(final int type, final int deviceId, final int parentId) {
        return isClosed ? -Errno.EBADF : viommus.allocate(type, deviceId, parentId);
    }

    @Override
    public int vdeviceAlloc(final int viommuId, final int deviceId, final long virtualId) {
        return isClosed ? -Errno.EBADF : viommus.allocateDevice(viommuId, deviceId, virtualId);
    }

    @Override
    public int veventqAlloc(final int flags, final int viommuId, final int type, final int depth) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final int number = viommus.allocateQueue(flags, viommuId, type, depth, this::fileClosed);
        if (number > 0) {
            openFiles++;
        }
        return number;
    }

    @Override
    public FaultFile file(final int id) {
        if (objects.find(id) instanceof HasFile object) {
            return object.file();
        }
        throw new IllegalArgumentException("id=" + id + " (expected: a fault object or an event queue)");
    }

    @Override
    public int hwptInvalidate(final int id, final int dataType, final ByteBuffer entries, final int entryBytes,
            final int count) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final int refusal = invalidation.check(0, entries, entryBytes, count);
        if (refusal != 0) {
            return refusal;
        }
        final KernelObject object = objects.find(id);
        if (object instanceof Invalidated target) {
            return invalidation.begin(target.invalidation(), dataType, entries, entryBytes, count);
        }
        return object == null ? -Errno.ENOENT : -Errno.EINVAL;
    }

    @Override
    public int invalidated() {
        return invalidation.handled();
    }

    @Override
    public int destroy(final int id) {
        return isClosed ? -Errno.EBADF : objects.destroy(id);
    }

    /** As Linux does at the last close, answers Invalid to all that is left once no fault or event file is open. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            fileClosed();
        }
    }

    private void fileClosed() {
        if (--openFiles == 0) {
            objects.destroyAll();
        }
    }

    @Override
    public MockDevice mockDevice(final int pageTable, final int flags) {
        if (isClosed) {
            return MockDevice.failed(-Errno.EBADF);
        }
        final int selfTestId = objects.reserve();
        if (selfTestId < 0) {
            return MockDevice.failed(selfTestId);
        }
        final MockDevice made = (flags & ~DEVICE_FLAGS) == 0
                ? bind(selfTestId, pageTable, flags)
                : MockDevice.failed(-Errno.EINVAL);
        if (made.result() != 0) {
            objects.cancel(selfTestId);
        }
        return made;
    }

    private MockDevice bind(final int selfTestId, final int pageTable, final int flags) {
        final int kernelNumber = kernel.addDevice();
        if (kernelNumber < 0) {
            return MockDevice.failed(-Errno.ENOMEM);
        }
        final Device device = new Device(flags, kernelNumber);
        final int deviceId = objects.add(device);
        if (deviceId < 0) {
            kernel.removeDevice(device);
            return MockDevice.failed(deviceId);
        }
        final int attached = attachments.attach(device, AttachTable.NO_PASID, pageTable);
        if (attached < 0) {
            attachments.unbind(device);
            return MockDevice.failed(attached);
        }
        objects.publish(selfTestId, new SelfTestObject(device, attachments));
        return new MockDevice(0, selfTestId, attached, deviceId);
    }

    /** The device of a test object, null if there is none. */
    private Device deviceOf(final MockDevice device) {
        final SelfTestObject object = objects.find(device.selfTestId(), SelfTestObject.class);
        return object == null ? null : object.device();
    }

    @Override
    public int replace(final MockDevice device, final int pageTable) {
        return replace(device, AttachTable.NO_PASID, pageTable);
    }

    private int replace(final MockDevice mock, final int pasid, final int pageTable) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final Device device = deviceOf(mock);
        return device == null ? -Errno.ENOENT : attachments.replace(device, pasid, pageTable);
    }

    @Override
    public int pasidAttach(final MockDevice mock, final int pasid, final int pageTable) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final Device device = deviceOf(mock);
        return device == null ? -Errno.ENOENT : Math.min(0, attachments.attach(device, pasid, pageTable));
    }

    @Override
    public int pasidReplace(final MockDevice mock, final int pasid, final int pageTable) {
        return Math.min(0, replace(mock, pasid, pageTable));
    }

    @Override
    public int pasidDetach(final MockDevice mock, final int pasid) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final Device device = deviceOf(mock);
        if (device == null) {
            return -Errno.ENOENT;
        }
        attachments.detach(device, pasid);
        return 0;
    }

    @Override
    public int triggerFault(final int deviceId, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        final int flags = PageFaultFlyweight.LAST_PAGE | (pasid == 0 ? 0 : PageFaultFlyweight.PASID_VALID);
        // The mock device does not look at the result.
        final int result = pageRequest(deviceId, flags, pasid, groupIndex, permissions, address);
        return result == -Errno.ENOENT || result == -Errno.EBADF ? result : 0;
    }

    /**
     * A page request of a mock device, which need not be the last of its group. Of the model alone: the mock devices of
     * Linux raise groups of one fault.
     *
     * @param deviceId    as {@link MockDevice#deviceId()}
     * @param flags       see {@link PageFaultFlyweight#flags()}
     * @param pasid       of the request
     * @param groupIndex  of the group
     * @param permissions that were wanted
     * @param address     that missed
     * @return -{@link Errno#ENOENT} for an unknown device, or what
     *         {@link org.faultring.ring.kernel.FaultReporter#report} said
     */
    public int pageRequest(final int deviceId, final int flags, final int pasid, final int groupIndex,
            final int permissions, final long address) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final Device device = objects.find(deviceId, Device.class);
        return device == null
                ? -Errno.ENOENT
                : kernel.report(device, flags, pasid, groupIndex, permissions, address);
    }

    /**
     * What a driver does when its queue overflowed: requests that wait for the last one of their group vanish. Of the
     * model alone.
     */
    public void discardPartials() {
        kernel.discardPartials();
    }

    /**
     * The answers that mock devices got, the oldest first, at most {@link IommufdLimits#answers()} of them. Of the
     * model alone: on Linux nobody sees them.
     *
     * @return a new list
     */
    public List<MockAnswer> answers() {
        return kernel.answers().answers();
    }

    /**
     * How many answers mock devices got since the start. Of the model alone.
     *
     * @return the count
     */
    public long answerCount() {
        return kernel.answers().count();
    }

    /**
     * What the fault layer counted up to now. Of the model alone.
     *
     * @return its counters
     */
    public Counters counters() {
        return kernel.counters();
    }

    @Override
    public int triggerEvent(final int deviceId) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final Device device = objects.find(deviceId, Device.class);
        return device == null ? -Errno.ENOENT : device.driver().triggerEvent();
    }

    @Override
    public int checkIotlb(final int pageTable, final int slot, final int value) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final NestedTable table = objects.find(pageTable, NestedTable.class);
        return table == null ? -Errno.ENOENT : check(table.iotlb(), slot, value);
    }

    @Override
    public int checkCache(final int deviceId, final int slot, final int value) {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final Device device = objects.find(deviceId, Device.class);
        return device == null ? -Errno.ENOENT : check(device.cache(), slot, value);
    }

    private static int check(final MockCache cache, final int slot, final int value) {
        return slot >= 0 && slot < MockCache.SLOTS && cache.value(slot) == value ? 0 : -Errno.EINVAL;
    }
}
