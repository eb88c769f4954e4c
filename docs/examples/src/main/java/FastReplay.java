// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;

import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/** A recorded trace at its recorded times, ten times as fast: a schedule says when a group is due. */
public final class FastReplay {

    private static final int SPEED = 10;

    public static void main(final String[] args) throws IOException {
        final Workload workload = Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT);
        final RaiseSchedule recorded = RaiseSchedules.recorded(workload);
        final RaiseSchedule faster = (lap, group) -> recorded.dueNanos(lap, group) / SPEED;
        final FaultPath path = FaultPath.create(FaultPathConfig.DEFAULT, workload, faster, System::nanoTime);
        while (!path.isFinished()) {
            path.doWork();
        }
        path.settle();
        System.out.println(path.conservation().orThrow().answered() + " faults recorded in "
                + workload.trace().durationNanos() / 1_000_000 + " ms, replayed and answered in "
                + path.activeNanos() / 1_000_000 + " ms.");
    }
}
