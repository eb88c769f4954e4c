/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.iommu.TransactionOutcome;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.iommu.TransactionResultPort;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.Checks;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * A master that is not on PCIe and knows nothing of page requests: its transactions miss, and the IOMMU stalls them. It
 * raises the faults of a workload one by one, each a group of its own, as far as it has tags for transactions.
 *
 * <p>Retry means "translate again": a page that the handler mapped since it missed is resolved, any other misses again,
 * in a new transaction, before new work. Abort and Terminate end the fault with an error.
 *
 * <p>Belongs to the hardware world. Only {@link #stopRaising()} and {@link #isFinished()} may be called from
 * elsewhere. Allocates nothing once it is built.
 */
public final class StallingMaster implements TransactionResultPort, FaultingDevice {

    /** Most transactions in flight: each has a row of its own in {@link StageTimes}. */
    public static final int MAX_OUTSTANDING = StageTimes.GROUPS_PER_DEVICE;

    private static final int TAG_MASK = MAX_OUTSTANDING - 1;

    private final DeviceSettings settings;
    private final TransactionPort port;
    private final Workload workload;
    private final RaiseSchedule schedule;
    private final SharedPageTable pageTable;
    private final StageTimes stages;
    private final NanoClock clock;
    private final Tally tally;
    private final GroupObserver observer;
    private final int firstRow;
    /** Page table entry of each fault of the workload. */
    private final int[] entries;
    private final long[] addresses;
    private final int[] pasids;
    private final byte[] accesses;

    /** Free tags, the one that has been free longest first, so that a late answer has the least chance to hit. */
    private final short[] freeTags = new short[MAX_OUTSTANDING];
    private int tagsTaken;
    private int tagsReturned;
    private int outstanding;

    /** By tag: the fault, how often its page had been mapped when it missed, and when it was raised. */
    private final int[] faultOf = new int[MAX_OUTSTANDING];
    private final int[] mappedBefore = new int[MAX_OUTSTANDING];
    private final long[] raisedNanos = new long[MAX_OUTSTANDING];

    /** Faults that miss again, oldest first; no new fault is raised while one waits, so they are no more than tags. */
    private final int[] waitingFaults = new int[MAX_OUTSTANDING];
    private final long[] waitingNanos = new long[MAX_OUTSTANDING];
    private int waitingFirst;
    private int waiting;

    private long lap;
    private int nextGroup;
    private int nextFault;
    private int untilSample = 1;
    private long startNanos;
    private long endNanos;
    private boolean started;
    private volatile boolean stopRaising;
    private volatile boolean finished;

    /**
     * A quiet master.
     *
     * @param settings    of the master; the requester ID is its StreamID, and a group is a fault
     * @param maxInFlight transactions in flight at most, 1..{@link #MAX_OUTSTANDING}; as many tags it has
     * @param port        where transactions go
     * @param workload    what it raises
     * @param schedule    when it raises, by the groups of the workload
     * @param pageTable   in which the handler maps
     * @param stages      stamped for sampled faults
     * @param clock       of the path
     * @param tally       of the world that calls
     * @param observer    told of sampled faults
     */
    public StallingMaster(final DeviceSettings settings, final int maxInFlight, final TransactionPort port,
            final Workload workload, final RaiseSchedule schedule, final SharedPageTable pageTable,
            final StageTimes stages, final NanoClock clock, final Tally tally, final GroupObserver observer) {
        Checks.range("maxInFlight", maxInFlight, 1, MAX_OUTSTANDING);
        this.settings = settings;
        this.port = port;
        this.workload = workload;
        this.schedule = schedule;
        this.pageTable = pageTable;
        this.stages = stages;
        this.clock = clock;
        this.tally = tally;
        this.observer = observer;
        this.firstRow = stages.row(settings.deviceId(), 0);
        this.entries = new int[workload.faults()];
        this.addresses = new long[workload.faults()];
        this.pasids = new int[workload.faults()];
        this.accesses = new byte[workload.faults()];
        final int requested = requested(settings.requested());
        for (int fault = 0; fault < entries.length; fault++) {
            addresses[fault] = workload.pageAddress(fault);
            pasids[fault] = workload.pasid(fault);
            accesses[fault] = (byte) (workload.access(fault) | requested);
            entries[fault] = pageTable.know(pasids[fault], addresses[fault]);
        }
        for (int tag = 0; tag < maxInFlight; tag++) {
            freeTags[tag] = (short) tag;
        }
        this.tagsReturned = maxInFlight;
    }

    /** What a prefix asks for, as an access. */
    private static int requested(final int prefix) {
        return ((prefix & PasidPrefix.EXECUTE_REQUESTED) == 0 ? 0 : TransactionPort.EXECUTE)
                | ((prefix & PasidPrefix.PRIVILEGED_MODE_REQUESTED) == 0 ? 0 : TransactionPort.PRIVILEGED);
    }

    /**
     * One duty cycle: raise what is due and fits.
     *
     * @return faults raised
     */
    @Override
    public int doWork() {
        if (!started) {
            started = true;
            startNanos = clock.nanoTime();
        }
        // Only what waited before this duty cycle: an answer that comes while we raise is acted on in the next one.
        int retries = waiting;
        int raised = 0;
        while (raised < settings.groupsPerTurn() && tagsTaken != tagsReturned) {
            if (retries > 0) {
                raiseAgain();
                retries--;
            } else if (waiting > 0 || !raiseNext()) {
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

    private void raiseAgain() {
        final int fault = waitingFaults[waitingFirst];
        final long nanos = waitingNanos[waitingFirst];
        waitingFirst = waitingFirst + 1 & TAG_MASK;
        waiting--;
        tally.increment(Counter.RETRIES);
        send(fault, nanos);
    }

    /** The next fault of the workload, if it is due. */
    private boolean raiseNext() {
        if (nextGroup == workload.groups() && !beginLap() || stopRaising) {
            return false;
        }
        final long due = schedule.dueNanos(lap, nextGroup);
        if (due != RaiseSchedule.WHENEVER && clock.nanoTime() - startNanos < due) {
            return false;
        }
        final int fault = nextFault++;
        if (nextFault == workload.groupStart(nextGroup + 1)) {
            nextGroup++;
        }
        tally.increment(Counter.FAULTS_RAISED);
        send(fault, sampleNanos(due));
        return true;
    }

    private boolean beginLap() {
        if (settings.laps() != 0 && lap + 1 == settings.laps()) {
            return false;
        }
        lap++;
        nextGroup = 0;
        nextFault = 0;
        return true;
    }

    /** Raise time of a fault that is to be sampled, or {@link StageTimes#NOT_SAMPLED}. */
    private long sampleNanos(final long due) {
        if (--untilSample > 0) {
            return StageTimes.NOT_SAMPLED;
        }
        untilSample = settings.sampleEvery();
        return due == RaiseSchedule.WHENEVER ? clock.nanoTime() : startNanos + due;
    }

    /** The outcome may come from within the call of the port, so nothing of the transaction is touched after it. */
    private void send(final int fault, final long nanos) {
        final int tag = freeTags[tagsTaken++ & TAG_MASK];
        outstanding++;
        faultOf[tag] = fault;
        mappedBefore[tag] = pageTable.timesMapped(entries[fault]);
        raisedNanos[tag] = nanos;
        if (nanos == StageTimes.NOT_SAMPLED) {
            stages.skip(firstRow + tag);
        } else {
            stages.open(firstRow + tag, nanos);
        }
        tally.increment(Counter.REQUESTS);
        port.transaction(settings.requesterId(), pasids[fault], addresses[fault], accesses[fault], tag);
    }

    @Override
    public void transactionEnded(final int tag, final TransactionOutcome outcome) {
        if (outcome == TransactionOutcome.RETRY) {
            translateAgain(tag);
        } else {
            tally.increment(Counter.FAULTS_FAILED);
        }
        freeTags[tagsReturned++ & TAG_MASK] = (short) tag;
        outstanding--;
        tally.increment(Counter.CREDITS_RETURNED);
    }

    private void translateAgain(final int tag) {
        final int fault = faultOf[tag];
        if (pageTable.timesMapped(entries[fault]) == mappedBefore[tag]) {
            final int place = waitingFirst + waiting++ & TAG_MASK;
            waitingFaults[place] = fault;
            waitingNanos[place] = raisedNanos[tag];
            return;
        }
        tally.increment(Counter.FAULTS_RESOLVED);
        if (raisedNanos[tag] != StageTimes.NOT_SAMPLED) {
            final int row = firstRow + tag;
            stages.stamp(row, Stage.ACCEPTED, clock.nanoTime());
            observer.onGroupAnswered(row);
        }
    }

    private boolean isQuiet() {
        final boolean moreToRaise = !stopRaising
                && (nextGroup < workload.groups() || settings.laps() == 0 || lap + 1 < settings.laps());
        return !moreToRaise && waiting == 0 && outstanding == 0;
    }

    /**
     * Transactions in flight.
     *
     * @return those that wait for their outcome
     */
    @Override
    public int outstanding() {
        return outstanding;
    }

    /** Any thread: raise nothing new; what was raised goes on to its end. */
    @Override
    public void stopRaising() {
        stopRaising = true;
    }

    /**
     * Any thread: whether all work has been raised and has ended.
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
        return (finished ? endNanos : clock.nanoTime()) - startNanos;
    }

    @Override
    public long nextDueNanos() {
        final boolean isEnd = nextGroup == workload.groups();
        if (!started || stopRaising || isEnd && settings.laps() != 0 && lap + 1 == settings.laps()) {
            return Long.MAX_VALUE;
        }
        final long next = isEnd ? schedule.dueNanos(lap + 1, 0) : schedule.dueNanos(lap, nextGroup);
        return next == RaiseSchedule.WHENEVER || startNanos + next <= clock.nanoTime() ? Long.MAX_VALUE
                : startNanos + next;
    }
}
