/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.hwmodel.pci.InvalidateCompletionPort;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.TranslationPort;

/**
 * An IOMMU as devices and software see it: page requests and translation requests come in from functions, answers and
 * invalidations go out to them, software works it through registers and queues in memory. Belongs to the hardware
 * world.
 */
public interface Iommu extends PageRequestPort, TranslationPort, InvalidateCompletionPort {

    /**
     * Put a function behind this IOMMU.
     *
     * @param requesterId of the function, 16 bits
     * @param port        where its answers go
     */
    void connect(int requesterId, PageGroupResponsePort port);

    /**
     * Set-up: a function has a cache of translations. Until then there is nothing to invalidate at it.
     *
     * @param requesterId of the function, 16 bits
     * @param port        where its invalidations go
     */
    void connectDeviceTlb(int requesterId, InvalidateRequestPort port);

    /**
     * A function has not completed its invalidations in time: the IOMMU gives up on them, and says so in its vendor's
     * way.
     *
     * @param requesterId of the function
     * @return false if none is out at it
     */
    boolean timeOutInvalidations(int requesterId);

    /**
     * Set-up: what is mapped, for translation requests; nothing unless this is called.
     *
     * @param source asked by the hardware world
     */
    void translateBy(TranslationSource source);

    /**
     * One duty cycle: act on what software wrote.
     *
     * @return work done, 0 for none
     */
    int doWork();

    /**
     * Registers as software sees them.
     *
     * @return the register file
     */
    RegisterFile registers();

    /**
     * Interrupt that announces page requests.
     *
     * @return the line
     */
    InterruptLine pageRequestInterrupt();
}
