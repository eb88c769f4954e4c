// SPDX-License-Identifier: Apache-2.0
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.faultring.ring.*;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;

/** A chain of unchanged Disruptor event handlers on the ring: the second stage sees a fault when the first is done. */
public final class DisruptorChain {

    private static final int FAULTS = 100_000;

    public static void main(final String[] args) throws InterruptedException {
        final DisruptorFaultRing ring = DisruptorFaultRing.oneToOne(1024);
        final long[] pages = {0}; // each written by one stage
        final long[] answered = {0};
        final EventHandler<FaultSlotFlyweight> map = (fault, sequence, endOfBatch) -> pages[0] += fault.address() >> 12;
        final EventHandler<FaultSlotFlyweight> answer = (fault, sequence, endOfBatch) -> answered[0] += fault.cookie();
        final BatchEventProcessorBuilder builder = new BatchEventProcessorBuilder();
        final BatchEventProcessor<FaultSlotFlyweight> first = builder.build(ring.provider(), ring.newBarrier(), map);
        final BatchEventProcessor<FaultSlotFlyweight> second =
                builder.build(ring.provider(), ring.newBarrier(first.getSequence()), answer);
        ring.addGatingSequences(second.getSequence());
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        threads.execute(first);
        threads.execute(second);
        for (int fault = 1; fault <= FAULTS;) {
            final long position = ring.tryClaim(1);
            if (position < 0) { // full: the slowest stage holds the producer back
                Thread.onSpinWait();
                continue;
            }
            final int offset = ring.slotOffset(position);
            FaultSlotEncoder.fault(ring.buffer(), offset, PageFaultFlyweight.LAST_PAGE, 1, 0, 0,
                    PageFaultFlyweight.READ, (long) fault << 12, 1);
            FaultSlotEncoder.route(ring.buffer(), offset, StageTimes.NOT_SAMPLED, 0, 1);
            ring.commit(position, 1);
            fault++;
        }
        while (second.getSequence().get() < FAULTS - 1) {
            Thread.onSpinWait();
        }
        first.halt();
        second.halt();
        threads.shutdown();
        threads.awaitTermination(10, TimeUnit.SECONDS);
        if (answered[0] != FAULTS || pages[0] != FAULTS * (FAULTS + 1L) / 2) {
            throw new IllegalStateException("a fault is lost");
        }
        System.out.println(answered[0] + " faults passed two event handlers, each once and in order.");
    }
}
