/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.GroupIndexScope;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * A PCIe function that misses translations: it raises the groups of a workload as credit and group indexes allow, and
 * acts on the answers as PCIe's Page Request Interface says.
 *
 * <p>A group is begun only when there is credit for all of its requests, so that its last one can always be sent; one
 * that is longer than the function may ever have in flight is raised in parts. Success means "translate again": a page
 * that the handler mapped since it missed is resolved, any other is asked for again, in a new group, before new work.
 * Where the function translates ({@link #translateThrough}), only pages that it finds missing are faults; otherwise it
 * replays, and each fault of the workload is one.
 *
 * <p>Invalid ends the group's faults with an error, of which hears who is set to ({@link FaultFate}). Failure and
 * reserved codes stop the function, which ignores answers after that, until software resets the interface and enables
 * it again.
 *
 * <p>Belongs to the hardware world. Only {@link #stopRaising()} and {@link #isFinished()} may be called from
 * elsewhere. Allocates nothing after set-up.
 */
public final class EndpointDevice implements PageRequestingDevice {

    private final int groupsPerTurn;
    private final PriCapability pri;
    private final NanoClock clock;
    private final Tally tally;
    private final WorkSource work;
    private final DeviceSettings settings;
    private final FaultPages pages;
    private final FailedFaults failed;
    private final int longestGroup;
    private final OutstandingGroups groups;
    private final RetryQueue retries;
    private final StoppedPasids stops;
    private final GroupSampler sampler;
    private final GroupSender sender;
    private final GroupAnswers answers;

    /** Null for a function that does not translate. */
    private FunctionTranslations translations;
    private long endNanos;
    private volatile boolean finished;

    /**
     * A quiet function of whose failed faults nobody is told.
     *
     * @param settings  of the function
     * @param port      where requests go
     * @param pri       capability of the function, enabled by the driver before the first duty cycle
     * @param workload  what it raises
     * @param schedule  when it raises
     * @param pageTable in which the handler maps
     * @param stages    stamped for sampled groups
     * @param clock     of the path
     * @param tally     of the world that calls
     * @param observer  told of sampled groups
     */
    public EndpointDevice(final DeviceSettings settings, final PageRequestPort port, final PriCapability pri,
            final Workload workload, final RaiseSchedule schedule, final SharedPageTable pageTable,
            final StageTimes stages, final NanoClock clock, final Tally tally, final GroupObserver observer) {
        this(settings, port, pri, workload, schedule, pageTable, stages, clock, tally, observer, WorkErrorSink.NONE);
    }

    /**
     * A quiet function.
     *
     * @param settings  of the function
     * @param port      where requests go
     * @param pri       capability of the function, or of the physical function that it belongs to
     * @param workload  what it raises
     * @param schedule  when it raises
     * @param pageTable in which the handler maps
     * @param stages    stamped for sampled groups
     * @param clock     of the path
     * @param tally     of the world that calls
     * @param observer  told of sampled groups
     * @param errors    told of failed faults
     * @throws IllegalArgumentException if group indexes are to be per PASID, and the function does not ask for the
     *                                  PASID in answers or the workload has more than 1024
     */
    public EndpointDevice(final DeviceSettings settings, final PageRequestPort port, final PriCapability pri,
            final Workload workload, final RaiseSchedule schedule, final SharedPageTable pageTable,
            final StageTimes stages, final NanoClock clock, final Tally tally, final GroupObserver observer,
            final WorkErrorSink errors) {
        this.settings = settings;
        this.groupsPerTurn = settings.groupsPerTurn();
        this.longestGroup = workload.longestGroup();
        this.pri = pri;
        this.clock = clock;
        this.tally = tally;
        work = new WorkSource(workload, schedule, clock, settings.laps());
        pages = new FaultPages(workload, pageTable);
        final int pasids = workload.trace().processCount();
        final GroupSlots slots = slots(settings.indexScope(), pri, pasids);
        groups = new OutstandingGroups(slots.slots(), workload.longestGroup());
        retries = new RetryQueue(slots.slots(), workload.longestGroup());
        stops = new StoppedPasids(Workload.FIRST_PASID, pasids);
        sampler = new GroupSampler(settings, stages, clock, observer);
        sender = new GroupSender(settings, port, pri, pages, slots, groups, sampler, tally);
        failed = new FailedFaults(settings, pages, errors, tally);
        answers = new GroupAnswers(pri, pages, slots, groups, retries, stops, failed, sampler, tally);
        pri.onReset(this::giveUp);
    }

    private static GroupSlots slots(final GroupIndexScope scope, final PriCapability pri, final int pasids) {
        if (scope == GroupIndexScope.PER_FUNCTION) {
            return new FunctionSlots();
        }
        if ((pri.status() & PriCapability.PASID_REQUIRED) == 0) {
            throw new IllegalArgumentException("indexScope=" + scope + " (expected: " + GroupIndexScope.PER_FUNCTION
                    + " for a function that does not ask for the PASID in answers)");
        }
        return new PasidSlots(Workload.FIRST_PASID, pasids, pri.capacity());
    }

    /**
     * Set-up: translate before asking for a page, and again when the answer has come. What is granted is no fault of
     * the workload then ({@link Counter#TRANSLATION_HITS}); what the IOMMU refuses or aborts ends in an error without
     * having been raised ({@link Counter#FAULTS_UNTRANSLATED}).
     *
     * @param cache     of the function
     * @param responder that forgets in it what the host invalidates, run by this device
     */
    public void translateThrough(final TranslationCache cache, final InvalidationResponder responder) {
        translations = new FunctionTranslations(settings, cache, responder, pages, failed, longestGroup, tally);
        answers.translateThrough(translations);
    }

    /**
     * One duty cycle: complete what the host invalidated, raise what is due and fits.
     *
     * @return invalidations completed, groups raised or passed over
     */
    @Override
    public int doWork() {
        return translations == null ? raise() : translations.doWork() + raise();
    }

    private int raise() {
        work.start();
        if (stops.hasMarkers()) {
            sendStopMarkers();
        }
        // Only what waited before this duty cycle: an answer that comes while we raise is acted on in the next one.
        int again = retries.size();
        int raised = 0;
        while (raised < groupsPerTurn && pri.mayRequest()) {
            if (again > 0) {
                if (!raiseAgain()) {
                    break;
                }
                again--;
            } else if (retries.size() > 0 || !raiseNext()) {
                break;
            }
            raised++;
        }
        if (raised == 0 && !finished && isQuiet()) {
            endNanos = clock.nanoTime();
            finished = true;
        }
        return raised;
    }

    /** The next group of the workload, if it is due and fits. */
    private boolean raiseNext() {
        if (!work.isDue()) {
            return false;
        }
        final int first = work.firstFault();
        if (stops.isStopped(pages.pasid(first))) {
            work.take(work.length());
            return true;
        }
        final int length = Math.min(work.length(), pri.limit());
        final int slot = sender.slotFor(length, pages.pasid(first));
        if (slot == GroupSlots.NONE) {
            return false;
        }
        work.take(length);
        if (translations != null) {
            raiseMissing(slot, first, length);
            return true;
        }
        tally.add(Counter.FAULTS_RAISED, length);
        final int index = sender.open(slot, length, sampler.raisedNanos(work.raiseNanos()));
        sender.send(slot, index, first, length);
        return true;
    }

    /** Raise what is missing of a group that there is room for. */
    private void raiseMissing(final int slot, final int first, final int length) {
        final int missing = translations.findMissing(first, length);
        if (missing == 0) {
            sender.giveBack(slot);
            return;
        }
        tally.add(Counter.FAULTS_RAISED, missing);
        final int index = sender.open(slot, missing, sampler.raisedNanos(work.raiseNanos()));
        sender.sendMissing(slot, index, translations, missing);
    }

    private boolean raiseAgain() {
        final int length = retries.firstLength();
        final int pasid = pages.pasid(retries.firstFault());
        if (stops.isStopped(pasid)) {
            answers.failFirstWaiting(WorkError.PASID_STOPPED);
            return true;
        }
        if (length > pri.limit()) {
            answers.failFirstWaiting(WorkError.NO_CREDIT);
            return true;
        }
        final int slot = sender.slotFor(length, pasid);
        if (slot == GroupSlots.NONE) {
            return false;
        }
        tally.add(Counter.RETRIES, length);
        final int index = sender.open(slot, length, retries.firstNanos());
        // Removed before it is sent: an answer from within may add to the groups that wait, or fail them all.
        final int place = retries.removeFirst();
        sender.sendAgain(slot, index, retries, place, length);
        return true;
    }

    private void sendStopMarkers() {
        while (stops.hasMarkers() && pri.mayRequest()) {
            sender.sendStopMarker(stops.takeMarker());
        }
    }

    @Override
    public void pageGroupResponse(final int pasid, final long message) {
        answers.accept(pasid, message);
    }

    private boolean isQuiet() {
        if (pri.hasFailed()) {
            return true;
        }
        // Others may share the credits, so only none at all says that none is ours.
        return retries.size() == 0 && !stops.hasMarkers() && !work.hasMore()
                && (pri.outstanding() == 0 || groups.requests() == 0);
    }

    /**
     * Use a PASID no longer, as before its address space goes away: its groups are not raised any more, pages of it
     * that are missing when their answer comes fail, and a stop marker behind its last request says so. Hardware world.
     *
     * @param pasid of the workload
     */
    public void stopPasid(final int pasid) {
        stops.stop(pasid);
    }

    /**
     * Reset this function alone, as a virtual function can be: it gives up what is outstanding, fails the work behind
     * it, and returns the credits to the interface that it shares. What the host still does about these requests comes
     * to nothing. A reset of the interface, or of the physical function with its registers
     * ({@link org.faultring.hwmodel.pci.ConfigSpace#functionReset}), does the same to all functions. Hardware world.
     */
    public void reset() {
        if (translations != null) {
            translations.reset();
        }
        pri.giveBack(giveUp());
    }

    private int giveUp() {
        stops.forgetMarkers();
        finished = false;
        return answers.giveUp();
    }

    /** Any thread: raise nothing new; what was raised goes on to its end. */
    @Override
    public void stopRaising() {
        work.stop();
    }

    /**
     * Any thread: whether all work has been raised and answered, or the function has been stopped by a failure; a reset
     * ends that.
     *
     * @return true once nothing will be raised any more
     */
    @Override
    public boolean isFinished() {
        return finished;
    }

    /**
     * Time from the first duty cycle to the end of all work; valid once {@link #isFinished()}, or for the caller that
     * runs it.
     *
     * @return ns of the path's clock, up to now while the work goes on
     */
    @Override
    public long activeNanos() {
        return (finished ? endNanos : clock.nanoTime()) - work.startNanos();
    }

    /**
     * The capability of the function.
     *
     * @return its registers
     */
    public PriCapability pri() {
        return pri;
    }

    /**
     * Requests of this function that have not been answered; {@link PriCapability#outstanding} counts those of all
     * functions that share the capability. Not for the hot path.
     *
     * @return the count
     */
    @Override
    public int outstanding() {
        return groups.requests();
    }

    @Override
    public long nextDueNanos() {
        return work.nextDueNanos();
    }
}
