/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.OneToOneResponseRing;

/** A fault object in front of another, for whoever changes or watches one thing about it. */
public class ForwardingFaultObject implements FaultObject {

    private final FaultObject object;

    /**
     * In front of an object.
     *
     * @param object that does the work
     */
    protected ForwardingFaultObject(final FaultObject object) {
        this.object = object;
    }

    @Override
    public FaultSink sink() {
        return object.sink();
    }

    @Override
    public OneToOneResponseRing responses() {
        return object.responses();
    }

    @Override
    public int autoRespond(final int attachment) {
        return object.autoRespond(attachment);
    }
}
