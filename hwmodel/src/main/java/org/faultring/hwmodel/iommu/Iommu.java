/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.TranslationPort;

/**
 * An IOMMU as devices and software see it: page requests and translation requests come in from functions, answers go
 * out to them, software works it through registers and queues in memory. Belongs to the hardware world.
 */
public interface Iommu extends PageRequestPort, TranslationPort {

    /**
     * Put a function behind this IOMMU.
     *
     * @param requesterId of the function, 16 bits
     * @param port        where its answers go
     */
    void connect(int requesterId, PageGroupResponsePort port);

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
