/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import java.util.ArrayList;
import java.util.List;

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
 * <p>Enabling clears Stopped, RF and UPRGI. Disabling stops new requests; Stopped is set once nothing is outstanding.
 * Reset acts only where Enable is clear, or is cleared by the same write: it clears credits and pending state, RF and
 * UPRGI (PCIe, Page Request control register). After a Response Failure no answer is accepted, so what is outstanding
 * then never comes back, and Stopped takes a reset.
 *
 * <p>Several functions may share one: virtual functions have none of their own. Configuration accesses come while the
 * functions are quiet, all else from the hardware world.
 */
public final class PriCapability extends Padded implements ExtendedCapability {

    /** Capability ID. */
    public static final int ID = 0x13;
    /** Length of the block, header included. */
    public static final int LENGTH_BYTES = 0x10;
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
    /** Control: clear all pending state; only while not enabled. Reads 0. */
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
    private final List<Runnable> resetListeners = new ArrayList<>();
    private int allocation;
    private int limit;
    private int control;
    private int status;
    private int outstanding;
    /** A Response Failure arrived; clearing RF by writing 1 does not undo it. */
    private boolean failed;

    /**
     * The capability of a function that wants the PASID in answers, not enabled.
     *
     * @param capacity most requests the function can have in flight, from 1
     */
    public PriCapability(final int capacity) {
        this(capacity, ResponsePasid.REQUIRED);
    }

    /**
     * The capability of a function, not enabled.
     *
     * @param capacity      most requests the function can have in flight, from 1
     * @param responsePasid whether it wants the PASID in answers
     */
    public PriCapability(final int capacity, final ResponsePasid responsePasid) {
        this.capacity = Checks.range("credits", capacity, 1, 1 << 20);
        this.status = STOPPED | (responsePasid == ResponsePasid.REQUIRED ? PASID_REQUIRED : 0);
    }

    /**
     * Set-up: hear of resets, which forget what is outstanding.
     *
     * @param listener called from within each reset, before credits are cleared
     */
    public void onReset(final Runnable listener) {
        resetListeners.add(listener);
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int lengthBytes() {
        return LENGTH_BYTES;
    }

    @Override
    public int read(final int offset) {
        return switch (offset) {
            case CONTROL_OFFSET -> status << Short.SIZE | control;
            case CAPACITY_OFFSET -> capacity;
            case ALLOCATION_OFFSET -> allocation;
            default -> 0;
        };
    }

    @Override
    public void write(final int offset, final int value, final int mask) {
        if (offset == CONTROL_OFFSET) {
            writeStatus((value & mask) >>> Short.SIZE);
            if ((mask & (ENABLE | RESET)) != 0) {
                writeControl(value);
            }
        } else if (offset == ALLOCATION_OFFSET) {
            writeAllocation(allocation & ~mask | value & mask);
        }
    }

    private void writeAllocation(final int requests) {
        allocation = requests;
        // Unsigned: a grant beyond what the function can hold is no more than what it can hold.
        limit = Integer.compareUnsigned(requests, capacity) < 0 ? requests : capacity;
    }

    private void writeControl(final int value) {
        final boolean wasEnabled = control == ENABLE;
        control = value & ENABLE;
        if (control == ENABLE) {
            if (!wasEnabled) {
                status &= PASID_REQUIRED;
                failed = false;
            }
            return;
        }
        if ((value & RESET) != 0) {
            forgetPending();
        } else {
            stopWhenQuiet();
        }
    }

    private void forgetPending() {
        resetListeners.forEach(Runnable::run);
        outstanding = 0;
        failed = false;
        status = STOPPED | status & PASID_REQUIRED;
    }

    @Override
    public void functionReset() {
        control = 0;
        writeAllocation(0);
        forgetPending();
    }

    /**
     * Enable the interface: the allocation is the smaller of the capacity and what the driver grants. Short for what
     * {@link LinuxPciFunction#enablePri} does through configuration space.
     *
     * @param granted requests that the driver of the IOMMU grants
     * @throws IllegalStateException if the function is not stopped
     */
    public void enable(final int granted) {
        if ((status & STOPPED) == 0) {
            throw new IllegalStateException("status=0x" + Integer.toHexString(status) + " (expected: Stopped, bit 8)");
        }
        writeAllocation(Math.min(capacity, granted));
        writeControl(ENABLE);
    }

    /** Stop issuing requests; Stopped is set once nothing is outstanding. */
    public void disable() {
        writeControl(0);
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
        writeControl(RESET);
    }

    /**
     * Whether requests may be sent.
     *
     * @return true if enabled and no Response Failure arrived since
     */
    public boolean mayRequest() {
        return control == ENABLE && !failed;
    }

    /**
     * Whether a Response Failure arrived, so that nothing is asked and no answer accepted until the interface is reset
     * or enabled again. Unlike RF this cannot be cleared by writing 1.
     *
     * @return true if so
     */
    public boolean hasFailed() {
        return failed;
    }

    /**
     * Requests that may be sent now.
     *
     * @return what may be outstanding less what is
     */
    public int credits() {
        return limit - outstanding;
    }

    /**
     * Requests that may be outstanding, and so the longest group that can be sent.
     *
     * @return the smaller of allocation and capacity
     */
    public int limit() {
        return limit;
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
        failed = true;
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
     * @return requests, as software wrote it
     */
    public int allocation() {
        return allocation;
    }
}
