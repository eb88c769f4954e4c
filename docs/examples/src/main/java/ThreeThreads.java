// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/** A path on three threads: each world is an agent, and the rings between them are all that they share. */
public final class ThreeThreads {

    public static void main(final String[] args) throws IOException, InterruptedException {
        final Workload workload = Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT);
        final FaultPath path = FaultPath.create(FaultPathConfig.DEFAULT, workload, RaiseSchedules.closedLoop(),
                System::nanoTime);
        final List<AgentRunner> worlds = Stream.of(path.hardware(), path.kernel(), path.user())
                .map(world -> new AgentRunner(new BackoffIdleStrategy(), Throwable::printStackTrace, null, world))
                .toList();
        worlds.forEach(AgentRunner::startOnThread);
        while (!path.isFinished()) {
            Thread.sleep(1);
        }
        worlds.forEach(AgentRunner::close); // joins the thread: from here on the path is this thread's
        path.settle();
        System.out.println(path.conservation().orThrow().answered() + " faults answered by "
                + worlds.size() + " threads, and the books balance.");
    }
}
