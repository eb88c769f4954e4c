// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayDeque;

import org.faultring.hwmodel.device.*;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.pci.*;
import org.faultring.hwmodel.workload.*;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.*;

/** Our device on an IOMMU of one's own: one that brings each page by itself, 2 microseconds of simulated time later. */
public final class OwnIommu implements PageRequestPort {

    private static final long WALK_NANOS = 2_000;

    private record Walk(int requesterId, int pasid, long message, long endNanos) {}

    private final ArrayDeque<Walk> walks = new ArrayDeque<>();
    private final SharedPageTable pages = new SharedPageTable(1 << 16);
    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private long now;

    @Override
    public void pageRequest(final int requesterId, final int prefix, final long message) {
        walks.add(new Walk(requesterId, PasidPrefix.pasid(prefix), message, now + WALK_NANOS));
    }

    private void answer(final PageGroupResponsePort device) {
        while (!walks.isEmpty() && walks.peek().endNanos <= now) {
            final Walk walk = walks.remove();
            tally.increment(Counter.AUTO_ANSWERED);
            pages.map(walk.pasid, PageRequestMessage.address(walk.message));
            if (PageRequestMessage.isLast(walk.message)) { // one answer for each group
                device.pageGroupResponse(walk.pasid, PageGroupResponseMessage.of(walk.requesterId,
                        PageRequestMessage.groupIndex(walk.message), PageGroupResponseMessage.SUCCESS));
            }
        }
    }

    private void run(final Workload workload) {
        final PriCapability pri = new PriCapability(64);
        final EndpointDevice device = new EndpointDevice(new DeviceSettings(0x0308, 1, 1, 1, 64), this, pri, workload,
                RaiseSchedules.closedLoop(), pages, new StageTimes(1), () -> now, tally, row -> {});
        pri.enable(32); // what this IOMMU grants of the 64 that the device could have in flight
        for (; !device.isFinished(); now += 100) {
            device.doWork();
            answer(device);
        }
        tally.publish();
        System.out.println(Conservation.of(counters, walks.size(), device.outstanding()).orThrow().autoAnswered()
                + " faults answered by an IOMMU of one's own in " + now / 1_000 + " us of simulated time.");
    }

    public static void main(final String[] args) throws Exception {
        new OwnIommu().run(Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT));
    }
}
