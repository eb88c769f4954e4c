/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.MappedGroupHandler;
import org.faultring.ring.MappedHandler;
import org.faultring.ring.PageResponseFlyweight;

/** The handler of a mapped ring. */
final class HandlingEnd extends JavaEnd {

    private final MappedHandler handler;
    private final int faults;
    private final MappedGroupHandler onGroup = this::onGroup;

    HandlingEnd(final MappedHandler handler, final int faults, final int core) {
        super(core);
        this.handler = handler;
        this.faults = faults;
    }

    @Override
    boolean isDone() {
        return seen() == faults;
    }

    @Override
    boolean step() {
        return handler.poll(onGroup, LIMIT) > 0;
    }

    private void onGroup(final FaultSlotFlyweight first, final long position, final int slots) {
        see(first.address());
        handler.answer(position, PageResponseFlyweight.SUCCESS);
    }
}
