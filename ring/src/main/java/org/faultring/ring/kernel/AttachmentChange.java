/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.PaddedWord;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;

/**
 * Attach, replace and detach while faults arrive: the way in which the user world changes the {@link AttachTable} of
 * the kernel world (drivers/iommu/iommufd/device.c).
 *
 * <p>The user world begins a change. The kernel world lets the driver switch, lets it empty its queues, changes the
 * table, and takes the device off the queue with its last handler. Then the user world answers Invalid to all groups
 * of the attachment that is gone. What is reported before the table changes goes to the old attachment and is answered
 * with it. A change that fails has changed nothing and answers nothing.
 *
 * <pre>
 *   user           begin…  ─┐                                            ┌─▶ {@link #finish()}: answers, then true
 *   kernel                  └─▶ switch ─▶ drain ─▶ table ─▶ device off ──┘
 * </pre>
 *
 * <p>One change at a time. Each world is one thread at a time. Neither side waits: each call goes as far as it can.
 */
public final class AttachmentChange {

    private enum Kind {
        ATTACH, REPLACE, DETACH
    }

    /** What the kernel world does next. */
    private enum Step {
        SWITCH, BEGIN_DRAIN, DRAIN, SETTLE_DEVICE, END
    }

    /** Replaced attachments keep theirs. */
    private static final int NO_DEVICE_ID = 0;

    private final AttachTable attachments;
    private final FaultReporter reporter;
    private final DomainPort domains;
    private final DrainPort drain;
    private final Tally tally;
    /** Changes begun; written by the user world. */
    private final PaddedWord begun = new PaddedWord();
    /** Changes the kernel world is done with. */
    private final PaddedWord changed = new PaddedWord();

    // Written by the user world before it raises begun.
    private Kind kind;
    private int device;
    private int pasid;
    private IommuDomain domain;
    private int deviceId;
    /** Attachment whose groups have been answered, so that its number is free. */
    private int answered = AttachTable.NONE;
    // Read by the user world alone.
    private FaultObject object;
    private boolean underWay;

    // Written by the kernel world before it raises changed.
    private int old = AttachTable.NONE;
    private int result;
    // Read by the kernel world alone.
    private Step step = Step.SWITCH;

    /**
     * Nothing under way.
     *
     * @param attachments to change
     * @param reporter    knows the devices
     * @param domains     the driver's way of switching
     * @param drain       the driver's way of emptying its queues
     * @param tally       of the user world
     */
    public AttachmentChange(final AttachTable attachments, final FaultReporter reporter, final DomainPort domains,
            final DrainPort drain, final Tally tally) {
        this.attachments = attachments;
        this.reporter = reporter;
        this.domains = domains;
        this.drain = drain;
        this.tally = tally;
    }

    /**
     * User world: attach a domain.
     *
     * @param toDevice number of the device
     * @param toPasid  or {@link AttachTable#NO_PASID}
     * @param toDomain that is to translate
     * @throws IllegalStateException if a change is under way
     */
    public void beginAttach(final int toDevice, final int toPasid, final IommuDomain toDomain) {
        beginAttach(toDevice, toPasid, toDomain, FaultReporter.deviceId(toDevice));
    }

    /**
     * User world: attach a domain, in the name that user space has for the device.
     *
     * @param toDevice   number of the device
     * @param toPasid    or {@link AttachTable#NO_PASID}
     * @param toDomain   that is to translate
     * @param toDeviceId that faults carry, from 1
     * @throws IllegalStateException if a change is under way
     */
    public void beginAttach(final int toDevice, final int toPasid, final IommuDomain toDomain, final int toDeviceId) {
        begin(Kind.ATTACH, toDevice, toPasid, toDomain, toDeviceId, null);
    }

    /**
     * User world: put a domain in the place of the one attached.
     *
     * @param atDevice  number of the device
     * @param atPasid   or {@link AttachTable#NO_PASID}
     * @param toDomain  that is to translate
     * @param oldObject fault object of the domain attached now, null if it has none
     * @throws IllegalStateException if a change is under way
     */
    public void beginReplace(final int atDevice, final int atPasid, final IommuDomain toDomain,
            final FaultObject oldObject) {
        begin(Kind.REPLACE, atDevice, atPasid, toDomain, NO_DEVICE_ID, oldObject);
    }

