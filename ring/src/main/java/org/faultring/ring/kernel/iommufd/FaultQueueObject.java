/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.PageResponder;

/**
 * A fault object with a number: {@code IOMMUFD_OBJ_FAULT}. Its file and its page tables use it.
 *
 * <p>When it is destroyed nothing is left to answer: that takes no page table on it, a page table goes away only when
 * it is attached nowhere, and each detach and replace has answered the groups of its attachment, read or not. Linux
 * walks both of its stores at that point all the same ({@code iommufd_fault_destroy}).
 */
final class FaultQueueObject extends KernelObject implements HasFile {

    private final LinuxFaultObject object;
    private final PageResponder responder;
    private final HeldFile file;

    FaultQueueObject(final LinuxFaultObject object, final PageResponder responder, final Runnable closed) {
        this.object = object;
        this.responder = responder;
        file = new HeldFile(object, this, this::passAnswers, closed);
    }

    LinuxFaultObject object() {
        return object;
    }

    /** The kernel world's turn: all answers given so far reach their devices. Mock devices always have room. */
    void passAnswers() {
        while (responder.doWork() > 0) {
            continue;
        }
    }

    @Override
    public FaultFile file() {
        return file;
    }
}
