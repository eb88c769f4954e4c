// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.Supplier;

import org.faultring.hwmodel.path.*;
import org.faultring.hwmodel.workload.*;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.Wait;
import org.faultring.ring.kernel.BoundedFaultObject;

/** A handler that answers each fault 50 microseconds late on purpose, and goes on taking others meanwhile. */
public final class LateHandler implements PathHooks {

    private static final long LATE_NANOS = 50_000;

    private record Late(int cookie, long dueNanos) {}

    private final ArrayDeque<Late> waiting = new ArrayDeque<>();
    private long now;
    private int mostWaiting;

    @Override
    public Delivery ringReader(final int number, final BoundedFaultObject object, final PageFaultHandler map,
            final Supplier<Delivery> usual) {
        return Delivery.polling("late", () -> answerDue(object) + object.faults().poll(fault -> {
            map.onPageFault(fault);
            if (fault.isLast()) { // one answer for each group
                waiting.add(new Late(fault.cookie(), now + LATE_NANOS));
                mostWaiting = Math.max(mostWaiting, waiting.size());
            }
        }, 64));
    }

    private int answerDue(final BoundedFaultObject object) {
        int answers = 0;
        while (!waiting.isEmpty() && waiting.peek().dueNanos <= now
                && object.responses().offer(waiting.peek().cookie, PageResponseFlyweight.SUCCESS)) {
            waiting.remove();
            answers++;
        }
        return answers;
    }

    public static void main(final String[] args) throws IOException {
        final Workload workload = Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT);
        final LateHandler late = new LateHandler();
        final FaultPath path = FaultPath.create(FaultPathConfig.DEFAULT, workload, RaiseSchedules.closedLoop(),
                () -> late.now, late);
        for (; !path.isFinished(); late.now += 1_000) {
            path.doWork();
        }
        path.settle();
        System.out.println(path.conservation().orThrow().answered() + " faults answered late, up to "
                + late.mostWaiting + " groups waiting at a time.");
    }
}
