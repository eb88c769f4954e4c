/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.PathControls;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.sim.Disturbance;
import org.faultring.hwmodel.sim.DisturbanceListener;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;
import org.faultring.ring.kernel.DomainPort;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;

/**
 * Watches a path through its {@link PathHooks} and checks, call by call, that the {@link Invariant}s hold. What breaks
 * on purpose lies behind it, between the monitor and the part.
 */
final class InvariantMonitor extends ForwardingHooks implements DisturbanceListener {

    private final Watch watch;
    private final PathShape shape;
    private final SplittableRandom random;
    private final KernelWatch kernel;
    private final List<Mirror> mirrors = new ArrayList<>();
    private final List<ObjectWatch> objects = new ArrayList<>();
    private final ChangeWatch changes;
    private PathControls controls;
    private Counters counters;
    private long overflows;
    private long unexpected;
    private boolean anyReset;

    InvariantMonitor(final Watch watch, final DeliveryDesign design, final PathShape shape, final int longestGroup,
            final SplittableRandom random, final PathHooks behind) {
        super(behind);
        this.watch = watch;
        this.shape = shape;
        this.random = random;
        kernel = new KernelWatch(watch, mirrors, longestGroup);
        changes = new ChangeWatch(watch, mirrors);
        for (int object = 0; object < shape.faultObjects(); object++) {
            mirrors.add(design == DeliveryDesign.SHARED_RING
                    ? new MirrorRing(watch, object, deadlineCode(shape.rules().deadline()))
                    : new MirrorObject());
            objects.add(new ObjectWatch(watch, kernel, mirrors.get(object), object));
        }
    }

    private static int deadlineCode(final AnswerDeadline deadline) {
        return deadline.equals(AnswerDeadline.NONE) ? MirrorRing.NEVER : deadline.code();
    }

    /** The path is there. */
    void connect(final PathControls newControls, final Counters newCounters) {
        controls = newControls;
        counters = newCounters;
        kernel.attached(Attached.of(newControls));
        changes.controls(newControls);
    }

    /** Called after each step. */
    void stepped() {
        kernel.forgetRemovedDevices(shape.devices());
        final long overflowsNow = counters.get(Counter.OVERFLOWS);
        watch.reachIf(RareState.OVERFLOW_DURING_CHANGE, overflowsNow > overflows && controls.isChanging());
        overflows = overflowsNow;
        final long unexpectedNow = counters.get(Counter.UNEXPECTED_RESPONSES);
        watch.reachIf(RareState.ANSWER_AFTER_RESET, unexpectedNow > unexpected && anyReset);
        unexpected = unexpectedNow;
    }

    /** The path is at rest: what was promised has come. */
    void ended() {
        for (final Mirror mirror : mirrors) {
            watch.check(Invariant.ONE_RESPONSE, mirror.answered().isEmpty(),
                    () -> "never answered: " + mirror.answered());
        }
    }

    @Override
    public void onDisturbance(final Disturbance disturbance, final int object, final int device, final int pasid) {
        watch.event(() -> "disturbance " + disturbance + " object=" + object + " device=" + device + " pasid="
                + pasid);
        if (disturbance == Disturbance.DEVICE_RESET) {
            anyReset = true;
            watch.reachIf(RareState.RESET_WITH_QUEUED, controls.queuedRequests() > 0);
            watch.reachIf(RareState.RESET_WITH_PARTIALS, kernel.hasPartials(device));
            watch.reachIf(RareState.RESET_WITH_UNREAD, has(device, MirrorGroup.Place.UNREAD));
            watch.reachIf(RareState.RESET_WITH_READ, has(device, MirrorGroup.Place.READ));
            watch.reachIf(RareState.RESET_WITH_ANSWERED, has(device, MirrorGroup.Place.ANSWERED));
        } else if (disturbance == Disturbance.ANSWER_LOST) {
            watch.reach(RareState.ANSWER_LOST);
        } else if (disturbance == Disturbance.PASID_STOPPED) {
            watch.reachIf(RareState.STOP_MARKER_UNDER_WAY, controls.outstanding(device) > 0);
        }
    }

    private boolean has(final int device, final MirrorGroup.Place place) {
        return mirrors.stream().anyMatch(mirror -> mirror.has(device, place));
    }

    @Override
    public ReportPort reports(final ReportPort reporter) {
        return kernel.reports(super.reports(reporter));
    }

    @Override
    public PageResponsePort responses(final PageResponsePort driver) {
        return kernel.responses(super.responses(driver));
    }

    @Override
    public DomainPort domains(final DomainPort driver) {
        return changes.domains(super.domains(driver));
    }

    @Override
    public FaultSink sink(final int object, final FaultSink sink) {
        return objects.get(object).sink(super.sink(object, sink));
    }

    @Override
    public FaultObject object(final int object, final FaultObject faultObject) {
        return changes.object(objects.get(object).object(super.object(object, faultObject)));
    }

    /** A handler that tells what it does with the rings. */
    @Override
    public Delivery ringReader(final int object, final BoundedFaultObject faultObject, final PageFaultHandler handler,
            final Supplier<Delivery> usual) {
        return super.ringReader(object, faultObject, handler,
                () -> new RandomHandler(faultObject, handler, random.split(), (MirrorRing) mirrors.get(object)));
    }

    @Override
    public FaultFile file(final int object, final FaultFile file) {
        objects.get(object).wakes(file);
        return new FileWatch(super.file(object, file), watch, (MirrorObject) mirrors.get(object), object,
                shape.maxGroups());
    }
}