    /**
     * User world: take an attachment away.
     *
     * @param atDevice  number of the device
     * @param atPasid   or {@link AttachTable#NO_PASID}
     * @param oldObject fault object of the domain attached now, null if it has none
     * @throws IllegalStateException if a change is under way
     */
    public void beginDetach(final int atDevice, final int atPasid, final FaultObject oldObject) {
        begin(Kind.DETACH, atDevice, atPasid, null, NO_DEVICE_ID, oldObject);
    }

    private void begin(final Kind newKind, final int atDevice, final int atPasid, final IommuDomain toDomain,
            final int toDeviceId, final FaultObject oldObject) {
        if (underWay) {
            throw new IllegalStateException("device=" + device + " pasid=" + pasid + ": a change is under way");
        }
        underWay = true;
        kind = newKind;
        device = atDevice;
        pasid = atPasid;
        domain = toDomain;
        deviceId = toDeviceId;
        object = oldObject;
        // Release, paired with the acquire in doWork(): the kernel world sees what to change.
        begun.setRelease(begun.get() + 1);
    }

    /**
     * User world: go on with a change; once the kernel world is done with it, answer the groups of the attachment that
     * is gone.
     *
     * @return true if nothing is under way any more
     */
    public boolean finish() {
        // Acquire, paired with the release in end(): all that came through the old attachment is in its ring.
        if (!underWay || changed.getAcquire() != begun.get()) {
            return !underWay;
        }
        if (old != AttachTable.NONE && object != null) {
            final int groups = object.autoRespond(old);
            if (groups == FaultObject.PENDING) {
                return false;
            }
            tally.add(Counter.AUTO_RESPONDED, groups);
        }
        answered = old;
        underWay = false;
        return true;
    }

    /**
     * User world: how the last change ended.
     *
     * @return number of the attachment, or 0 after a detach; or a negated error number: -{@link Errno#EBUSY} for an
     *         attach where something is attached, -{@link Errno#EINVAL} for a replace where nothing is, or what the
     *         driver said
     */
    public int result() {
        return result;
    }

    /**
     * Kernel world: go on with a change, as far as the driver lets it.
     *
     * @return 1 if something was done, else 0
     */
    public int doWork() {
        // Acquire, paired with the release in begin().
        if (begun.getAcquire() == changed.get()) {
            return 0;
        }
        final Step before = step;
        if (step == Step.SWITCH) {
            step = switchDomain();
        }
        if (step == Step.BEGIN_DRAIN && drain.beginDrain(device, pasid)) {
            reporter.giveWay();
            step = Step.DRAIN;
        }
        // In this order: what is held back comes into a queue that the drain has to empty, or is answered.
        if (step == Step.DRAIN && !reporter.isHoldingBack() && !drain.isDraining()) {
            reporter.endGivingWay();
            changeTable();
            step = Step.SETTLE_DEVICE;
        }
        if (step == Step.SETTLE_DEVICE && isDeviceSettled()) {
            step = Step.END;
        }
        if (step == Step.END) {
            end();
            return 1;
        }
        return step == before ? 0 : 1;
    }

    private Step switchDomain() {
        if (answered != AttachTable.NONE) {
            attachments.release(answered);
        }
        old = AttachTable.NONE;
        final int found = attachments.find(device, pasid);
        if (kind == Kind.ATTACH ? found != AttachTable.NONE : found == AttachTable.NONE) {
            result = switch (kind) {
                case ATTACH -> -Errno.EBUSY;
                case REPLACE -> -Errno.EINVAL;
                case DETACH -> 0;
            };
            return Step.END;
        }
        if (kind == Kind.REPLACE && attachments.domain(found) == domain) {
            result = found;
            return Step.END;
        }
        result = domains.attach(device, pasid, domain);
        if (result != 0) {
            return Step.END;
        }
        if (kind == Kind.ATTACH) {
            result = attachments.attach(device, pasid, domain, deviceId);
            return Step.SETTLE_DEVICE;
        }
        return Step.BEGIN_DRAIN;
    }

    private void changeTable() {
        if (kind == Kind.DETACH) {
            old = attachments.detach(device, pasid);
        } else {
            old = attachments.find(device, pasid);
            result = attachments.replace(device, pasid, domain);
        }
    }

    /** A device is on the queue while a domain that handles faults is attached to it. */
    private boolean isDeviceSettled() {
        if (attachments.handlers(device) == 0) {
            return reporter.removeDevice(device);
        }
        reporter.returnDevice(device);
        return true;
    }

    private void end() {
        step = Step.SWITCH;
        // Release, paired with the acquire in finish(): the user world sees the result, and the rings as they are.
        changed.setRelease(begun.getAcquire());
    }
}
