/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.device.PageRequestingDevice;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.SyntheticTrace;
import org.faultring.hwmodel.workload.SyntheticTrace.Pattern;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Parts of a caller's own in a path. */
class OwnPartsTest {

    private static final int FAULTS = 100;
    private static final Workload WORKLOAD = Workload.of(
            SyntheticTrace.of(FAULTS, 1, 64, Pattern.SEQUENTIAL, random -> 1, new SplittableRandom(1)),
            SyntheticTrace.RULE);

    /** Asks for one page at a time; each page a second time too, as if the first answer had resolved nothing. */
    private static final class Stubborn implements PageRequestingDevice {

        private final DeviceSocket socket;
        private int fault;
        private boolean again;
        private boolean stopped;

        Stubborn(final DeviceSocket socket) {
            this.socket = socket;
        }

        @Override
        public int doWork() {
            if (isFinished() || outstanding() > 0) {
                return 0;
            }
            final int pasid = socket.workload().pasid(fault);
            final long address = socket.workload().pageAddress(fault);
            final long message =
                    PageRequestMessage.of(address, fault, PageRequestMessage.READ | PageRequestMessage.LAST);
            socket.pageTable().know(pasid, address);
            if (again) {
                socket.raiseAgain(pasid, message);
            } else {
                socket.raise(pasid, message);
            }
            return 1;
        }

        @Override
        public void pageGroupResponse(final int pasid, final long message) {
            assertEquals(fault, PageGroupResponseMessage.groupIndex(message));
            socket.answered(1);
            if (again) {
                if (fault % 2 == 0) {
                    socket.resolved();
                } else {
                    socket.failed();
                }
                fault++;
            }
            again = !again;
        }

        @Override
        public void stopRaising() {
            stopped = true;
        }

        @Override
        public boolean isFinished() {
            return outstanding() == 0 && !again && (stopped || fault == socket.workload().faults());
        }

        @Override
        public int outstanding() {
            return socket.pri().outstanding();
        }
    }

    private static FaultPath path(final FaultPathConfig config, final PathHooks hooks) {
        return FaultPath.create(config, WORKLOAD, RaiseSchedules.closedLoop(), new ManualClock(0, 1), hooks);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SMMUV3_STALL")
    void shouldKeepTheBooksOfADeviceOfOnesOwn(final IommuKind kind) {
        final FaultPath path = path(FaultPathConfig.DEFAULT.withIommu(kind).withCredits(1),
                new ForwardingHooks(PathHooks.ofDevice(Stubborn::new)) {});

        assertTrue(path.settle());

        assertTrue(path.isFinished());
        assertEquals(new Conservation(FAULTS, 2 * FAULTS, FAULTS, 2 * FAULTS, 0, 0, 0, 0, 0, List.of()),
                path.conservation());
        assertEquals(FAULTS / 2, path.counters().get(Counter.FAULTS_RESOLVED));
        assertEquals(FAULTS / 2, path.counters().get(Counter.FAULTS_FAILED));
        assertEquals(TimedAgent.NEVER, path.hardware().nextNanos());
        assertEquals(0, path.activeNanos());
    }

    @Test
    void shouldStopADeviceOfOnesOwn() {
        final FaultPath path = path(FaultPathConfig.DEFAULT, PathHooks.ofDevice(Stubborn::new));
        path.doWork();
        path.stopRaising();

        assertTrue(path.settle());

        assertTrue(path.isFinished());
        assertEquals(1, path.conservation().orThrow().faultsRaised());
    }

    @Test
    void shouldRefuseACacheForADeviceOfOnesOwn() {
        final PathShape shape = PathShape.roomy(FaultPathConfig.DEFAULT, 1, 1).withCacheEntries(16);
        assertEquals("cacheEntries=16 (expected: 0 with a device of one's own, which has its own cache)",
                assertThrows(IllegalArgumentException.class,
                        () -> FaultPath.create(FaultPathConfig.DEFAULT, shape, WORKLOAD, RaiseSchedules.closedLoop(),
                                new ManualClock(0, 1), row -> {}, PathHooks.ofDevice(Stubborn::new)))
                        .getMessage());
    }

    @Test
    void shouldNotResetADeviceOfOnesOwn() {
        assertFalse(path(FaultPathConfig.DEFAULT, PathHooks.ofDevice(Stubborn::new)).controls().reset(0));
    }

    @Test
    void shouldCallADeliveryThatWaitsOnNothing() throws Exception {
        final int[] calls = {0};
        final Delivery delivery = Delivery.polling("mine", () -> ++calls[0]);
        assertEquals(1, delivery.doWork());
        assertEquals(2, delivery.doWork());
        assertEquals("mine", delivery.roleName());
        assertEquals(Wait.Kind.SPIN, delivery.waitingOn().kind());
        assertSame(delivery.waitingOn(), delivery.waitingOn());
    }
}
