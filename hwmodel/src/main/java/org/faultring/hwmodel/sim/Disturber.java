/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.SplittableRandom;

import org.faultring.hwmodel.path.PathControls;
import org.faultring.hwmodel.path.Routing;
import org.faultring.hwmodel.sim.WaitingChanges.Kind;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.kernel.AttachTable;

/**
 * Lets disturbances strike a path at moments drawn from a seed. Changes of attachments that it wants wait for their
 * turn, since one is under way at a time. Memory does not grow with the length of a run.
 */
final class Disturber {

    /** Changes that may wait: beyond it no further disturbance strikes that needs one. */
    private static final int MAX_CHANGES = 64;

    /** One replace in so many is tried as an attach. */
    private static final int MISTAKES = 8;

    private static final int KERNEL = 1;
    private static final int FIRST_READER = 2;

    private final DisturbancePlan plan;
    private final Disturbance[] kinds;
    private final SplittableRandom random;
    private final VirtualClock clock;
    private final Scheduler scheduler;
    private final PathControls controls;
    private final LostAnswers lost;
    private final DisturbanceListener listener;
    private final int devices;
    private final int pasids;
    /** Whatever is attached to a device, its faults go to the same fault object. */
    private final boolean hasFixedObjects;
    private final boolean[] isDead;
    private final boolean[] isRemoved;
    private final WaitingChanges changes = new WaitingChanges();
    private int alive;
    private int devicesLeft;
    private long nextNanos;

    Disturber(final SimulationSettings settings, final int pasids, final VirtualClock clock,
            final Scheduler scheduler, final PathControls controls, final LostAnswers lost,
            final DisturbanceListener listener) {
        plan = settings.disturbances();
        kinds = plan.kinds().toArray(Disturbance[]::new);
        // Not the scheduler's: what strikes does not depend on how often it drew.
        random = new SplittableRandom(~settings.seed());
        this.clock = clock;
        this.scheduler = scheduler;
        this.controls = controls;
        this.lost = lost;
        this.listener = listener;
        this.pasids = pasids;
        devices = settings.shape().devices();
        hasFixedObjects = settings.shape().routing() == Routing.PER_DEVICE;
        isDead = new boolean[settings.shape().faultObjects()];
        isRemoved = new boolean[devices];
        alive = isDead.length;
        devicesLeft = devices;
        drawNext();
    }

    private void drawNext() {
        nextNanos = kinds.length == 0 ? Long.MAX_VALUE
                : clock.nanoTime() + 1 + random.nextLong(2 * plan.everyNanos());
    }

    /** Called after each step. */
    void look() {
        if (clock.nanoTime() >= nextNanos) {
            strike(kinds[random.nextInt(kinds.length)]);
            drawNext();
        }
        if (!changes.isEmpty()) {
            changeNext();
        }
    }

    /** Called when nobody has anything to do: time passes until something is wanted here. */
    void await() {
        final long next = changes.isEmpty() ? nextNanos : Math.min(nextNanos, changes.firstNotBefore());
        if (next != Long.MAX_VALUE) {
            clock.advanceTo(next);
            look();
        }
    }

    /** Whether nothing waits, is under way or will strike. */
    boolean isQuiet() {
        return nextNanos == Long.MAX_VALUE && changes.isEmpty() && !controls.isChanging();
    }

    /** Nothing strikes any more; changes that give back what was taken away are forgotten. */
    void end() {
        nextNanos = Long.MAX_VALUE;
        changes.clear();
    }

    /** Take every attachment away, so that everything read or unread is answered. */
    void detachAll() {
        for (int device = 0; device < devices; device++) {
            detachDevice(device);
        }
    }

    private void strike(final Disturbance disturbance) {
        final int object = random.nextInt(isDead.length);
        final int device = random.nextInt(devices);
        final int pasid = Workload.FIRST_PASID + random.nextInt(pasids);
        switch (disturbance) {
            case READER_STOPS -> stopReader(object);
            case READER_DIES -> kill(object);
            case ANSWER_LOST -> loseAnswer(object, device);
            case DEVICE_RESET -> reset(device);
            case OVERFLOW -> overflow();
            case DETACH -> detach(device, pasid);
            case REPLACE -> replace(device, pasid);
            case DEVICE_REMOVED -> removeDevice(device);
            case PASID_STOPPED -> stopPasid(device, pasid);
        }
    }

    private void tell(final Disturbance disturbance, final int object, final int device, final int pasid) {
        listener.onDisturbance(disturbance, object, device, pasid);
        scheduler.disturbed();
    }

