/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.faultring.ring.Checks;
import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Shared virtual addressing: the kernel resolves the fault itself, and no user space is asked
 * (drivers/iommu/iommu-sva.c). What every way of delivering faults to user space is compared with.
 *
 * <ul>
 * <li>Groups wait in a work queue, which workers empty in order of arrival. They work side by side, so groups end out
 * of order; the seed says how.</li>
 * <li>The faults of a group are handled in order. The first that fails decides for the group; those behind it are not
 * tried. Success or Invalid, never Failure.</li>
 * <li>A group stays with the core until it is answered, so removing its device answers it; what is left of it here then
 * comes to nothing.</li>
 * <li>Linux cannot put a group into the queue without memory, and answers it Failure. Here that is a full queue.</li>
 * </ul>
 *
 * <p>A process has one PASID, the same for all devices. Used by the kernel world alone; allocates nothing after
 * {@link #bind}.
 */
public final class SvaHandler implements FaultSink, Agent {

    /** Most groups handled at once. */
    public static final int MAX_WORKERS = 256;

    private static final int NO_PASID = -1;
    /** Of one duty cycle. */
    private static final int TURNS = 64;

    private final FaultRing queue;
    private final GroupTable groups;
    private final GroupResponse response;
    private final PageResponsePort port;
    private final Tally tally;
    private final SvaWorker[] workers;
    private final Int2ObjectHashMap<AddressSpace> spaces = new Int2ObjectHashMap<>();
    /** The look-up before: groups of one process tend to come one after the other. */
    private int lastPasid = NO_PASID;
    private AddressSpace lastSpace;
    private long random;
    private int busy;

    /**
     * An empty work queue.
     *
     * @param capacity faults that may wait for a worker, a power of two
     * @param workers  groups handled at once, 1..{@link #MAX_WORKERS}
     * @param seed     of the order in which workers go on, any number
     * @param groups   table of open groups
     * @param port     way to answer
     * @param stages   stamped for sampled groups
     * @param clock    of the path
     * @param tally    of the world that calls
     */
    public SvaHandler(final int capacity, final int workers, final long seed, final GroupTable groups,
            final PageResponsePort port, final StageTimes stages, final NanoClock clock, final Tally tally) {
        Checks.range("workers", workers, 1, MAX_WORKERS);
        this.queue = new OneToOneFaultRing(capacity);
        this.groups = groups;
        this.response = new GroupResponse(groups, port, stages, clock);
        this.port = port;
        this.tally = tally;
        this.workers = new SvaWorker[workers];
        for (int i = 0; i < workers; i++) {
            this.workers[i] = new SvaWorker(capacity);
        }
        // An odd number is not 0, which would stay 0.
        this.random = seed << 1 | 1;
    }

    /**
     * Set-up: a process uses devices ({@code iommu_sva_bind_device}).
     *
     * @param pasid of the process, 1 .. 2^20 - 1
     * @param space its memory
     */
    public void bind(final int pasid, final AddressSpace space) {
        Checks.range("pasid", pasid, 1, (1 << AttachTable.PASID_BITS) - 1);
        spaces.put(pasid, space);
        lastPasid = NO_PASID;
    }

    /**
     * A process uses no device any more; its domain has to be detached first.
     *
     * @param pasid of the process
     */
    public void unbind(final int pasid) {
        spaces.remove(pasid);
        lastPasid = NO_PASID;
    }

    @Override
    public FaultRing ring() {
        return queue;
    }

    @Override
    public void groupArrived() {
        // The workers look for themselves.
    }

    /** A group is the core's until it is answered. */
    @Override
    public boolean takesOver() {
        return false;
    }

    @Override
    public void cycleEnded() {
        // Wakes nobody.
    }

    /**
     * A number of turns: in each, idle workers take groups, and one that has a group handles a fault of it.
     *
     * @return faults handled and groups answered
     */
    @Override
    public int doWork() {
        int work = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            if (busy < workers.length) {
                hire();
            }
            final int done = busy == 0 ? 0 : turn();
            if (done == 0 && (busy == 0 || workers.length == 1)) {
                break;
            }
            work += done;
        }
        if (work > 0) {
            port.submit();
        }
        return work;
    }

    private void hire() {
        int length = queue.peekGroupLength();
        for (int i = 0; length > 0 && i < workers.length; i++) {
            final SvaWorker worker = workers[i];
            if (worker.isIdle()) {
                queue.poll(worker, length);
                worker.begin(space(worker.pasid()));
                if (worker.isSampled()) {
                    response.stamp(worker.handle(), Stage.DELIVERED);
                }
                busy++;
                length = queue.peekGroupLength();
            }
        }
    }

    private int turn() {
        final SvaWorker worker = workers[workers.length == 1 ? 0 : nextWorker()];
        if (worker.isIdle()) {
            return 0;
        }
        // Of a group that has been answered by the removal of its device nothing more is tried.
        final boolean isOpen = groups.isOpen(worker.handle());
        final int handled = isOpen ? worker.step() : 0;
        return !isOpen || worker.isDone() ? handled + answer(worker) : handled;
    }

    private AddressSpace space(final int pasid) {
        if (pasid != lastPasid) {
            lastSpace = spaces.get(pasid);
            lastPasid = pasid;
        }
        return lastSpace;
    }

    private int answer(final SvaWorker worker) {
        final long group = groups.find(worker.handle());
        if (group != 0) {
            if (port.room() == 0) {
                return 0;
            }
            if (worker.isSampled()) {
                response.stamp(worker.handle(), Stage.HANDLED);
            }
            tally.increment(Counter.GROUPS_ANSWERED);
            tally.add(Counter.ANSWERED, GroupTable.length(group));
            response.send(worker.handle(), group, worker.code());
        }
        worker.end();
        busy--;
        return 1;
    }

    private int nextWorker() {
        // Xorshift (Marsaglia, 2003).
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> Integer.SIZE) * workers.length >>> Integer.SIZE);
    }

    /**
     * Whether all groups have been answered: what {@code iopf_queue_flush_dev} waits for.
     *
     * @return true if nothing is queued or being handled
     */
    public boolean isFlushed() {
        return busy == 0 && queue.isEmpty();
    }

    @Override
    public String roleName() {
        return "sva";
    }
}
