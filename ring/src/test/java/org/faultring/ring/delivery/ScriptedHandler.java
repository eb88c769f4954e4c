/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;

/** A handler that maps every page but those it was told not to, and remembers the addresses. */
final class ScriptedHandler implements PageFaultHandler {

    private final Map<Long, Integer> codes = new HashMap<>();
    private final List<Long> seen = new ArrayList<>();

    ScriptedHandler answer(final long address, final int code) {
        codes.put(address, code);
        return this;
    }

    List<Long> seen() {
        return seen;
    }

    @Override
    public int onPageFault(final PageFaultFlyweight fault) {
        seen.add(fault.address());
        return codes.getOrDefault(fault.address(), PageResponseFlyweight.SUCCESS);
    }
}
