/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;

class FunctionsTest {

    @Test
    void shouldAnswerTheFunctionAndCountAnswersToNone() {
        final Counters counters = new Counters();
        final Tally tally = counters.tally();
        final Functions functions = new Functions(tally);
        final List<String> answers = new ArrayList<>();
        functions.connect(0xFFFF, (pasid, message) -> answers
                .add(pasid + " " + (message == PageGroupResponseMessage.of(0xFFFF, 511, 0xF))));
        functions.respond(0xFFFF, 0x42, 511, 0xF);
        functions.respond(0xFFFE, 0x42, 511, 0xF);
        tally.publish();
        assertEquals(List.of("66 true"), answers);
        assertEquals(1, counters.get(Counter.UNEXPECTED_RESPONSES));
    }

    @Test
    void shouldKeepTheBitsOfEachDevice() {
        final DeviceTable table = new DeviceTable();
        table.set(0, 1);
        table.set(0xFFFF, -1);
        assertEquals(1, table.bits(0));
        assertEquals(0, table.bits(1));
        assertEquals(-1, table.bits(0xFFFF));
    }
}
