/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.PathControls;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.path.Routing;
import org.faultring.hwmodel.sim.Disturbance;
import org.faultring.hwmodel.sim.DisturbanceListener;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.FaultRing;
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
    private final SeedPlan plan;
    private final PathShape shape;
    private final SplittableRandom random;
    private final KernelWatch kernel;
    /** Null if nobody hands groups on. */
    private final FirstOwners owners;
    private final List<Mirror> mirrors = new ArrayList<>();
    private final List<ObjectWatch> objects = new ArrayList<>();
    private final Map<Integer, HandlerWatch> handlers = new HashMap<>();
    private final Set<Integer> deadReaders = new HashSet<>();
    private final ChangeWatch changes;
    private PathControls controls;
    private Counters counters;
    private long overflows;
    private long unexpected;
    private boolean anyReset;

    InvariantMonitor(final Watch watch, final SeedPlan plan, final Workload workload, final SplittableRandom random,
            final PathHooks behind) {
        super(behind);
        this.watch = watch;
        this.plan = plan;
        this.random = random;
        shape = plan.settings().shape();
        owners = shape.routing() == Routing.TWO_OWNERS ? new FirstOwners(watch) : null;
        kernel = new KernelWatch(watch, mirrors, workload.longestGroup(), owners);
        changes = new ChangeWatch(watch, mirrors);
        for (int object = 0; object < shape.faultObjects(); object++) {
            mirrors.add(mirror(object, workload));
            objects.add(new ObjectWatch(watch, kernel, mirrors.get(object), object));
        }
    }

    private Mirror mirror(final int object, final Workload workload) {
        return switch (plan.settings().config().design()) {
            case SHARED_RING, VFIO_REGION -> new MirrorRing(watch, object, deadlineCode(shape.rules().deadline()));
            case SVA -> new MirrorCore(device -> !controls.hasHandlers(device), workload);
            default -> new MirrorObject();
        };
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
        kernel.stepped(shape.devices());
        final long overflowsNow = counters.get(Counter.OVERFLOWS);
        watch.reachIf(RareState.OVERFLOW_DURING_CHANGE, overflowsNow > overflows && controls.isChanging());
        overflows = overflowsNow;
        final long unexpectedNow = counters.get(Counter.UNEXPECTED_RESPONSES);
        watch.reachIf(RareState.ANSWER_AFTER_RESET, unexpectedNow > unexpected && anyReset);
        unexpected = unexpectedNow;
    }

    /** Readers have done all that they would: one that serves everything has. */
    void rested() {
        if (plan.readers() == Readers.WILD || !plan.settings().config().design().isServing()) {
            return;
        }
        for (int object = 0; object < mirrors.size(); object++) {
            if (!deadReaders.contains(object)) {
                final List<MirrorGroup> left = new ArrayList<>(mirrors.get(object).unserved());
                if (owners != null) {
                    left.addAll(owners.waiting(object));
                }
                final int number = object;
                watch.check(Invariant.ALL_SERVED, left.isEmpty(), () -> "object=" + number + " left " + left);
            }
        }
    }

    /** The path is at rest: what was promised has come. */
    void ended() {
        for (final Mirror mirror : mirrors) {
            watch.check(Invariant.ONE_RESPONSE, mirror.answered().isEmpty(),
                    () -> "never answered: " + mirror.answered());
        }
        for (int object = 0; owners != null && object < mirrors.size(); object++) {
            final List<MirrorGroup> waiting = owners.waiting(object);
            watch.check(Invariant.ONE_RESPONSE, waiting.isEmpty() || !mirrors.get(object).isEmpty(),
                    () -> "never handed on though there was room: " + waiting);
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
        } else if (disturbance == Disturbance.READER_DIES) {
            deadReaders.add(object);
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
        final FaultObject watched = changes.object(objects.get(object).object(super.object(object, faultObject)));
        return owners == null ? watched : owners.object(object, watched);
    }

    /** A handler that tells what it does with the rings. */
    @Override
    public Delivery ringReader(final int object, final BoundedFaultObject faultObject, final PageFaultHandler handler,
            final Supplier<Delivery> usual) {
        return super.ringReader(object, faultObject, handler, plan.readers() == Readers.OF_DESIGN ? usual
                : () -> new RandomHandler(faultObject, handler, random.split(), (MirrorRing) mirrors.get(object)));
    }

    @Override
    public PageFaultHandler handler(final int object, final PageFaultHandler handler) {
        final PageFaultHandler behind = super.handler(object, handler);
        if (plan.readers() == Readers.OF_DESIGN && mirrors.get(object) instanceof final MirrorRing mirror) {
            final HandlerWatch watched = new HandlerWatch(behind, mirror);
            handlers.put(object, watched);
            return watched;
        }
        return behind;
    }

    @Override
    public FaultRing faults(final int object, final FaultRing ring) {
        final FaultRing behind = super.faults(object, ring);
        return handlers.containsKey(object) ? handlers.get(object).tap(behind) : behind;
    }

    @Override
    public FaultFile file(final int object, final FaultFile file) {
        objects.get(object).wakes(file);
        return new FileWatch(super.file(object, file), watch, (MirrorObject) mirrors.get(object), object,
                shape.maxGroups());
    }
}
