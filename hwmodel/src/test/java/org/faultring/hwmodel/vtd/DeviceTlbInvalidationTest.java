/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalidations that take time, what waits for them, and devices that do not answer. */
class DeviceTlbInvalidationTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int OTHER = 0x0410;
    private static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F800L;

    /** An Invalidate Request as a function got it. */
    record Request(int function, int pasid, int tag, long body) {}

    private final VtdFixture vtd = new VtdFixture();
    private final List<Request> requests = new ArrayList<>();
    private final Set<Integer> completed = new HashSet<>();
    private final long status;
    private int oldestOpen;

    DeviceTlbInvalidationTest() {
        vtd.setUpInvalidations(1);
        status = vtd.memory.allocate(4096, 64);
        connect(FUNCTION);
        connect(OTHER);
    }

    static long[] seeds() {
        return Seeds.of(21, 6);
    }

    private void connect(final int function) {
        vtd.iommu.connectDeviceTlb(function,
                (tag, pasid, body) -> requests.add(new Request(function, pasid, tag, body)));
    }

    private void invalidate(final int function, final int depth) {
        vtd.prepare(DeviceTlbDescriptor.pasidQw0(function, function, 0x42, depth), EVERYTHING);
    }

    private void await(final long flags, final int data, final int place) {
        vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE | flags, data), status + 4L * place);
    }

    private int run() {
        vtd.ring();
        return vtd.iommu.doWork();
    }

    private void complete(final Request request) {
        vtd.iommu.invalidateCompletion(request.function(), InvalidateCompletionMessage.of(0, 1, 1 << request.tag()));
    }

    @Test
    void shouldSendWhatTheDescriptorsSay() {
        vtd.prepare(DeviceTlbDescriptor.qw0(FUNCTION, 0, 0), DeviceTlbDescriptor.qw1(0x7F12_3456_4000L, 2));
        vtd.prepare(DeviceTlbDescriptor.pasidQw0(OTHER, 0, 0x42, 1),
                DeviceTlbDescriptor.pasidQw1(0x7F12_3456_4000L, 2) | DeviceTlbDescriptor.GLOBAL);
        assertEquals(2, run());
        assertEquals(List.of(new Request(FUNCTION, VtdFixture.NO_PASID, 0, 0x7F12_3456_5800L),
                new Request(OTHER, 0x42, 1, 0x7F12_3456_5801L)), requests);
    }

    @Test
    void shouldWriteTheStatusOfAWaitOnlyWhenEveryInvalidationBeforeItIsComplete() {
        invalidate(FUNCTION, 0);
        invalidate(OTHER, 0);
        await(0, 2, 0);
        assertEquals(3, run());
        assertEquals(0x60, vtd.iqh());
        complete(requests.get(1));
        vtd.iommu.doWork();
        assertEquals(0, vtd.half(status));
        complete(requests.get(0));
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(2, vtd.half(status));
        assertEquals(0, vtd.fsts());
    }

    @Test
    void shouldGoOnBehindAWaitWithoutAFence() {
        invalidate(FUNCTION, 0);
        await(0, 2, 0);
        invalidate(OTHER, 0);
        vtd.prepare(PageGroupResponseDescriptor.qw0(FUNCTION, true, 0x42, 0), 0);
        assertEquals(4, run());
        assertEquals(2, requests.size());
        assertEquals(1, vtd.answers.size());
        assertEquals(0, vtd.half(status));
        complete(requests.get(0));
        vtd.iommu.doWork();
        // It waits for what was before it only.
        assertEquals(2, vtd.half(status));
    }

    @Test
    void shouldDelayWhatIsBehindAFence() {
        invalidate(FUNCTION, 0);
        await(WaitDescriptor.FENCE, 2, 0);
        invalidate(OTHER, 0);
        await(0, 7, 1);
        assertEquals(2, run());
        assertEquals(1, requests.size());
        assertEquals(0x40, vtd.iqh());
        assertEquals(0, vtd.iommu.doWork());
        complete(requests.get(0));
        assertEquals(3, vtd.iommu.doWork());
        assertEquals(2, requests.size());
        assertEquals(2, vtd.half(status));
        assertEquals(0, vtd.half(status + 4));
        complete(requests.get(1));
        vtd.iommu.doWork();
        assertEquals(7, vtd.half(status + 4));
    }

    @Test
    void shouldHoldNothingUpWhenAFenceHasNothingToWaitFor() {
        await(WaitDescriptor.FENCE, 2, 0);
        await(0, 3, 1);
        assertEquals(2, run());
        assertEquals(2, vtd.half(status));
        assertEquals(3, vtd.half(status + 4));
    }

    @Test
    void shouldWaitForPageRequestsUnderWayToo() {
        final boolean[] underWay = {true};
        vtd.iommu.watchRequestsUnderWay(() -> underWay[0]);
        await(0, 5, 1);
        await(WaitDescriptor.PAGE_REQUEST_DRAIN, 2, 0);
        await(0, 6, 2);
        assertEquals(3, run());
        assertEquals(5, vtd.half(status + 4));
        assertEquals(0, vtd.half(status));
        vtd.iommu.doWork();
        assertEquals(0, vtd.half(status));
        underWay[0] = false;
        assertEquals(2, vtd.iommu.doWork());
        assertEquals(2, vtd.half(status));
        assertEquals(6, vtd.half(status + 8));
    }

    @Test
    void shouldInterruptForAWaitThatAsksForIt() {
        vtd.registers.write32(VtdRegisters.IECTL, 0);
        vtd.prepare(WaitDescriptor.qw0(WaitDescriptor.INTERRUPT, 2), status);
        run();
        assertEquals(VtdRegisters.IWC, vtd.registers.read32(VtdRegisters.ICS));
        assertEquals(1, vtd.iommu.invalidationInterrupt().raised().get());
        assertEquals(0, vtd.half(status));
        // While IWC is set there is no further interrupt.
        await(WaitDescriptor.INTERRUPT, 2, 0);
        run();
        assertEquals(2, vtd.half(status));
        assertEquals(1, vtd.iommu.invalidationInterrupt().raised().get());
        vtd.registers.write32(VtdRegisters.ICS, -1);
        assertEquals(0, vtd.registers.read32(VtdRegisters.ICS));
        await(WaitDescriptor.INTERRUPT, 3, 0);
        run();
        assertEquals(2, vtd.iommu.invalidationInterrupt().raised().get());
    }

    @Test
    void shouldSendNoMoreThanTheDepthOfTheFunction() {
        for (int i = 0; i < 5; i++) {
            invalidate(FUNCTION, 2);
        }
        invalidate(OTHER, 0);
        assertEquals(2, run());
        assertEquals(0x40, vtd.iqh());
        complete(requests.get(0));
        assertEquals(1, vtd.iommu.doWork());
        complete(requests.get(1));
        complete(requests.get(2));
        // The last two, and what was behind them for another function.
        assertEquals(3, vtd.iommu.doWork());
        assertEquals(6, requests.size());
        assertEquals(0, vtd.fsts());
    }

    @Test
    void shouldHave32TagsAndUseThemAgain() {
        for (int i = 0; i < 40; i++) {
            invalidate(i % 2 == 0 ? FUNCTION : OTHER, 0);
        }
        await(0, 2, 0);
        assertEquals(32, run());
        assertEquals(32, requests.stream().map(Request::tag).distinct().count());
        complete(requests.get(20));
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(requests.get(20).tag(), requests.get(32).tag());
        // One message may complete several.
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 1, 0b0101));
        vtd.iommu.invalidateCompletion(OTHER, InvalidateCompletionMessage.of(0, 1, 0b1010));
        assertEquals(4, vtd.iommu.doWork());
        for (int i = 4; i < requests.size(); i++) {
            if (i != 20) {
                complete(requests.get(i));
                vtd.iommu.doWork();
            }
        }
        assertEquals(40, requests.size());
        assertEquals(2, vtd.half(status));
        assertEquals(0, vtd.fsts());
    }

    @Test
    void shouldTakeAsManyCompletionsAsTheDeviceSays() {
        invalidate(FUNCTION, 0);
        await(0, 2, 0);
        run();
        for (int i = 0; i < 7; i++) {
            // A count of 0 means 8.
            vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 0, 1));
            vtd.iommu.doWork();
            assertEquals(0, vtd.half(status));
        }
        vtd.iommu.invalidateCompletion(FUNCTION, InvalidateCompletionMessage.of(0, 0, 1));
        vtd.iommu.doWork();
        assertEquals(2, vtd.half(status));
    }

    @Test
    void shouldTakeACompletionFromWithinTheRequest() {
        vtd.iommu.connectDeviceTlb(0x0500, (tag, pasid, body) -> vtd.iommu.invalidateCompletion(0x0500,
                InvalidateCompletionMessage.of(0, 1, 1 << tag)));
        for (int i = 0; i < 100; i++) {
            invalidate(0x0500, 1);
        }
        await(0, 2, 0);
        assertEquals(101, run());
        assertEquals(2, vtd.half(status));
    }

    @Test
    void shouldFindNothingToInvalidateBehindAFunctionWithoutADeviceTlb() {
        invalidate(0x0999, 0);
        await(0, 2, 0);
        assertEquals(2, run());
        assertEquals(2, vtd.half(status));
    }

    @Test
    void shouldReportACompletionOfNothing() {
        vtd.registers.write32(VtdRegisters.FECTL, 0);
        invalidate(FUNCTION, 0);
        run();
        vtd.iommu.invalidateCompletion(OTHER, InvalidateCompletionMessage.of(0, 1, 1));
        assertEquals(VtdRegisters.ICE, vtd.fsts());
        assertEquals(OTHER, VtdRegisters.completionSource(vtd.registers.read64(VtdRegisters.IQERCD)));
        assertEquals(1, vtd.iommu.faultInterrupt().raised().get());
        assertEquals(1, vtd.count(Counter.COMMAND_ERRORS));
        // The queue goes on.
        await(0, 2, 0);
        run();
        complete(requests.get(0));
        vtd.iommu.doWork();
        assertEquals(2, vtd.half(status));
        complete(requests.get(0));
        vtd.registers.write32(VtdRegisters.FSTS, -1);
        assertEquals(0, vtd.fsts());
    }

    @Test
    void shouldAbortWaitsAndStopWhenADeviceDoesNotAnswer() {
        vtd.registers.write32(VtdRegisters.FECTL, 0);
        assertFalse(vtd.iommu.timeOutInvalidations(FUNCTION));
        assertEquals(0, vtd.fsts());
        invalidate(FUNCTION, 0);
        invalidate(OTHER, 0);
        await(0, 2, 0);
        await(WaitDescriptor.FENCE, 2, 1);
        await(0, 2, 2);
        assertEquals(4, run());
        assertTrue(vtd.iommu.timeOutInvalidations(FUNCTION));
        assertEquals(VtdRegisters.ITE, vtd.fsts());
        assertEquals(FUNCTION, VtdRegisters.timedOutSource(vtd.registers.read64(VtdRegisters.IQERCD)));
        assertEquals(1, vtd.iommu.faultInterrupt().raised().get());
        // Nothing is fetched, and the aborted waits never write, even if the other device completes.
        complete(requests.get(1));
        assertEquals(0, vtd.iommu.doWork());
        assertEquals(0x80, vtd.iqh());
        assertEquals(0, vtd.word(status));
        vtd.registers.write32(VtdRegisters.FSTS, VtdRegisters.ITE);
        assertEquals(1, vtd.iommu.doWork());
        assertEquals(0xA0, vtd.iqh());
        assertEquals(0, vtd.word(status));
        assertEquals(2, vtd.half(status + 8));
        // An answer that comes too late belongs to nothing.
        complete(requests.get(0));
        assertEquals(VtdRegisters.ICE, vtd.fsts());
    }

    @Test
    void shouldForgetWhatWasUnderWayWhenDisabled() {
        invalidate(FUNCTION, 0);
        await(WaitDescriptor.FENCE, 2, 0);
        run();
        vtd.registers.write32(VtdRegisters.GCMD, 0);
        vtd.iommu.doWork();
        assertEquals(0, vtd.iqh());
        complete(requests.get(0));
        assertEquals(VtdRegisters.ICE, vtd.fsts());
        vtd.registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
        assertFalse(vtd.iommu.timeOutInvalidations(FUNCTION));
        vtd.iommu.doWork();
        assertEquals(0, vtd.word(status));
    }

    /** Each wait is written once, after all before it, whatever the devices do meanwhile. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepTheOrderOfWaitsUnderRandomCompletions(final long seed) {
        Seeds.run(seed, () -> {
            final Random random = new Random(seed);
            final List<Integer> needs = new ArrayList<>();
            int sent = 0;
            int waits = 0;
            int checked = 0;
            for (int i = 0; i < 20_000; i++) {
                final int queued = (int) (vtd.registers.read64(VtdRegisters.IQT) - vtd.iqh() & 0x1FE0) / 32;
                if (random.nextInt(3) == 0 && queued < 200 && waits - checked < 200) {
                    if (random.nextInt(3) > 0) {
                        invalidate(random.nextBoolean() ? FUNCTION : OTHER, random.nextInt(4));
                        sent++;
                    } else {
                        await(random.nextInt(4) == 0 ? WaitDescriptor.FENCE : 0, waits + 1, waits % 256);
                        needs.add(sent);
                        waits++;
                    }
                    vtd.ring();
                }
                vtd.iommu.doWork();
                if (random.nextInt(2) == 0) {
                    completeOne(random);
                }
                while (checked < waits && vtd.half(status + checked % 256 * 4L) == checked + 1) {
                    final int need = needs.get(checked);
                    assertTrue(requests.size() >= need, "wait " + checked);
                    for (int r = 0; r < need; r++) {
                        assertTrue(completed.contains(r), "wait " + checked + " before request " + r);
                    }
                    checked++;
                }
            }
            for (int i = 0; i < 10_000 && checked < waits; i++) {
                completeOne(random);
                vtd.iommu.doWork();
                while (checked < waits && vtd.half(status + checked % 256 * 4L) == checked + 1) {
                    checked++;
                }
            }
            assertEquals(waits, checked);
            assertTrue(waits > 500);
            assertEquals(0, vtd.fsts());
        });
    }

    private void completeOne(final Random random) {
        while (completed.contains(oldestOpen)) {
            oldestOpen++;
        }
        if (oldestOpen < requests.size()) {
            final int window = Math.min(32, requests.size() - oldestOpen);
            final int pick = oldestOpen + random.nextInt(window);
            if (completed.add(pick)) {
                complete(requests.get(pick));
            }
        }
    }

    @Test
    void shouldAllocateNothing() {
        vtd.iommu.connectDeviceTlb(0x0500, (tag, pasid, body) -> {});
        Allocation.assertNone(() -> {
            for (int i = 0; i < 1_000; i++) {
                invalidate(0x0500, 0);
                await(WaitDescriptor.INTERRUPT, i, 0);
                run();
                vtd.iommu.invalidateCompletion(0x0500, InvalidateCompletionMessage.of(0, 1, 1));
                vtd.iommu.doWork();
                vtd.registers.write32(VtdRegisters.ICS, 1);
            }
        });
    }
}
