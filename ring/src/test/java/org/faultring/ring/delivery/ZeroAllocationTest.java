/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;

import org.faultring.ring.Allocations;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.PageResponseHandler;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.Doorbell;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.ModelEventCounter;
import org.faultring.ring.kernel.ModelIoRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The duty cycles of the deliveries allocate nothing, with work and without. */
class ZeroAllocationTest {

    /** A file with the same two groups again and again; it refuses every third write, and every other read is empty. */
    private static final class EndlessFile implements FaultFile {

        private final PageFaultFlyweight record = new PageFaultFlyweight();
        private ByteBuffer memory;
        private int calls;

        @Override
        public int register(final ByteBuffer buffer) {
            memory = buffer;
            return 0;
        }

        @Override
        public int read(final int buffer, final int offset, final int length) {
            if ((calls++ & 1) == 0) {
                return 0;
            }
            for (int i = 0; i < 4; i++) {
                record.wrap(memory, offset + i * PageFaultFlyweight.LENGTH_BYTES).set(i & PageFaultFlyweight.LAST_PAGE,
                        1, 0, i, PageFaultFlyweight.READ, i, 1);
            }
            return 4 * PageFaultFlyweight.LENGTH_BYTES;
        }

        @Override
        public int write(final int buffer, final int offset, final int length) {
            return calls++ % 3 == 0 ? -Errno.EINVAL : PageResponseFlyweight.LENGTH_BYTES;
        }

        @Override
        public int ready() {
            return READABLE | WRITABLE;
        }

        @Override
        public FileShape shape() {
            return FileShape.IOMMUFD_FAULT;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private final StageTimes stages = new StageTimes(1);
    private final Counters counters = new Counters();
    private final PageFaultHandler handler = fault -> (int) fault.address() & 1;
    private long sum;

    @Test
    void shouldReadWithoutAllocating() {
        stages.open(stages.row(1, 2), 7);
        final ReadDelivery delivery = new ReadDelivery(new EndlessFile(), 8, handler, stages, () -> 5L,
                counters.tally());
        Allocations.assertNone(1, () -> {
            sum += delivery.doWork();
            sum += delivery.waitingOn().isOver() ? 1 : 0;
        });
    }

    @Test
    void shouldTakeFromASharedRingWithoutAllocating() {
        final OneToOneFaultRing ring = new OneToOneFaultRing(64);
        final OneToOneResponseRing responses = new OneToOneResponseRing(7);
        final Doorbell doorbell = new Doorbell();
        final SharedRingDelivery delivery = new SharedRingDelivery(ring, responses, doorbell, 16, handler, stages,
                () -> 5L, counters.tally());
        final GroupProducer producer = new GroupProducer(ring);
        final PageResponseHandler kernel = (handle, code) -> sum += handle + code;
        final long[] addresses = {1, 2};
        stages.open(stages.row(1, 2), 7);
        Allocations.assertNone(1, () -> {
            if ((sum & 1) == 0) {
                producer.commit(2, 1, addresses);
                producer.commitSampled(2, 2, 7, addresses);
                doorbell.ringIfArmed();
            }
            sum += delivery.doWork();
            sum += delivery.waitingOn().isOver() ? 1 : 0;
            if (responses.remaining() < 3 || ring.size() > 32) {
                sum += responses.poll(kernel, 7);
            }
        });
    }

    private void assertNoneOnTheModel(final FileDesign design, final FileShape shape) {
        final LinuxFaultObject object = new LinuxFaultObject(256, 64, shape);
        final ModelIoRing ring = new ModelIoRing(64, counters.tally());
        final Delivery delivery = design.make(object, ring, new ModelEventCounter(object.wakes()), 8,
                new HandlerContext(handler, stages, () -> sum, counters.tally()));
        final GroupProducer producer = new GroupProducer(object.sink().ring());
        final PageResponseHandler kernel = (handle, code) -> sum += handle + code;
        final long[] addresses = {1, 2};
        Allocations.assertNone(1, () -> {
            if (object.sink().ring().size() < 32 && (sum++ & 3) == 0) {
                producer.commit(1 + (int) (sum & 15), 1, addresses);
                object.sink().groupArrived();
                object.sink().cycleEnded();
            }
            try {
                sum += delivery.doWork();
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            delivery.waitingOn().begin();
            sum += delivery.waitingOn().isOver() ? 1 : 0;
            ring.workers().doWork();
            object.responses().poll(kernel, 64);
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldUseTheModelsRingWithoutAllocating(final FileDesign design) {
        assertNoneOnTheModel(design, FileShape.IOMMUFD_FAULT_NOWAIT);
        assertNoneOnTheModel(design, FileShape.IOMMUFD_FAULT_NOWAIT.nonblocking());
    }
}
