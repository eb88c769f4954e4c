/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three capabilities as software sees them: by offset. */
class CapabilityRegistersTest {

    private final ConfigSpace space = new ConfigSpace();

    @Test
    void shouldRunPriThroughItsRegisters() {
        final PriCapability pri = new PriCapability(100);
        final int base = space.add(pri);
        final int control = base + 4;
        final int status = base + 6;
        assertEquals(0x8100, space.read16(status));
        assertEquals(100, space.read32(base + 8));
        space.write32(base + 8, 5);
        assertEquals(100, space.read32(base + 8), "read-only");
        space.write32(base + 0xC, 64);
        assertEquals(64, space.read32(base + 0xC));
        assertEquals(64, pri.credits());
        space.write16(control, 1);
        assertEquals(0x8000_0001, space.read32(control));
        assertTrue(pri.mayRequest());

        pri.take(3);
        // Reset while enabled, or together with Enable: nothing.
        space.write16(control, 3);
        assertEquals(0x8000_0001, space.read32(control));
        assertEquals(3, pri.outstanding());

        pri.unexpectedIndex();
        pri.responseFailure();
        assertEquals(0x8003, space.read16(status));
        space.write16(status, 2);
        assertEquals(0x8001, space.read16(status));
        assertEquals(1, space.read16(control), "a write of the status leaves the control alone");
        assertFalse(pri.mayRequest());

        space.write16(control, 0);
        assertEquals(0x8001, space.read16(status), "outstanding, so not stopped");
        space.write16(control, 2);
        assertEquals(0, space.read16(control), "Reset reads 0");
        assertEquals(0x8100, space.read16(status));
        assertEquals(0, pri.outstanding());
        space.write16(control, 1);
        assertEquals(0x8000, space.read16(status));
        assertEquals(64, pri.credits());
    }

    @Test
    void shouldResetPriWithTheWriteThatDisablesIt() {
        final PriCapability pri = new PriCapability(8);
        final int base = space.add(pri);
        pri.enable(8);
        pri.take(8);
        pri.responseFailure();
        space.write16(base + 4, 2);
        assertEquals(0x8100_0000, space.read32(base + 4));
        assertEquals(8, pri.credits());
    }

    @Test
    void shouldClearTheErrorsOfPriWhenItIsEnabled() {
        final PriCapability pri = new PriCapability(8);
        final int base = space.add(pri);
        pri.enable(8);
        pri.unexpectedIndex();
        space.write16(base + 4, 0);
        assertEquals(0x8102, space.read16(base + 6));
        space.write16(base + 4, 1);
        assertEquals(0x8000, space.read16(base + 6));
        // Written once more: it was enabled.
        pri.unexpectedIndex();
        space.write16(base + 4, 1);
        assertEquals(0x8002, space.read16(base + 6));
    }

    @Test
    void shouldAllowNoMoreThanTheCapacityOfPri() {
        final PriCapability pri = new PriCapability(100);
        final int base = space.add(pri);
        space.write32(base + 0xC, -1);
        assertEquals(-1, space.read32(base + 0xC));
        assertEquals(100, pri.limit());
        space.write16(base + 0xE, 0);
        space.write16(base + 0xC, 7);
        assertEquals(7, pri.limit());
        assertEquals(7, pri.allocation());
        space.write32(base + 0xC, 0);
        assertEquals(0, pri.credits());
    }

    @Test
    void shouldForgetPriInAResetOfTheFunction() {
        final PriCapability pri = new PriCapability(8);
        final int base = space.add(pri);
        final int[] resets = new int[1];
        pri.onReset(() -> resets[0] += pri.outstanding());
        pri.enable(8);
        pri.take(5);
        pri.unexpectedIndex();
        space.functionReset();
        assertEquals(5, resets[0], "told before credits are cleared");
        assertEquals(0x8100_0000, space.read32(base + 4));
        assertEquals(0, space.read32(base + 0xC));
        assertEquals(0, pri.outstanding());
        assertEquals(0, pri.limit());
    }

    @Test
    void shouldSayWhetherAnswersNeedThePasid() {
        assertEquals(0x8100, new PriCapability(1).status());
        final PriCapability omitted = new PriCapability(1, ResponsePasid.OMITTED);
        assertEquals(0x0100, omitted.status());
        omitted.enable(1);
        omitted.disable();
        omitted.reset();
        assertEquals(0x0100, omitted.status());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "31, 31", "32, 0"})
    void shouldHaveTheQueueDepthOfAts(final int depth, final int bits) {
        final int base = space.add(new AtsCapability(depth,
                AtsCapability.PAGE_ALIGNED | AtsCapability.GLOBAL_INVALIDATE));
        assertEquals(0x60 | bits, space.read16(base + AtsCapability.CAPABILITY_OFFSET));
        space.write16(base + AtsCapability.CAPABILITY_OFFSET, 0xFFFF);
        assertEquals(0x60 | bits, space.read16(base + AtsCapability.CAPABILITY_OFFSET), "read-only");
    }

    @Test
    void shouldEnableAts() {
        final AtsCapability ats = new AtsCapability(32, 0);
        final int base = space.add(ats);
        assertFalse(ats.isEnabled());
        space.write16(base + AtsCapability.CONTROL_OFFSET, 0xFFFF);
        assertEquals(0x801F, space.read16(base + AtsCapability.CONTROL_OFFSET));
        assertTrue(ats.isEnabled());
        space.write8(base + AtsCapability.CONTROL_OFFSET, 3);
        assertEquals(0x8003, space.read16(base + AtsCapability.CONTROL_OFFSET));
        space.functionReset();
        assertEquals(0, space.read16(base + AtsCapability.CONTROL_OFFSET));
        assertThrows(IllegalArgumentException.class, () -> new AtsCapability(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new AtsCapability(33, 0));
        final Ruler ruler = Ruler.of(AtsCapability.class).get(0);
        assertEquals(AtsCapability.CONTROL_OFFSET, 4 + ruler.field("0x04", "ATS control").low() / 8);
        assertEquals(AtsCapability.CAPABILITY_OFFSET, 4 + ruler.field("0x04", "ATS capability").low() / 8);
    }

    @Test
    void shouldEnableOfPasidWhatTheFunctionCanDo() {
        final PasidCapability pasid = new PasidCapability(20, PasidCapability.PRIVILEGED);
        final int base = space.add(pasid);
        assertEquals(0x1404, space.read16(base + PasidCapability.CAPABILITY_OFFSET));
        assertFalse(pasid.isEnabled());
        space.write16(base + PasidCapability.CONTROL_OFFSET, 0xFFFF);
        assertEquals(0x0005, space.read16(base + PasidCapability.CONTROL_OFFSET));
        assertEquals(0x1404, space.read16(base + PasidCapability.CAPABILITY_OFFSET));
        assertTrue(pasid.isEnabled());
        space.functionReset();
        assertFalse(pasid.isEnabled());
        assertThrows(IllegalArgumentException.class, () -> new PasidCapability(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PasidCapability(21, 0));
        final Ruler ruler = Ruler.of(PasidCapability.class).get(0);
        assertEquals(PasidCapability.CONTROL_OFFSET, 4 + ruler.field("0x04", "PASID control").low() / 8);
        assertEquals(PasidCapability.CAPABILITY_OFFSET, 4 + ruler.field("0x04", "PASID capability").low() / 8);
    }

    @Test
    void shouldHaveTheIdsOfPcie() {
        assertEquals(0x0F, AtsCapability.ID);
        assertEquals(0x13, PriCapability.ID);
        assertEquals(0x1B, PasidCapability.ID);
    }
}
