/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.ModelEventCounter;
import org.faultring.ring.kernel.ModelIoRing;
import org.junit.jupiter.api.Nested;

/** The designs over the fault object of Linux and the model's ring, in all the shapes that they work on. */
class DesignOnModelTest {

    private static final class ModelTransport implements DesignContract.Transport {

        private final FileShape blocking;
        private final FileShape nonblocking;
        private final int entries;
        private final List<Long> byHandle = new ArrayList<>();
        private final List<Long> answered = new ArrayList<>();
        private LinuxFaultObject object;
        private GroupProducer producer;
        private ModelIoRing ring;

        private ModelTransport(final FileShape shape, final int entries) {
            blocking = shape;
            nonblocking = shape.nonblocking();
            this.entries = entries;
        }

        @Override
        public Delivery open(final FileDesign design, final int records, final HandlerContext context) {
            object = new LinuxFaultObject(4096, 1024, isNonblocking(design) ? nonblocking : blocking);
            producer = new GroupProducer(object.sink().ring());
            ring = new ModelIoRing(entries, Math.max(entries, 16), new Counters().tally());
            return design.make(object, ring, new ModelEventCounter(object.wakes()), records, context);
        }

        private static boolean isNonblocking(final FileDesign design) {
            return design == FileDesign.POLL_THEN_READ || design == FileDesign.MULTISHOT;
        }

        @Override
        public void raise(final long firstAddress, final int faults) {
            byHandle.add(firstAddress);
            // Each group is its own attachment.
            producer.commitAttached(byHandle.size(), byHandle.size(), 1, StageTimes.NOT_SAMPLED,
                    LongStream.range(0, faults).map(fault -> firstAddress + 0x1000 * fault).toArray());
            object.sink().groupArrived();
            object.sink().cycleEnded();
        }

        @Override
        public void turn() {
            ring.workers().doWork();
            object.responses().poll((handle, code) -> answered.add(byHandle.get(handle - 1)), 1024);
        }

        @Override
        public void detach(final long firstAddress) {
            turn();
            object.autoRespond(byHandle.indexOf(firstAddress) + 1);
            object.responses().poll((handle, code) -> {
            }, 1024);
        }

        @Override
        public List<Long> answered() {
            return answered;
        }
    }

    /** Linux 7.2's file. */
    @Nested
    class Linux extends DesignContract {

        @Override
        Transport transport() {
            return new ModelTransport(FileShape.IOMMUFD_FAULT, 64);
        }
    }

    /** A file whose read can be asked not to wait. */
    @Nested
    class Parking extends DesignContract {

        @Override
        Transport transport() {
            return new ModelTransport(FileShape.IOMMUFD_FAULT_NOWAIT, 64);
        }
    }

    /** A submission queue of two. */
    @Nested
    class Tight extends DesignContract {

        @Override
        Transport transport() {
            return new ModelTransport(FileShape.IOMMUFD_FAULT, 2);
        }
    }
}
