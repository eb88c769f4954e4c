// SPDX-License-Identifier: Apache-2.0
import org.faultring.hwmodel.device.PageRequestingDevice;
import org.faultring.hwmodel.path.*;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.workload.*;

/** A device of one's own on our VT-d and Linux's driver: a stream, which asks for a page when it has the one before. */
public final class OwnDevice implements PageRequestingDevice {

    private final DeviceSocket socket;
    private int left;

    private OwnDevice(final DeviceSocket socket) {
        this.socket = socket;
        left = socket.workload().faults();
    }

    @Override
    public int doWork() {
        if (outstanding() > 0 || left == 0) {
            return 0;
        }
        final int pasid = socket.workload().pasid(--left);
        final long page = socket.workload().pageAddress(left);
        socket.pageTable().know(pasid, page); // the handler maps what the page table knows
        socket.raise(pasid, PageRequestMessage.of(page, 0, PageRequestMessage.READ | PageRequestMessage.LAST));
        return 1;
    }

    @Override
    public void pageGroupResponse(final int pasid, final long message) {
        socket.answered(1);
        socket.resolved();
    }

    @Override
    public int outstanding() {
        return socket.pri().outstanding();
    }

    @Override
    public boolean isFinished() {
        return left == 0;
    }

    @Override
    public void stopRaising() {
        left = 0;
    }

    public static void main(final String[] args) throws Exception {
        final Workload pages = Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.SINGLE);
        final FaultPath path = FaultPath.create(FaultPathConfig.DEFAULT, pages, RaiseSchedules.closedLoop(),
                System::nanoTime, PathHooks.ofDevice(OwnDevice::new));
        path.settle(); // steps all worlds until nothing moves any more
        System.out.println(path.conservation().orThrow().answered() + " faults of a device of one's own answered.");
    }
}
