/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriCapabilityTest {

    @Test
    void shouldBeginStopped() {
        final PriCapability pri = new PriCapability(100);
        assertEquals(0, pri.control());
        assertEquals(0x8100, pri.status());
        assertEquals(100, pri.capacity());
        assertEquals(0, pri.allocation());
        assertEquals(0, pri.credits());
        assertEquals(0, pri.outstanding());
        assertFalse(pri.mayRequest());
    }

    @ParameterizedTest
    @CsvSource({"512, 2048, 512", "2048, 2048, 2048", "4096, 2048, 2048", "1, 2048, 1", "1048576, 32, 32", "8, 1, 1"})
    void shouldBeAllowedTheSmallerOfCapacityAndGrant(final int capacity, final int granted, final int allocation) {
        final PriCapability pri = new PriCapability(capacity);
        pri.enable(granted);
        assertEquals(1, pri.control());
        assertEquals(0x8000, pri.status());
        assertEquals(capacity, pri.capacity());
        assertEquals(allocation, pri.allocation());
        assertEquals(allocation, pri.credits());
        assertTrue(pri.mayRequest());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1048577"})
    void shouldRefuseACapacityOutOfRange(final int capacity) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new PriCapability(capacity));
        assertEquals("credits=" + capacity + " (expected: 1..1048576)", e.getMessage());
    }

    @Test
    void shouldRefuseToBeEnabledWhileItIsNotStopped() {
        final PriCapability pri = new PriCapability(4);
        pri.enable(4);
        final IllegalStateException e = assertThrows(IllegalStateException.class, () -> pri.enable(4));
        assertEquals("status=0x8000 (expected: Stopped, bit 8)", e.getMessage());
        pri.take(1);
        pri.disable();
        // Disabled, but one request is still under way.
        assertThrows(IllegalStateException.class, () -> pri.enable(4));
        pri.giveBack(1);
        pri.enable(2);
        assertEquals(2, pri.allocation());
    }

    @Test
    void shouldCountCredits() {
        final PriCapability pri = new PriCapability(10);
        pri.enable(2048);
        pri.take(4);
        pri.take(6);
        assertEquals(0, pri.credits());
        assertEquals(10, pri.outstanding());
        pri.giveBack(4);
        assertEquals(4, pri.credits());
        assertEquals(6, pri.outstanding());
        pri.giveBack(6);
        assertEquals(10, pri.credits());
        assertEquals(0, pri.outstanding());
        // Quiet, but enabled: not stopped.
        assertEquals(0x8000, pri.status());
    }

    @Test
    void shouldStopOnceEverythingIsAnsweredAfterItWasDisabled() {
        final PriCapability pri = new PriCapability(10);
        pri.enable(10);
        pri.take(3);
        pri.disable();
        assertEquals(0, pri.control());
        assertEquals(0x8000, pri.status());
        assertFalse(pri.mayRequest());
        pri.giveBack(2);
        assertEquals(0x8000, pri.status());
        pri.giveBack(1);
        assertEquals(0x8100, pri.status());
    }

    @Test
    void shouldStopAtOnceWhenNothingIsOutstanding() {
        final PriCapability pri = new PriCapability(10);
        pri.enable(10);
        pri.disable();
        assertEquals(0x8100, pri.status());
    }

    @Test
    void shouldNotRequestAfterAFailureUntilItIsReset() {
        final PriCapability pri = new PriCapability(10);
        pri.enable(10);
        pri.take(2);
        pri.responseFailure();
        assertEquals(0x8001, pri.status());
        assertFalse(pri.mayRequest());
        pri.unexpectedIndex();
        assertEquals(0x8003, pri.status());

        final IllegalStateException e = assertThrows(IllegalStateException.class, pri::reset);
        assertEquals("control=0x1 (expected: Enable, bit 0, clear)", e.getMessage());
        assertEquals(0x8003, pri.status());
        assertEquals(2, pri.outstanding());

        pri.disable();
        pri.reset();
        assertEquals(0x8100, pri.status());
        assertEquals(0, pri.outstanding());
        pri.enable(10);
        assertEquals(10, pri.credits());
        assertTrue(pri.mayRequest());
    }

    @Test
    void shouldKeepRequestingAfterAnUnexpectedIndex() {
        final PriCapability pri = new PriCapability(10);
        pri.enable(10);
        pri.unexpectedIndex();
        assertEquals(0x8002, pri.status());
        assertTrue(pri.mayRequest());
    }

    @Test
    void shouldClearTheTwoErrorBitsByWritingOne() {
        final PriCapability pri = new PriCapability(10);
        pri.enable(10);
        pri.responseFailure();
        pri.unexpectedIndex();
        pri.writeStatus(0);
        assertEquals(0x8003, pri.status());
        pri.writeStatus(PriCapability.UNEXPECTED_INDEX);
        assertEquals(0x8001, pri.status());
        pri.unexpectedIndex();
        pri.writeStatus(PriCapability.RESPONSE_FAILURE);
        assertEquals(0x8002, pri.status());
        pri.writeStatus(0xFFFF);
        assertEquals(0x8000, pri.status());
        pri.disable();
        // Stopped and PASID Required are read-only.
        pri.writeStatus(0xFFFF);
        assertEquals(0x8100, pri.status());
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PriCapability.class).get(0);
        final Ruler.Field status = ruler.field("0x04", "PRI status");
        final Ruler.Field control = ruler.field("0x04", "PRI control");
        assertEquals(16, status.width());
        assertEquals(16, control.width());
        assertEquals(PriCapability.STATUS_OFFSET, 0x04 + status.low() / Byte.SIZE);
        assertEquals(PriCapability.CONTROL_OFFSET, 0x04 + control.low() / Byte.SIZE);
        final Ruler.Field capacity = ruler.field("0x08", "Outstanding Page Request Capacity");
        assertEquals(32, capacity.width());
        assertEquals(PriCapability.CAPACITY_OFFSET, 0x08 + capacity.low() / Byte.SIZE);
        final Ruler.Field allocation = ruler.field("0x0C", "Outstanding Page Request Allocation");
        assertEquals(32, allocation.width());
        assertEquals(PriCapability.ALLOCATION_OFFSET, 0x0C + allocation.low() / Byte.SIZE);
    }

    @Test
    void shouldHaveItsBitsWhereItsTextSays() {
        assertEquals(PriCapability.ENABLE, 1 << bitInText("Control: Enable (\\d+)"));
        assertEquals(PriCapability.RESET, 1 << bitInText("Control: Enable \\d+, Reset (\\d+)"));
        assertEquals(PriCapability.RESPONSE_FAILURE, 1 << bitInText("Status: RF \\(Response Failure\\) (\\d+)"));
        assertEquals(PriCapability.UNEXPECTED_INDEX, 1 << bitInText("UPRGI \\(Unexpected PRG Index\\) (\\d+)"));
        assertEquals(PriCapability.STOPPED, 1 << bitInText("Stopped (\\d+);"));
        assertEquals(PriCapability.PASID_REQUIRED, 1 << bitInText("PRG Response PASID Required (\\d+)"));
    }

    private static int bitInText(final String pattern) {
        final String text = Ruler.source(PriCapability.class).replaceAll("\\s*\\n \\* ?", " ");
        final Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), () -> pattern + " is not in the Javadoc");
        return Integer.parseInt(matcher.group(1));
    }
}