    private long someTime() {
        return 1 + random.nextLong(plan.longestNanos());
    }

    private void stopReader(final int object) {
        scheduler.pause(FIRST_READER + object, someTime());
        tell(Disturbance.READER_STOPS, object, -1, -1);
    }

    private void kill(final int object) {
        // Somebody must be left to whom attachments can go.
        if (isDead[object] || alive == 1 || hasFixedObjects) {
            return;
        }
        isDead[object] = true;
        alive--;
        if (controls.file(object) != null) {
            controls.file(object).close();
        }
        scheduler.remove(FIRST_READER + object);
        tell(Disturbance.READER_DIES, object, -1, -1);
        for (int device = 0; device < devices; device++) {
            for (int pasid = Workload.FIRST_PASID; pasid < Workload.FIRST_PASID + pasids; pasid++) {
                if (controls.objectOf(device, pasid) == object) {
                    changes.add(Kind.DETACH, device, pasid, 0);
                    changes.add(Kind.ATTACH, device, pasid, clock.nanoTime() + someTime());
                }
            }
        }
    }

    private void loseAnswer(final int object, final int device) {
        if (lost.hasFile(object) && (!lost.hasLink(device) || random.nextBoolean())) {
            lost.loseInFile(object);
            tell(Disturbance.ANSWER_LOST, object, -1, -1);
        } else if (lost.hasLink(device)) {
            lost.loseOnLink(device);
            tell(Disturbance.ANSWER_LOST, -1, device, -1);
        }
    }

    private void reset(final int device) {
        if (controls.reset(device)) {
            tell(Disturbance.DEVICE_RESET, -1, device, -1);
        }
    }

    private void overflow() {
        scheduler.pause(KERNEL, someTime());
        tell(Disturbance.OVERFLOW, -1, -1, -1);
    }

    private void detach(final int device, final int pasid) {
        if (mayChange(device)) {
            changes.add(Kind.DETACH, device, pasid, 0);
            changes.add(Kind.ATTACH, device, pasid, clock.nanoTime() + someTime());
            tell(Disturbance.DETACH, controls.objectOf(device, pasid), device, pasid);
        }
    }

    private void replace(final int device, final int pasid) {
        if (mayChange(device)) {
            // Now and then an attach in its place, which fails where something is attached.
            changes.add(random.nextInt(MISTAKES) == 0 ? Kind.ATTACH : Kind.REPLACE, device, pasid, 0);
            tell(Disturbance.REPLACE, controls.objectOf(device, pasid), device, pasid);
        }
    }

    private boolean mayChange(final int device) {
        return !isRemoved[device] && changes.size() < MAX_CHANGES;
    }

    private void removeDevice(final int device) {
        if (devicesLeft == 1 || !mayChange(device)) {
            return;
        }
        isRemoved[device] = true;
        devicesLeft--;
        controls.stopRaising(device);
        tell(Disturbance.DEVICE_REMOVED, -1, device, -1);
        detachDevice(device);
    }

    private void detachDevice(final int device) {
        for (int pasid = Workload.FIRST_PASID; pasid < Workload.FIRST_PASID + pasids; pasid++) {
            changes.add(Kind.DETACH, device, pasid, 0);
        }
    }

    private void stopPasid(final int device, final int pasid) {
        if (controls.stopPasid(device, pasid)) {
            tell(Disturbance.PASID_STOPPED, -1, device, pasid);
        }
    }

    private void changeNext() {
        if (controls.isChanging() || changes.firstNotBefore() > clock.nanoTime()) {
            return;
        }
        final Kind kind = changes.firstKind();
        final int device = changes.firstDevice();
        final int pasid = changes.firstPasid();
        changes.removeFirst();
        switch (kind) {
            case DETACH -> {
                if (controls.attachmentOf(device, pasid) != AttachTable.NONE) {
                    controls.detach(device, pasid);
                }
            }
            case ATTACH -> {
                if (!isRemoved[device]) {
                    controls.attach(device, pasid, anyDomain());
                }
            }
            case REPLACE -> controls.replace(device, pasid, anyDomain());
        }
        scheduler.disturbed();
    }

    /** A page table over a fault object that has a reader. */
    private int anyDomain() {
        int left = random.nextInt(PathControls.DOMAINS_PER_OBJECT * alive);
        int object = 0;
        while (isDead[object] || left >= PathControls.DOMAINS_PER_OBJECT) {
            left -= isDead[object] ? 0 : PathControls.DOMAINS_PER_OBJECT;
            object++;
        }
        return PathControls.DOMAINS_PER_OBJECT * object + left;
    }
}
