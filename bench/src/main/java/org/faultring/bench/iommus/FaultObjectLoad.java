/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.iommus;

import java.nio.ByteBuffer;

import org.faultring.ring.Checks;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.PartialLimits;

/**
 * Bursts of faults through the kernel layer and a Linux fault object on one thread: reported, grouped, routed, read,
 * answered. Each fault is a group of its own, and comes through another attachment than the one before.
 *
 * <p>Beside the measured faults stand groups that have been read and never answered, and requests that wait for the
 * last one of their group, both spread over all devices and of a PASID of their own.
 */
public final class FaultObjectLoad {

    /** Faults of one burst: one read, one write, one submission. */
    public static final int BURST = 64;
    /** Devices. */
    public static final int DEVICES = 1024;
    /** Most attachments for the measured faults. */
    public static final int MAX_ATTACHMENTS = 1 << 16;
    /** Most groups left open. */
    public static final int MAX_OPEN_GROUPS = 500_000;
    /** Most requests left waiting. */
    public static final int MAX_PARTIALS = 4096;

    /** PASID of what is left open and waiting. */
    private static final int OTHER_PASID = 1_000_000;
    private static final int WITH_PASID = PageFaultFlyweight.PASID_VALID;
    private static final int LAST_WITH_PASID = WITH_PASID | PageFaultFlyweight.LAST_PAGE;
    /** Odd, so that every attachment gets its turn; large, so that neighbours do not follow each other. */
    private static final int STRIDE = 40_503;
    /** Group indexes of the measured faults; partials wait under the others. */
    private static final int INDEXES = 256;

    private final AttachTable attachments = new AttachTable();
    private final GroupTable groups = new GroupTable(1 << 20);
    private final Tally tally = new Counters().tally();
    private final CountingPort port = new CountingPort();
    private final LinuxFaultObject object = new LinuxFaultObject(2 * BURST, 1 << 20);
    private final FaultReporter reporter;
    private final PageResponder responder;
    private final ByteBuffer records = RingMemory.allocate(BURST * PageFaultFlyweight.LENGTH_BYTES);
    private final ByteBuffer answers = RingMemory.allocate(BURST * PageResponseFlyweight.LENGTH_BYTES);
    private final int recordsNumber = object.register(records);
    private final int answersNumber = object.register(answers);
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private final int mask;
    private int next;
    private int index;
    private long moved;

    /** A driver that only counts. */
    private static final class CountingPort implements PageResponsePort {

        private long answered;

        @Override
        public int room() {
            return BURST;
        }

        @Override
        public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                final int code) {
            answered++;
        }

        @Override
        public void submit() {
            // Counted already.
        }
    }

    /**
     * A kernel with devices.
     *
     * @param attachmentCount attachments that the measured faults come through, a power of two,
     *                        1..{@link #MAX_ATTACHMENTS}
     * @param openGroups      groups that stay read and unanswered, 0..{@link #MAX_OPEN_GROUPS}
     * @param partials        requests that stay waiting, 0..{@link #MAX_PARTIALS}
     */
    public FaultObjectLoad(final int attachmentCount, final int openGroups, final int partials) {
        Checks.powerOfTwo("attachments", attachmentCount, 1, MAX_ATTACHMENTS);
        Checks.range("openGroups", openGroups, 0, MAX_OPEN_GROUPS);
        Checks.range("partials", partials, 0, MAX_PARTIALS);
        mask = attachmentCount - 1;
        final StageTimes stages = new StageTimes(DEVICES);
        reporter = new FaultReporter(attachments, groups, new PartialLimits(2 * MAX_PARTIALS, MAX_PARTIALS), port,
                stages, () -> 0, tally);
        responder = new PageResponder(object.responses(), groups, port, stages, () -> 0, tally);
        final IommuDomain domain = IommuDomain.paging(object.sink());
        for (int device = 0; device < DEVICES; device++) {
            reporter.addDevice();
            attachments.attach(device, OTHER_PASID, domain);
        }
        for (int i = 0; i < attachmentCount; i++) {
            attachments.attach(device(i), pasid(i), domain);
        }
        for (int i = 0; i < openGroups; i++) {
            reporter.report(i % DEVICES, LAST_WITH_PASID, OTHER_PASID, i / DEVICES, PageFaultFlyweight.READ, 0);
            object.read(recordsNumber, 0, PageFaultFlyweight.LENGTH_BYTES);
        }
        for (int i = 0; i < partials; i++) {
            reporter.report(i % DEVICES, WITH_PASID, OTHER_PASID, INDEXES + i / DEVICES, PageFaultFlyweight.READ, 0);
        }
    }

    private static int device(final int attachment) {
        return attachment % DEVICES;
    }

    private static int pasid(final int attachment) {
        return 1 + attachment / DEVICES;
    }

    /** One burst, to its last answer. */
    public void move() {
        for (int i = 0; i < BURST; i++) {
            next = next + STRIDE & mask;
            index = index + 1 & INDEXES - 1;
            reporter.report(device(next), LAST_WITH_PASID, pasid(next), index, PageFaultFlyweight.READ,
                    (long) i << 12);
        }
        final int bytes = object.read(recordsNumber, 0, BURST * PageFaultFlyweight.LENGTH_BYTES);
        int end = 0;
        for (int at = 0; at < bytes; at += PageFaultFlyweight.LENGTH_BYTES) {
            record.wrap(records, at);
            if (record.isLast()) {
                response.wrap(answers, end).set(record.cookie(), PageResponseFlyweight.SUCCESS);
                end += PageResponseFlyweight.LENGTH_BYTES;
            }
        }
        object.write(answersNumber, 0, end);
        responder.doWork();
        tally.publish();
        moved += BURST;
        if (port.answered != moved) {
            throw new IllegalStateException("answered=" + port.answered + " (expected: " + moved + ")");
        }
    }

    /**
     * Faults answered so far.
     *
     * @return the count
     */
    public long answered() {
        return port.answered;
    }

    /**
     * Groups open now.
     *
     * @return the count
     */
    public int openGroups() {
        return groups.openGroups();
    }

    /**
     * Requests waiting now.
     *
     * @return the count
     */
    public int waitingRequests() {
        return reporter.waitingRequests();
    }
}
