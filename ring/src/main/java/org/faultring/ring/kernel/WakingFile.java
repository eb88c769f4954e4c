/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.WakeCount;

/** A file of the model that tells when something has arrived, so that a {@link ModelIoRing} can wait for it. */
public interface WakingFile extends FaultFile {

    /**
     * Wake-ups of those that wait for the file; raised by the kernel world after what they announce.
     *
     * @return the count, the same object at every call
     */
    WakeCount wakes();
}
