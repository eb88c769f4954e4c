/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import org.agrona.concurrent.Agent;

/** Binds the thread of a world to its processor when the thread starts; it has nothing else to do. */
final class BindingAgent implements Agent {

    private final Runnable binding;

    BindingAgent(final Runnable binding) {
        this.binding = binding;
    }

    @Override
    public void onStart() {
        binding.run();
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public String roleName() {
        return "binding";
    }
}
