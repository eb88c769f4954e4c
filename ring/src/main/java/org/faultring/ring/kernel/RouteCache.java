/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.HashMap;
import java.util.Map;

/** Routes that were made, so that the same page table stays the same domain for the {@link AttachmentChange}. */
final class RouteCache {

    private record Key(int device, IommuDomain domain, FaultSink sink) {}

    private final Map<Key, FaultRoute> routes = new HashMap<>();

    FaultRoute get(final int device, final IommuDomain domain, final FaultSink sink, final FaultObject object) {
        return routes.computeIfAbsent(new Key(device, domain, sink),
                key -> new FaultRoute(domain.withSink(sink), object));
    }
}
