// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/** A simulator's own event loop: the path is one model among others, and time is the simulator's. */
public final class EventLoop {

    private static final long DUTY_CYCLE_NANOS = 500;
    private static final long TICK_NANOS = 1_000_000;

    private record Event(long nanos, Runnable action) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::nanos));
    private final FaultPath path;
    private long now;
    private int ticks;

    private EventLoop(final Workload workload) {
        path = FaultPath.create(FaultPathConfig.DEFAULT, workload, RaiseSchedules.constantRate(workload, 100_000),
                () -> now);
    }

    private void stepPath() {
        if (path.doWork() > 0) {
            events.add(new Event(now + DUTY_CYCLE_NANOS, this::stepPath));
        } else if (!path.isFinished()) { // nothing moves before the next fault is due: no need to step until then
            events.add(new Event(Math.max(now + 1, path.hardware().nextNanos()), this::stepPath));
        }
    }

    private void tick() { // any other model
        ticks++;
        events.add(new Event(now + TICK_NANOS, this::tick));
    }

    public static void main(final String[] args) throws IOException {
        final EventLoop loop = new EventLoop(
                Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT));
        loop.events.add(new Event(0, loop::stepPath));
        loop.events.add(new Event(0, loop::tick));
        while (!loop.path.isFinished()) {
            final Event event = loop.events.remove();
            loop.now = event.nanos();
            event.action().run();
        }
        loop.path.settle();
        System.out.println(loop.path.conservation().orThrow().answered() + " faults answered in "
                + loop.now / 1_000_000 + " ms of simulated time, beside " + loop.ticks + " ticks of another model.");
    }
}
