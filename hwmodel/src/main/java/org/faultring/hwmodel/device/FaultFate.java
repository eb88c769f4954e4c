/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/**
 * Who hears of a fault that failed: its page was refused, or the interface failed under it. In every case the device
 * ends the work that needed the page with an error, and the fault counts as failed.
 */
public enum FaultFate {

    /** Only the device knows: an error completion of the work. Unless you know better. */
    ERROR_COMPLETION,
    /** The driver of the device is told the address and PASID. */
    DRIVER_TOLD,
    /**
     * The driver is told that something in the function's queue failed, not what. Whatever it blames may have done
     * nothing wrong.
     */
    DRIVER_HINTED,
    /** The process whose page it was is signalled. */
    PROCESS_SIGNALLED
}
