/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.Checks;

/**
 * What an SMMUv3 implementation has, as its identification registers say it, and how it does what the architecture
 * leaves open.
 *
 * @param stallModel     IDR0.STALL_MODEL: {@link #STALL_AND_TERMINATE}, {@link #TERMINATE_ONLY} or
 *                       {@link #STALL_FORCED}
 * @param stallMax       IDR5.STALL_MAX: most stalled transactions of all masters at once, 1..65535
 * @param abortOnly      IDR0.TERM_MODEL: a terminated transaction is always aborted
 * @param pri            IDR0.PRI: page requests
 * @param pps            IDR3.PPS: automatic responses always carry the PASID of the request
 * @param ats            IDR0.ATS
 * @param msi            IDR0.MSI
 * @param log2Commands   IDR1.CMDQS: largest LOG2SIZE of the command queue, 0..19
 * @param log2Events     IDR1.EVENTQS: largest LOG2SIZE of the event queue, 0..19
 * @param log2Requests   IDR1.PRIQS: largest LOG2SIZE of the PRI queue, 0..19
 * @param mergesEvents   repeats of an event that waits in the queue are merged into it where that is allowed
 * @param reportsAborts  when an aborted write to the PRI queue is reported: {@link AbortReport}
 */
public record Smmuv3Settings(int stallModel, int stallMax, boolean abortOnly, boolean pri, boolean pps, boolean ats,
        boolean msi, int log2Commands, int log2Events, int log2Requests, boolean mergesEvents,
        AbortReport reportsAborts) {

    /** When the interconnect reports that a write to the PRI queue was aborted (Arm IHI 0070, PRI queue). */
    public enum AbortReport {
        /** At once: the request whose write was aborted is answered like those that follow it. */
        AT_ONCE,
        /** Late: the request whose write was aborted is lost and gets no response at all. */
        LATE
    }

    /** STALL_MODEL: streams choose. */
    public static final int STALL_AND_TERMINATE = 0;
    /** STALL_MODEL: there are no stalls. */
    public static final int TERMINATE_ONLY = 1;
    /** STALL_MODEL: every fault that can stall does. */
    public static final int STALL_FORCED = 2;

    /** Everything there is; queues of any size, 512 stalls, events not merged. */
    public static final Smmuv3Settings DEFAULT = new Smmuv3Settings(STALL_AND_TERMINATE, 512, false, true, false, true,
            true, Smmuv3Registers.MAX_LOG2SIZE, Smmuv3Registers.MAX_LOG2SIZE, Smmuv3Registers.MAX_LOG2SIZE, false,
            AbortReport.AT_ONCE);

    /** StreamID bits: as many as requester IDs have. */
    static final int STREAM_ID_BITS = 16;
    private static final int SUBSTREAM_ID_BITS = 20;

    /** Checks the values. */
    public Smmuv3Settings {
        Checks.range("stallModel", stallModel, STALL_AND_TERMINATE, STALL_FORCED);
        Checks.range("stallMax", stallMax, 1, 0xFFFF);
        Checks.range("log2Commands", log2Commands, 0, Smmuv3Registers.MAX_LOG2SIZE);
        Checks.range("log2Events", log2Events, 0, Smmuv3Registers.MAX_LOG2SIZE);
        Checks.range("log2Requests", log2Requests, 0, Smmuv3Registers.MAX_LOG2SIZE);
    }

    /**
     * The same with another STALL_MODEL.
     *
     * @param model 0..2
     * @return new settings
     */
    public Smmuv3Settings withStallModel(final int model) {
        return new Smmuv3Settings(model, stallMax, abortOnly, pri, pps, ats, msi, log2Commands, log2Events,
                log2Requests, mergesEvents, reportsAborts);
    }

    /**
     * The same with another STALL_MAX.
     *
     * @param max 1..65535
     * @return new settings
     */
    public Smmuv3Settings withStallMax(final int max) {
        return new Smmuv3Settings(stallModel, max, abortOnly, pri, pps, ats, msi, log2Commands, log2Events,
                log2Requests, mergesEvents, reportsAborts);
    }

    /** IDR0. */
    long idr0() {
        return (long) stallModel << Smmuv3Registers.IDR0_STALL_MODEL_SHIFT | Smmuv3Registers.IDR0_SEV
                | (abortOnly ? Smmuv3Registers.IDR0_TERM_MODEL : 0) | (pri ? Smmuv3Registers.IDR0_PRI : 0)
                | (ats ? Smmuv3Registers.IDR0_ATS : 0) | (msi ? Smmuv3Registers.IDR0_MSI : 0);
    }

    /** IDR1. */
    long idr1() {
        return STREAM_ID_BITS | SUBSTREAM_ID_BITS << Smmuv3Registers.IDR1_SSIDSIZE_SHIFT
                | (pri ? (long) log2Requests << Smmuv3Registers.IDR1_PRIQS_SHIFT : 0)
                | (long) log2Events << Smmuv3Registers.IDR1_EVENTQS_SHIFT
                | (long) log2Commands << Smmuv3Registers.IDR1_CMDQS_SHIFT;
    }

    /** IDR3. */
    long idr3() {
        return Smmuv3Registers.IDR3_RIL | (pps ? Smmuv3Registers.IDR3_PPS : 0);
    }

    /** IDR5. */
    long idr5() {
        return (long) stallMax << Smmuv3Registers.IDR5_STALL_MAX_SHIFT;
    }

    /**
     * PASID of the automatic Success response to a request with a PASID.
     *
     * @param streamFlags of the stream, see {@link StreamTable}
     * @return the PASID, or {@link PageRequestMessage#NO_PASID}
     */
    int responsePasid(final int streamFlags, final int pasid) {
        return pps || (streamFlags & StreamTable.PPAR) != 0 ? pasid : PageRequestMessage.NO_PASID;
    }
}
