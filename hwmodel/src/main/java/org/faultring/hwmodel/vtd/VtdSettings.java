/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.ring.Checks;

/**
 * What an implementation of VT-d may choose, or the specification leaves in doubt.
 *
 * @param autoResponse    code of the hardware's own answer while the page request queue is in overflow, 0..15; a device
 *                        must try again, so Success is the likely one, but it was not verified on hardware
 * @param blockedResponse code of the hardware's own answer to a request that it does not take at all, 0..15: page
 *                        requests are not enabled for the function, or the queue is not set up
 * @param faultRecords    fault recording registers, 1..256; small parts have 1, others 8
 * @param merging         which faults a pending record swallows
 */
public record VtdSettings(int autoResponse, int blockedResponse, int faultRecords, FaultMerging merging) {

    /** Most fault recording registers. */
    public static final int MAX_FAULT_RECORDS = 256;

    /** Success in overflow, Invalid Request for what is blocked, 8 records, nothing merged. */
    public static final VtdSettings DEFAULT = new VtdSettings(PageGroupResponseMessage.SUCCESS,
            PageGroupResponseMessage.INVALID_REQUEST, 8, FaultMerging.NONE);

    /** Checks the values. */
    public VtdSettings {
        Checks.range("autoResponse", autoResponse, 0, 0xF);
        Checks.range("blockedResponse", blockedResponse, 0, 0xF);
        Checks.range("faultRecords", faultRecords, 1, MAX_FAULT_RECORDS);
        if (merging == null) {
            throw new IllegalArgumentException("merging=null (expected: a rule)");
        }
    }

    /**
     * The same with another answer in overflow.
     *
     * @param newAutoResponse see {@link #autoResponse()}
     * @return new settings
     */
    public VtdSettings withAutoResponse(final int newAutoResponse) {
        return new VtdSettings(newAutoResponse, blockedResponse, faultRecords, merging);
    }

    /**
     * The same with another answer to what is blocked.
     *
     * @param newBlockedResponse see {@link #blockedResponse()}
     * @return new settings
     */
    public VtdSettings withBlockedResponse(final int newBlockedResponse) {
        return new VtdSettings(autoResponse, newBlockedResponse, faultRecords, merging);
    }

    /**
     * The same with another number of fault records.
     *
     * @param newFaultRecords see {@link #faultRecords()}
     * @return new settings
     */
    public VtdSettings withFaultRecords(final int newFaultRecords) {
        return new VtdSettings(autoResponse, blockedResponse, newFaultRecords, merging);
    }

    /**
     * The same with another rule for merging.
     *
     * @param newMerging see {@link #merging()}
     * @return new settings
     */
    public VtdSettings withMerging(final FaultMerging newMerging) {
        return new VtdSettings(autoResponse, blockedResponse, faultRecords, newMerging);
    }

    /** Length of a register page that holds the fault records too. */
    int registersLengthBytes() {
        final int end = VtdRegisters.FAULT_RECORDS + faultRecords * FaultRecord.LENGTH_BYTES;
        return end <= VtdRegisters.LENGTH_BYTES ? VtdRegisters.LENGTH_BYTES : 2 * VtdRegisters.LENGTH_BYTES;
    }
}
