// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;

import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/** A recorded trace through a whole path, in a loop of one's own: no thread but this one. */
public final class TenLines {

    public static void main(final String[] args) throws IOException {
        final Workload workload = Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT);
        final FaultPath path = FaultPath.create(FaultPathConfig.DEFAULT, workload, RaiseSchedules.closedLoop(),
                System::nanoTime);
        while (!path.isFinished()) {
            path.doWork(); // one duty cycle of hardware, kernel and user
        }
        path.settle();
        System.out.println(path.conservation().orThrow().answered() + " faults answered, and the books balance.");
    }
}
