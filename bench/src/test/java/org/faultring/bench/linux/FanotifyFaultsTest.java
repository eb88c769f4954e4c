/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanotifyFaultsTest extends FaultFileContract {

    @Override
    StandInAvailability availability(final int inFlight) {
        return StandInAvailability.fanotify(inFlight);
    }

    @Override
    FaultSource open(final int inFlight) {
        return new FanotifyFaults(inFlight);
    }

    @Override
    boolean knowsCookies() {
        return true;
    }

    @Test
    void shouldHaveTheValuesOfTheHeaders(@TempDir final Path folder) throws Exception {
        CLayout.of("sys/fanotify.h").constant("FAN_CLOEXEC", FanotifyCalls.FAN_CLOEXEC)
                .constant("FAN_NONBLOCK", FanotifyCalls.FAN_NONBLOCK)
                .constant("FAN_CLASS_CONTENT", FanotifyCalls.FAN_CLASS_CONTENT)
                .constant("FAN_REPORT_TID", FanotifyCalls.FAN_REPORT_TID)
                .constant("FAN_MARK_ADD", FanotifyCalls.FAN_MARK_ADD)
                .constant("FAN_ACCESS_PERM", FanotifyCalls.FAN_ACCESS_PERM)
                .constant("FAN_ALLOW", FanotifyCalls.FAN_ALLOW).constant("FAN_DENY", FanotifyCalls.FAN_DENY)
                .size("struct fanotify_event_metadata", FanotifyCalls.EVENT_BYTES)
                .offset("struct fanotify_event_metadata", "mask", FanotifyCalls.EVENT_MASK_OFFSET)
                .offset("struct fanotify_event_metadata", "fd", FanotifyCalls.EVENT_FD_OFFSET)
                .offset("struct fanotify_event_metadata", "pid", FanotifyCalls.EVENT_PID_OFFSET)
                .size("struct fanotify_response", FanotifyCalls.RESPONSE_BYTES)
                .offset("struct fanotify_response", "response", FanotifyCalls.RESPONSE_CODE_OFFSET)
                .assertAgrees(folder);
    }
}
