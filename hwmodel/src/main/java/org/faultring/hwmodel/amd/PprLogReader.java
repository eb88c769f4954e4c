/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.ReportPort;

/**
 * The driver's side of the PPR log ({@code amd_iommu_poll_ppr_log}, drivers/iommu/amd/ppr.c): the entry is copied and
 * zeroed, the head written behind it, and only then is it judged and reported.
 *
 * <p>As in Linux there is no test for stop markers, so they go up as requests, and an overflow does not throw partial
 * groups away.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
final class PprLogReader extends LogReader {

    private final CommandSubmission commands;
    private final boolean zeroesEntries;
    private final Tally tally;
    private final FunctionTable functions;
    private int[] maxPasidsOf = new int[8];
    /** GN bit of answers to each device. */
    private long[] answerBitsOf = new long[8];
    private ReportPort reporter;

    PprLogReader(final RegisterFile registers, final InterruptLine interrupt, final DmaMemory memory,
            final CommandSubmission commands, final FunctionTable functions, final AmdPlatform platform,
            final StatusClearing clearing, final Tally tally) {
        super(LogKind.PPR, registers, interrupt, memory, clearing);
        this.commands = commands;
        this.functions = functions;
        this.zeroesEntries = platform == AmdPlatform.PLAIN;
        this.tally = tally;
    }

    void reportTo(final ReportPort newReporter) {
        reporter = newReporter;
    }

    void addDevice(final int device, final int maxPasids, final long answerBits) {
        if (device >= maxPasidsOf.length) {
            maxPasidsOf = Arrays.copyOf(maxPasidsOf, 2 * device);
            answerBitsOf = Arrays.copyOf(answerBitsOf, 2 * device);
        }
        maxPasidsOf[device] = maxPasids;
        answerBitsOf[device] = answerBits;
    }

    @Override
    void passBegins(final boolean hasEntries) {
        if (hasEntries) {
            tally.increment(Counter.DRAIN_PASSES);
        }
    }

    @Override
    int mayHandle() {
        // Each entry may need one answer.
        return commands.room();
    }

    @Override
    boolean isHeldBack() {
        return reporter.isHoldingBack();
    }

    @Override
    void handle(final ByteBuffer entries, final int offset, final long qw0, final int next) {
        final long qw1 = LittleEndian.getLong(entries, offset + Long.BYTES);
        if (zeroesEntries) {
            LittleEndian.putLong(entries, offset, 0);
            LittleEndian.putLong(entries, offset + Long.BYTES, 0);
        }
        giveBack(next);
        final int requesterId = PprLogEntry.deviceId(qw0);
        final int device = functions.device(requesterId);
        if (PprLogEntry.type(qw0) != PprLogEntry.PAGE_REQUEST || device == FunctionTable.NO_DEVICE) {
            tally.increment(Counter.DROPPED_BY_KERNEL);
        } else if (isBad(qw0, device)) {
            tally.increment(Counter.REFUSED);
            respond(requesterId, device, PprLogEntry.pasid(qw0), PprLogEntry.groupIndex(qw0),
                    PageResponseFlyweight.FAILURE);
        } else {
            report(qw0, qw1, device);
        }
    }

    private boolean isBad(final long qw0, final int device) {
        if ((qw0 & (PprLogEntry.GN | PprLogEntry.RVSD)) != PprLogEntry.GN) {
            return true;
        }
        final int pasid = PprLogEntry.pasid(qw0);
        return pasid == 0 || pasid >= maxPasidsOf[device];
    }

    private void report(final long qw0, final long qw1, final int device) {
        if ((qw0 & (PprLogEntry.LAST | PprLogEntry.READ | PprLogEntry.WRITE)) == PprLogEntry.LAST) {
            tally.increment(Counter.STOP_MARKERS_REPORTED);
        }
        final int flags = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID
                | ((qw0 & PprLogEntry.LAST) != 0 ? PageFaultFlyweight.LAST_PAGE : 0);
        reporter.report(device, flags, PprLogEntry.pasid(qw0), PprLogEntry.groupIndex(qw0), permissions(qw0),
                qw1 & -4096L);
    }

    private static int permissions(final long qw0) {
        // READ is bit 50 of the entry, WRITE bit 53, EXEC bit 49, US bit 54; user mode is not privileged.
        return (int) (qw0 >>> 50) & PageFaultFlyweight.READ | (int) (qw0 >>> 52) & PageFaultFlyweight.WRITE
                | (int) (qw0 >>> 47) & PageFaultFlyweight.EXEC | (int) (~qw0 >>> 51) & PageFaultFlyweight.PRIV;
    }

    /** Answer a group; needs room. */
    void respond(final int requesterId, final int device, final int pasid, final int groupIndex, final int code) {
        final long gn = answerBitsOf[device];
        commands.send(AmdCommand.completeQw0(requesterId, gn == 0 ? 0 : pasid),
                AmdCommand.completeQw1(gn, groupIndex, code));
    }
}
