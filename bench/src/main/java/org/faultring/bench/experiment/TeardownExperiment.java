/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathControls;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.PageResponsePort;

/** Ends of attachments, devices and readers while requests are outstanding. */
final class TeardownExperiment implements Experiment {

    private static final int GROUP = 4;
    private static final int ENTRIES = 8192;
    private static final int PASID = Workload.FIRST_PASID;
    private static final String DETACH = "detach";
    private static final String REUSE = "pasid-reuse";
    private static final String RESET = "reset";
    private static final String CLOSE = "reader-dies";
    private static final String NOT_READING = "not-reading";

    @Override
    public String name() {
        return "teardown";
    }

    @Override
    public String question() {
        return "With requests outstanding, how long until an end is clean, and who is told Invalid?";
    }

    @Override
    public String shows() {
        return "A device over VT-d with so many requests outstanding, in groups of up to " + GROUP + ", and a handler "
                + "that hangs: it does not read, or it has read and does not answer. Then the PASID is detached, "
                + "detached and attached to another page table, the device's page request interface is reset, or the "
                + "reader's file is closed. At the end the handler comes back and writes what it owes.";
    }

    @Override
    public String doesNotShow() {
        return "Whatever of a teardown is not page requests: waiting for transactions, freeing memory, locks that are "
                + "held. A reset of a device takes milliseconds in hardware; here it takes no time.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(Axis.of("end", "", DETACH, REUSE, RESET, CLOSE),
                Axis.of("handler", "", NOT_READING, "not-answering"),
                Axis.of("outstanding", "requests", extent.choose(new int[] {0, 1, 32, 512, 2048},
                        new int[] {0, 32, 2048})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("settled", "virtual ns", "from the end to when nothing moves any more"),
                Measure.events("invalid", "groups", "answered Invalid to the device"),
                Measure.events("deviceWaits", "requests", "that the device still waits for then"),
                Measure.events("kernelHolds", "requests", "that the kernel still holds open then"),
                Measure.events("lateRefused", "answers", "of the handler that comes back, refused by its file"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("outstanding", "end", "settled"), Plot.curves("outstanding", "end", "invalid"));
    }

    /** A handler that hangs. */
    private static final class Hanging implements PathHooks {

        private final boolean reads;
        private CountedAnswers answers;
        private DeadHandlerFile file;

        Hanging(final boolean reads) {
            this.reads = reads;
        }

        @Override
        public PageResponsePort responses(final PageResponsePort driver) {
            answers = new CountedAnswers(driver);
            return answers;
        }

        @Override
        public FaultFile file(final int object, final FaultFile given) {
            file = new DeadHandlerFile(given);
            return file;
        }

        @Override
        public Delivery reader(final int object, final FaultFile given, final PageFaultHandler handler,
                final Supplier<Delivery> usual) {
            return reads ? usual.get() : Delivery.silent("hung");
        }
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final int outstanding = at.whole("outstanding");
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.READ)
                .withPrqEntries(ENTRIES).withCredits(Math.max(1, outstanding));
        final Hanging hooks = new Hanging(!at.text("handler").equals(NOT_READING));
        final ModelRun run = new ModelRun(
                new ModelSetup(config).workload(Workloads.groupsOf(GROUP)).hooks(hooks), under);
        final PathControls controls = run.path().controls();
        while (controls.outstanding(0) < outstanding) {
            run.step();
        }
        run.path().stopRaising();
        run.runUntilQuiet();
        run.begin();
        final long before = hooks.answers.invalid();
        end(at.text("end"), run);
        run.runUntilQuiet();
        final Outcome outcome = new Outcome().put("settled", run.nanos())
                .put("invalid", hooks.answers.invalid() - before)
                .put("deviceWaits", controls.outstanding(0))
                .put("kernelHolds", run.path().conservation().unanswered());
        outcome.put("lateRefused", hooks.file.comeBack());
        return outcome.violated(run.close()).at(at);
    }

    private static void end(final String end, final ModelRun run) {
        final PathControls controls = run.path().controls();
        switch (end) {
            case DETACH -> controls.detach(0, PASID);
            case REUSE -> {
                controls.detach(0, PASID);
                run.simulation().scheduler().disturbed();
                while (controls.isChanging()) {
                    run.step();
                }
                controls.attach(0, PASID, 1);
            }
            case RESET -> controls.reset(0);
            default -> controls.file(0).close();
        }
    }

    @Override
    public String finding(final Results results) {
        final String most = results.last("outstanding");
        final String handler = results.last("handler");
        return String.format(Locale.ROOT, "With %s requests outstanding a detach is clean after %,.0f virtual ns, "
                + "and %,.0f groups are told Invalid; a reset leaves %,.0f requests open in the kernel, a reader "
                + "that dies leaves the device waiting for %,.0f. Of a handler that comes back after a detach, "
                + "%,.0f answers are refused.", Results.written(most), at(results, "settled", DETACH, handler, most),
                at(results, "invalid", DETACH, handler, most), at(results, "kernelHolds", RESET, handler, most),
                at(results, "deviceWaits", CLOSE, handler, most), at(results, "lateRefused", DETACH, handler, most));
    }

    private static double at(final Results results, final String measure, final String end, final String handler,
            final String outstanding) {
        return results.value(measure, "end", end, "handler", handler, "outstanding", outstanding);
    }
}
