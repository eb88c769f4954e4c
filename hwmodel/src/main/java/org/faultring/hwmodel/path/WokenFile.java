/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;
import org.faultring.ring.file.WakeCount;
import org.faultring.ring.kernel.WakingFile;

/** A file that something was put in front of, with the wake-ups of the object behind it. */
final class WokenFile extends ForwardingFaultFile implements WakingFile {

    private final WakeCount wakes;

    private WokenFile(final FaultFile file, final WakeCount wakes) {
        super(file);
        this.wakes = wakes;
    }

    /** The file itself, if nothing is in front of it. */
    static WakingFile of(final FaultFile file, final WakeCount wakes) {
        return file instanceof final WakingFile waking ? waking : new WokenFile(file, wakes);
    }

    @Override
    public WakeCount wakes() {
        return wakes;
    }
}
