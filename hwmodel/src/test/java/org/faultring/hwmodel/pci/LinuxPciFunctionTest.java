/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxPciFunctionTest {

    private final ConfigSpace config = new ConfigSpace();
    private final PriCapability pri = new PriCapability(512);
    private final AtsCapability ats = new AtsCapability(32, 0);
    private final LinuxPciFunction function;
    private final LinuxPciFunction virtual;

    LinuxPciFunctionTest() {
        config.add(ats);
        config.add(pri);
        function = new LinuxPciFunction(config);
        final ConfigSpace virtualConfig = new ConfigSpace();
        virtualConfig.add(new AtsCapability(32, 0));
        virtual = new LinuxPciFunction(virtualConfig, function);
    }

    @ParameterizedTest
    @CsvSource({"2048, 512", "512, 512", "32, 32", "1, 1"})
    void shouldAllocateTheSmallerOfCapacityAndGrant(final int granted, final int allocation) {
        assertEquals(0, function.enablePri(granted));
        assertEquals(allocation, pri.allocation());
        assertEquals(PriCapability.ENABLE, pri.control());
        assertEquals(0x8000, pri.status());
    }

    @Test
    void shouldNotEnableTwice() {
        function.enablePri(32);
        assertEquals(-Errno.EBUSY, function.enablePri(32));
    }

    @Test
    void shouldNotEnableWhatHasNotStopped() {
        function.enablePri(32);
        pri.take(1);
        function.disablePri();
        assertEquals(0x8000, pri.status());
        assertEquals(-Errno.EBUSY, function.enablePri(32));
        pri.giveBack(1);
        assertEquals(0, function.enablePri(32));
    }

    @Test
    void shouldResetOnlyWhileDisabled() {
        function.enablePri(32);
        pri.take(4);
        assertEquals(-Errno.EBUSY, function.resetPri());
        assertEquals(4, pri.outstanding());
        function.disablePri();
        assertEquals(0, function.resetPri());
        assertEquals(0, pri.outstanding());
        assertEquals(0, function.enablePri(32));
    }

    @Test
    void shouldRecoverFromAFailure() {
        function.enablePri(32);
        pri.take(4);
        pri.responseFailure();
        assertFalse(pri.mayRequest());
        function.disablePri();
        assertEquals(-Errno.EBUSY, function.enablePri(32), "answers are ignored, so it never stops by itself");
        assertEquals(0, function.resetPri());
        assertEquals(0x8100, pri.status());
        assertEquals(0, function.enablePri(32));
        assertTrue(pri.mayRequest());
        assertEquals(32, pri.credits());
    }

    @Test
    void shouldShareThePhysicalFunctionsPri() {
        assertEquals(-Errno.EINVAL, virtual.enablePri(32));
        assertEquals(0, virtual.resetPri());
        function.enablePri(32);
        assertEquals(0, virtual.enablePri(2048));
        assertEquals(32, pri.allocation(), "the physical function's driver decides");
        virtual.disablePri();
        assertTrue(pri.mayRequest(), "not the virtual function's to disable");
        assertTrue(virtual.responsePasidRequired());
        function.disablePri();
        assertEquals(-Errno.EINVAL, virtual.enablePri(32));
    }

    @Test
    void shouldFindNoPriWhereThereIsNone() {
        final LinuxPciFunction bare = new LinuxPciFunction(new ConfigSpace());
        assertEquals(-Errno.EINVAL, bare.enablePri(1));
        assertEquals(-Errno.EINVAL, bare.resetPri());
        bare.disablePri();
        assertFalse(bare.responsePasidRequired());
        assertEquals(-Errno.EINVAL, bare.atsQueueDepth());
        assertEquals(-Errno.EINVAL, bare.enableAts(12));
        bare.disableAts();
    }

    @Test
    void shouldReadOnceWhetherAnswersNeedThePasid() {
        assertTrue(function.responsePasidRequired());
        final ConfigSpace other = new ConfigSpace();
        other.add(new PriCapability(1, ResponsePasid.OMITTED));
        assertFalse(new LinuxPciFunction(other).responsePasidRequired());
    }

    @Test
    void shouldEnableAts() {
        assertEquals(-Errno.EINVAL, function.enableAts(11));
        assertEquals(-Errno.EINVAL, virtual.enableAts(12), "the physical function has no unit yet");
        assertEquals(0, function.enableAts(14));
        assertTrue(ats.isEnabled());
        assertEquals(0x8002, config.read16(config.find(AtsCapability.ID) + AtsCapability.CONTROL_OFFSET));
        assertEquals(-Errno.EBUSY, function.enableAts(14));
        assertEquals(-Errno.EINVAL, virtual.enableAts(12));
        assertEquals(0, virtual.enableAts(14));
        function.disableAts();
        assertFalse(ats.isEnabled());
        assertEquals(0, function.enableAts(12));
    }

    @Test
    void shouldKnowTheDepthOfTheInvalidateQueue() {
        assertEquals(32, function.atsQueueDepth());
        assertEquals(0, virtual.atsQueueDepth());
        final ConfigSpace other = new ConfigSpace();
        other.add(new AtsCapability(7, 0));
        assertEquals(7, new LinuxPciFunction(other).atsQueueDepth());
    }
}
