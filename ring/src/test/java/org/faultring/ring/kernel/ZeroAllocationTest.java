/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

import org.faultring.ring.Allocations;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cycle from report to answer allocates nothing. */
class ZeroAllocationTest {

    private static final int RECORDS = 16;
    private static final int ANSWERS_AT = RECORDS * PageFaultFlyweight.LENGTH_BYTES;

    /** A driver that only counts. */
    private static final class CountingPort implements PageResponsePort {

        private long answers;

        @Override
        public int room() {
            return 3;
        }

        @Override
        public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                final int code) {
            answers++;
        }

        @Override
        public void submit() {
            answers++;
        }
    }

    private final CountingPort port = new CountingPort();
    private final GroupTable groups = new GroupTable(16);
    private final AttachTable attachments = new AttachTable();
    private final StageTimes stages = new StageTimes(2);
    private final Tally tally = new Counters().tally();
    private final FaultReporter reporter =
            new FaultReporter(attachments, groups, new PartialLimits(8, 8), port, stages, () -> 5L, tally);

    @BeforeEach
    void addDevices() {
        reporter.addDevice();
        reporter.addDevice();
        stages.open(stages.row(1, 1), 3);
    }

    private void reportGroups() {
        for (int group = 0; group < 4; group++) {
            reporter.report(0, 0, 0, group, 1, 0x1000);
            reporter.report(0, 0, 0, group, 1, 0x2000);
            reporter.report(0, PageFaultFlyweight.LAST_PAGE, 0, group, 1, 0x3000);
        }
        // Nothing is attached, and what waits is thrown away.
        reporter.report(1, PageFaultFlyweight.LAST_PAGE, 0, 1, 1, 0x1000);
        reporter.report(0, 0, 0, 9, 1, 0x1000);
        reporter.discardPartials();
        reporter.cycleEnded();
    }

    private void respond(final PageResponder responder) {
        while (responder.doWork() > 0) {
            tally.publish();
        }
        assertEquals(0, groups.openGroups());
    }

    @Test
    void shouldServeAFileWithoutAllocating() {
        final LinuxFaultObject object = new LinuxFaultObject(16, 16);
        attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(object.sink()));
        final PageResponder responder = new PageResponder(object.responses(), groups, port, stages, () -> 5L, tally);
        final ByteBuffer buffer = RingMemory.allocate(ANSWERS_AT + RECORDS * PageResponseFlyweight.LENGTH_BYTES);
        final int number = object.register(buffer);
        final PageFaultFlyweight record = new PageFaultFlyweight();
        final PageResponseFlyweight response = new PageResponseFlyweight();
        Allocations.assertNone(14, () -> {
            reportGroups();
            int bytes = object.read(number, 0, ANSWERS_AT - PageFaultFlyweight.LENGTH_BYTES);
            while (bytes > 0) {
                int answers = 0;
                for (int at = 0; at < bytes; at += PageFaultFlyweight.LENGTH_BYTES) {
                    record.wrap(buffer, at);
                    if (record.isLast()) {
                        response.wrap(buffer, ANSWERS_AT + answers).set(record.cookie(), answers >> 3 & 1);
                        answers += PageResponseFlyweight.LENGTH_BYTES;
                    }
                }
                object.write(number, ANSWERS_AT, answers);
                // And one that is refused.
                object.write(number, ANSWERS_AT, answers);
                bytes = object.ready() == 0 ? 0 : object.read(number, 0, ANSWERS_AT);
            }
            respond(responder);
        });
    }

    @Test
    void shouldAnswerForADetachWithoutAllocating() {
        final LinuxFaultObject object = new LinuxFaultObject(16, 16);
        final IommuDomain domain = IommuDomain.paging(object.sink());
        final IommuDomain other = IommuDomain.paging(object.sink());
        attachments.attach(0, AttachTable.NO_PASID, domain);
        final PageResponder responder = new PageResponder(object.responses(), groups, port, stages, () -> 5L, tally);
        final int number = object.register(RingMemory.allocate(ANSWERS_AT));
        final AttachmentChange change = new AttachmentChange(attachments, reporter, DomainPort.WILLING,
                DrainPort.NOTHING_QUEUED, tally);
        Allocations.assertNone(14, () -> {
            reportGroups();
            object.read(number, 0, 6 * PageFaultFlyweight.LENGTH_BYTES);
            change.beginReplace(0, AttachTable.NO_PASID, other, object);
            finish(change);
            reporter.report(0, 0, 0, 1, 1, 0x1000);
            change.beginDetach(0, AttachTable.NO_PASID, object);
            finish(change);
            change.beginAttach(0, AttachTable.NO_PASID, domain);
            finish(change);
            respond(responder);
        });
    }

    private static void finish(final AttachmentChange change) {
        while (!change.finish()) {
            change.doWork();
        }
    }

    @Test
    void shouldServeAMappedRingWithoutAllocating() {
        final BoundedFaultObject object = new BoundedFaultObject(16, 16);
        attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(object.sink()));
        final PageResponder responder = new PageResponder(object.responses(), groups, port, stages, () -> 5L, tally);
        final FaultSlotHandler handler = slot -> {
            if (slot.isLast()) {
                object.responses().offer(slot.cookie(), PageResponseFlyweight.SUCCESS);
            }
        };
        Allocations.assertNone(14, () -> {
            object.doorbell().arm();
            reportGroups();
            object.faults().poll(handler, RECORDS);
            object.responses().offer(-1, PageResponseFlyweight.SUCCESS);
            respond(responder);
        });
    }

    @Test
    void shouldServeEventsWithoutAllocating() {
        final VirtualIommu viommu = new VirtualIommu(tally);
        final int type = VirtualEventType.ARM_SMMUV3.number();
        viommu.addQueue(type, 3);
        viommu.addDevice(1, 77);
        final VirtualEventQueue queue = viommu.queue(type);
        final ByteBuffer buffer = RingMemory.allocate(4 * 40);
        final int number = queue.register(buffer);
        Allocations.assertNone(10, () -> {
            for (int i = 0; i < 5; i++) {
                viommu.report(type, buffer, 0, 32);
            }
            viommu.report(type + 1, buffer, 0, 32);
            viommu.deviceByVirtualId(viommu.device(1).virtualId());
            while (queue.ready() != 0) {
                queue.read(number, 0, 88);
            }
            queue.read(number, 0, 7);
        });
    }
}
