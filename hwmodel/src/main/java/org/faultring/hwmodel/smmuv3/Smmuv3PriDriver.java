/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.ReportPort;
import org.faultring.ring.queue.ToggleLatch;

/**
 * A driver that uses the PRI queue as the architecture means it (Arm IHI 0070, PRI queue). It is not Linux's: Linux 7.2
 * answers every page request behind an SMMU with Response Failure, see {@link Smmuv3Driver}. Whatever else there is to
 * do, it does as Linux.
 *
 * <p>A drain pass reads PROD once, reports each request up to it, leaves stop markers out, and gives the whole stretch
 * back with one write of CONS. If PROD says that the queue has overflowed, nothing comes behind the stretch until the
 * same write acknowledges; before it, groups without their last request are thrown away, since the hardware has
 * answered those whose last one it lost.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class Smmuv3PriDriver implements IommuDriver {

    private static final int CHUNK = 32;
    /** CMD_PRI_RESP.Resp for each answer of the generic layer. */
    private static final int[] RESPONSE = {Command.RESP_SUCCESS, Command.RESP_INVALID, Command.RESP_FAILURE};

    private final SmmuControl control;
    private final QueueReader queue;
    private final InterruptLine interrupt;
    private final StreamTable streams;
    private final CommandIssuer commands;
    private final StreamDirectory directory;
    private final Tally tally;
    private final int credits;
    /** Requests that are being handled, two words each. */
    private final long[] fetched = new long[2 * CHUNK];
    private ReportPort reporter;
    private int fetchedCount;
    private int takeIndex;
    private boolean draining;

    /**
     * A driver that has not started.
     *
     * @param iommu    to drive; it must have page requests
     * @param memory   for the queues
     * @param settings of the driver
     * @param tally    of the world that calls
     * @throws IllegalArgumentException if the hardware's command queue has no more than 64 entries, or it has no page
     *                                  requests
     */
    public Smmuv3PriDriver(final Smmuv3Iommu iommu, final DmaMemory memory, final Smmuv3DriverSettings settings,
            final Tally tally) {
        this(iommu, iommu.registers(), memory, settings, tally);
    }

    Smmuv3PriDriver(final Smmuv3Iommu iommu, final RegisterFile bus, final DmaMemory memory,
            final Smmuv3DriverSettings settings, final Tally tally) {
        if ((bus.read32(Smmuv3Registers.IDR0) & Smmuv3Registers.IDR0_PRI) == 0) {
            throw new IllegalArgumentException("pri=false (expected: an SMMU with page requests)");
        }
        this.tally = tally;
        credits = settings.credits();
        streams = iommu.streams();
        control = new SmmuControl(bus, iommu.interrupts(), memory, settings, tally);
        queue = control.requests();
        interrupt = iommu.interrupts().pageRequests();
        commands = control.commands();
        directory = control.directory();
    }

    @Override
    public void reportTo(final ReportPort newReporter) {
        reporter = newReporter;
        control.events().reportTo(newReporter);
    }

    /**
     * Set-up: where events of devices with a virtual stream go; without it they are only printed.
     *
     * @param sink takes records of {@link EventRecord#LENGTH_BYTES}
     */
    public void forwardTo(final EventSink sink) {
        control.events().forwardTo(sink);
    }

    @Override
    public void start() {
        control.start();
    }

    /** Set-up: know a function. Automatic answers to it carry its PASID. */
    @Override
    public void addDevice(final int requesterId, final int device) {
        directory.add(requesterId, device, false);
        streams.set(requesterId, StreamTable.VALID | StreamTable.PPAR | StreamTable.RECORD | StreamTable.ABORT
                | StreamTable.EATS);
    }

    @Override
    public int grantedCredits() {
        return credits;
    }

    @Override
    public int doWork() {
        return control.doWork() + drain();
    }

    private int drain() {
        if (!draining) {
            if (!interrupt.take()) {
                return 0;
            }
            queue.readProducer();
            draining = true;
            if (queue.available() > 0) {
                tally.increment(Counter.DRAIN_PASSES);
            }
        }
        int work = 0;
        int taken = takeChunk();
        while (taken > 0) {
            work += taken;
            taken = takeChunk();
        }
        if (queue.available() == 0 && takeIndex == fetchedCount && !reporter.isHoldingBack()) {
            endPass();
            work++;
        }
        commands.announce();
        return work;
    }

    /** Report requests, as many as there is room to answer, until one is held back; how many. */
    private int takeChunk() {
        final int room = commands.room();
        if (takeIndex == fetchedCount) {
            takeIndex = 0;
            fetchedCount = Math.min(Math.min(queue.available(), room), CHUNK);
            fetch(fetchedCount);
        }
        final int start = takeIndex;
        final int end = Math.min(fetchedCount, start + room);
        while (takeIndex < end && !reporter.isHoldingBack()) {
            take(fetched[2 * takeIndex], fetched[2 * takeIndex + 1]);
            takeIndex++;
        }
        return takeIndex - start;
    }

    /** The pass goes on, in the next duty cycle, if there is more by the time that CONS is written. */
    private void endPass() {
        if (queue.inOverflow()) {
            reporter.discardPartials();
            queue.acknowledge();
        }
        queue.writeConsumer();
        // The fence is between the write of CONS and the look at PROD, see ToggleLatch.
        ToggleLatch.fence();
        queue.readProducer();
        draining = queue.available() > 0 || queue.inOverflow();
        if (queue.available() > 0) {
            tally.increment(Counter.DRAIN_PASSES);
        }
    }

    /** Read requests ahead of handling them: their cache lines come from the other core side by side. */
    private void fetch(final int count) {
        final ByteBuffer entries = queue.memory();
        for (int i = 0; i < count; i++) {
            final int offset = queue.entryOffset();
            fetched[2 * i] = LittleEndian.getLong(entries, offset);
            fetched[2 * i + 1] = LittleEndian.getLong(entries, offset + Long.BYTES);
            queue.skip();
        }
    }

    private void take(final long qw0, final long qw1) {
        final int device = directory.deviceOf(PriQueueEntry.streamId(qw0));
        if (PriQueueEntry.isStopMarker(qw0)) {
            tally.increment(Counter.STOP_MARKERS);
        } else if (device == StreamDirectory.NO_DEVICE) {
            refuse(qw0, qw1);
        } else {
            reporter.report(device, flags(qw0), PriQueueEntry.substreamId(qw0), PriQueueEntry.groupIndex(qw1),
                    permissions(qw0), PriQueueEntry.address(qw1));
        }
    }

    /** A request of a stranger is answered Invalid if it closes its group, otherwise it vanishes. */
    private void refuse(final long qw0, final long qw1) {
        if (PriQueueEntry.isLast(qw0)) {
            tally.increment(Counter.REFUSED);
            respond(PriQueueEntry.streamId(qw0), PriQueueEntry.hasSubstreamId(qw0), PriQueueEntry.substreamId(qw0),
                    PriQueueEntry.groupIndex(qw1), Command.RESP_INVALID);
        } else {
            tally.increment(Counter.DROPPED_BY_KERNEL);
        }
    }

    private static int flags(final long qw0) {
        final int pasid = PriQueueEntry.hasSubstreamId(qw0)
                ? PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID
                : 0;
        return PriQueueEntry.isLast(qw0) ? pasid | PageFaultFlyweight.LAST_PAGE : pasid;
    }

    /** From privileged, execute, read, write to the order of the generic layer. */
    private static int permissions(final long qw0) {
        final int access = PriQueueEntry.access(qw0);
        return access >>> 2 | (access & 2) << 1 | (access & 1) << 3;
    }

    /**
     * Invalidate pages of a device's address space, in the SMMU and then in the device; one at a time.
     *
     * @param device  its number in the fault reporter
     * @param asid    of the address space, 16 bits
     * @param pasid   of the address space, or {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID}
     * @param address of the first page
     * @param pages   of 4 KiB, from 1
     * @return false if another invalidation is under way or the command queue too full; try again later
     */
    public boolean invalidate(final int device, final int asid, final int pasid, final long address,
            final long pages) {
        return control.invalidation().begin(directory.streamOf(device), asid, pasid, address, pages);
    }

    @Override
    public int room() {
        return commands.room();
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        respond(directory.streamOf(device), (flags & PageFaultFlyweight.PASID_VALID) != 0, pasid, groupIndex,
                code >= PageResponseFlyweight.SUCCESS && code < RESPONSE.length ? RESPONSE[code]
                        : Command.RESP_FAILURE);
    }

    private void respond(final int streamId, final boolean hasPasid, final int pasid, final int groupIndex,
            final int response) {
        commands.issue(Command.priRespQw0(streamId, hasPasid ? pasid : PageRequestMessage.NO_PASID),
                Command.priRespQw1(groupIndex, response));
    }

    @Override
    public void submit() {
        commands.announce();
    }

    @Override
    public boolean isAtRest() {
        return !draining && control.isAtRest() && queue.queued() == 0;
    }

    @Override
    public int queuedRequests() {
        // What a pass that was left standing has taken is with the reporter, though CONS does not say so yet.
        return queue.queued() - queue.taken() + fetchedCount - takeIndex;
    }

    /** What Linux does alike for all its purposes. */
    SmmuControl control() {
        return control;
    }
}
