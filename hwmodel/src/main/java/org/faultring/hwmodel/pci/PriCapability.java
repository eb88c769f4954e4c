/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import org.faultring.ring.Checks;
import org.faultring.ring.Padded;

/**
 * The Page Request Interface extended capability of a function (capability ID 0x13), and the credits it governs.
 *
 * <pre>
 *  31                             16 15                             0
 *  +--------------------------------+--------------------------------+
 *  |           PRI status           |          PRI control           | 0x04
 *  +--------------------------------+--------------------------------+
 *  |              Outstanding Page Request Capacity                  | 0x08
 *  +-----------------------------------------------------------------+
 *  |              Outstanding Page Request Allocation                | 0x0C
 *  +-----------------------------------------------------------------+
 * </pre>
 *
 * <p>Control: Enable 0, Reset 1. Status: RF (Response Failure) 0 and UPRGI (Unexpected PRG Index) 1, both cleared by
 * writing 1; Stopped 8; PRG Response PASID Required 15 (include/uapi/linux/pci_regs.h).
 *
 * <p>Configuration accesses come from the driver while the function is quiet, all else from the hardware world.
 */
public final class PriCapability extends Padded {

    /** Offset of the control register from the capability's base. */
    public static final int CONTROL_OFFSET = 0x04;
    /** Offset of the status register. */
    public static final int STATUS_OFFSET = 0x06;
    /** Offset of the capacity register. */
    public static final int CAPACITY_OFFSET = 0x08;
    /** Offset of the allocation register. */
    public static final int ALLOCATION_OFFSET = 0x0C;

    /** Control: send page requests. */
    public static final int ENABLE = 1;
    /** Control: clear all pending state; only while not enabled. */
    public static final int RESET = 1 << 1;
    /** Status: a Response Failure arrived. */
    public static final int RESPONSE_FAILURE = 1;
    /** Status: an answer named no outstanding group. */
    public static final int UNEXPECTED_INDEX = 1 << 1;
    /** Status: nothing is outstanding and nothing will be sent. */
    public static final int STOPPED = 1 << 8;
    /** Status: answers must carry the PASID. */
    public static final int PASID_REQUIRED = 1 << 15;

    private final int capacity;
    private int allocation;
    private int control;
    private int status = STOPPED | PASID_REQUIRED;
    private int outstanding;

    /**
     * The capability of a function that wants the PASID in answers, not enabled.
     *
     * @param capacity most requests the function can have in flight, from 1
     */
    public PriCapability(final int capacity) {
        this.capacity = Checks.range("credits", capacity, 1, 1 << 20);
    }

    /**
     * Enable the interface as Linux does ({@code pci_enable_pri}, drivers/pci/ats.c): the allocation is the smaller of
     * the capacity and what the driver grants.
     *
     * @param granted requests that the driver of the IOMMU grants
     * @throws IllegalStateException if the function is not stopped
     */
    public void enable(final int granted) {
        if ((status & STOPPED) == 0) {
            throw new IllegalStateException("status=0x" + Integer.toHexString(status) + " (expected: Stopped, bit 8)");
        }
        allocation = Math.min(capacity, granted);
        control = ENABLE;
        status &= ~STOPPED;
    }

    /** Stop issuing requests; Stopped is set once nothing is outstanding. */
    public void disable() {
        control &= ~ENABLE;
        stopWhenQuiet();
    }

    /**
     * Clear credits, pending state, RF and UPRGI.
     *
     * @throws IllegalStateException while the interface is enabled
     */
    public void reset() {
        if ((control & ENABLE) != 0) {
            throw new IllegalStateException(
                    "control=0x" + Integer.toHexString(control) + " (expected: Enable, bit 0, clear)");
        }
        outstanding = 0;
        status = STOPPED | status & PASID_REQUIRED;
    }

    /**
     * Whether requests may be sent.
     *
     * @return true if enabled and no Response Failure arrived
     */
    public boolean mayRequest() {
        return control == ENABLE && (status & RESPONSE_FAILURE) == 0;
    }

    /**
     * Requests that may be sent now.
     *
     * @return allocation less what is outstanding
     */
    public int credits() {
        return allocation - outstanding;
    }

    /**
     * Requests are sent.
     *
     * @param requests no more than {@link #credits()}
     */
    public void take(final int requests) {
        outstanding += requests;
    }

    /**
     * An answer gives credits back.
     *
     * @param requests of the answered group
     */
    public void giveBack(final int requests) {
        outstanding -= requests;
        if (control != ENABLE) {
            stopWhenQuiet();
        }
    }

    private void stopWhenQuiet() {
        if (outstanding == 0) {
            status |= STOPPED;
        }
    }

    /**
     * Requests that have not been answered.
     *
     * @return the count
     */
    public int outstanding() {
        return outstanding;
    }

    /** A Response Failure arrived. */
    public void responseFailure() {
        status |= RESPONSE_FAILURE;
    }

    /** An answer arrived that names no outstanding group. */
    public void unexpectedIndex() {
        status |= UNEXPECTED_INDEX;
    }

    /**
     * The control register.
     *
     * @return 16 bits
     */
    public int control() {
        return control;
    }

    /**
     * The status register.
     *
     * @return 16 bits
     */
    public int status() {
        return status;
    }

    /**
     * Clear status bits by writing 1.
     *
     * @param bits written
     */
    public void writeStatus(final int bits) {
        status &= ~(bits & (RESPONSE_FAILURE | UNEXPECTED_INDEX));
    }

    /**
     * The capacity register.
     *
     * @return requests
     */
    public int capacity() {
        return capacity;
    }

    /**
     * The allocation register.
     *
     * @return requests
     */
    public int allocation() {
        return allocation;
    }
}
