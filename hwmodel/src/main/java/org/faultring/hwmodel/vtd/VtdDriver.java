/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.function.IntPredicate;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.ReportPort;

/**
 * Linux's driver for VT-d, as far as faults go: page requests and their answers (drivers/iommu/intel/prq.c),
 * invalidations and unrecoverable faults (drivers/iommu/intel/dmar.c). What it does is in the classes that it is made
 * of; each Linux wait is a state in one of them, which the next duty cycle continues.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class VtdDriver implements IommuDriver {

    /** Requests in flight that Linux grants to each function ({@code PRQ_DEPTH}). */
    public static final int GRANTED_CREDITS = 2048;
    /** Largest order of the queue: 2^7 pages, 16,384 entries. */
    public static final int MAX_ORDER = 7;
    /** Most page group responses of one submission. */
    public static final int MAX_RESPONSES = InvalidationSubmission.MAX_RESPONSES;

    /** Feature of a function: ATS is on. */
    public static final int ATS_ENABLED = 1;
    /** Feature of a function: PASID is on. */
    public static final int PASID_ENABLED = 1 << 1;

    private final RegisterFile registers;
    private final FunctionTable functions = new FunctionTable();
    private final InvalidationSubmission invalidation;
    private final PageRequestDrain requests;
    private final PrimaryFaultHandler faults;
    private final PasidDrain pasidDrain;

    /**
     * Linux's driver, which has not started.
     *
     * @param iommu       to drive
     * @param memory      for the queues
     * @param order       size of the page request queue: 2^order pages of 128 entries, 0..{@link #MAX_ORDER}; Linux has
     *                    4
     * @param addressBits of a canonical address, 48 or 57, as the processor has it
     * @param responses   page group responses submitted together at most, 1..126; Linux has 1
     * @param tally       of the world that calls
     */
    public VtdDriver(final VtdHardware iommu, final DmaMemory memory, final int order, final int addressBits,
            final int responses, final Tally tally) {
        this(iommu, memory, order, addressBits, responses, new PolledCompletion(), tally);
    }

    /**
     * A driver that learns in its own way that invalidations are done. It has not started.
     *
     * @param iommu       to drive
     * @param memory      for the queues
     * @param order       size of the page request queue: 2^order pages of 128 entries, 0..{@link #MAX_ORDER}; Linux has
     *                    4
     * @param addressBits of a canonical address, 48 or 57, as the processor has it
     * @param responses   page group responses submitted together at most, 1..126; Linux has 1
     * @param completion  {@link PolledCompletion} is Linux's
     * @param tally       of the world that calls
     */
    public VtdDriver(final VtdHardware iommu, final DmaMemory memory, final int order, final int addressBits,
            final int responses, final InvalidationCompletion completion, final Tally tally) {
        registers = iommu.registers();
        invalidation = new InvalidationSubmission(registers, memory, responses, completion, functions, tally);
        requests = new PageRequestDrain(iommu, memory, order, addressBits, invalidation, functions, tally);
        faults = new PrimaryFaultHandler(iommu, functions, tally);
        pasidDrain = new PasidDrain(requests, invalidation);
    }

    @Override
    public void reportTo(final ReportPort reporter) {
        requests.reportTo(reporter);
    }

    /**
     * Set-up: where unrecoverable faults go. Nowhere unless this is called.
     *
     * @param sink gets each record of a known function, 16 bytes as the hardware has it
     */
    public void reportFaultsTo(final EventSink sink) {
        faults.reportTo(sink);
    }

    /**
     * Set-up: where errors of the invalidation queue go. Nowhere unless this is called.
     *
     * @param sink told once of each
     */
    public void reportErrorsTo(final InvalidationErrorSink sink) {
        invalidation.reportTo(sink);
    }

    /**
     * Set-up: whether nothing of a device is left in a software queue behind the hardware's, which a PASID drain waits
     * for ({@code iopf_queue_flush_dev}). Nothing is unless this is called.
     *
     * @param flushed asked with the number of the device
     */
    public void flushedBy(final IntPredicate flushed) {
        pasidDrain.flushedBy(flushed);
    }

    @Override
    public void start() {
        faults.start();
        requests.start();
        invalidation.start();
    }

    @Override
    public void addDevice(final int requesterId, final int device) {
        functions.add(requesterId, device);
    }

    /**
     * A function is gone: its requests and faults are those of a stranger, and nothing waits for it any more.
     *
     * @param requesterId of the function
     */
    public void removeDevice(final int requesterId) {
        functions.remove(requesterId);
    }

    @Override
    public int grantedCredits() {
        return GRANTED_CREDITS;
    }

    /**
     * Enable page requests of a function as Linux does ({@code iommu_enable_pci_pri}, drivers/iommu/intel/iommu.c;
     * {@code pci_reset_pri}, {@code pci_enable_pri}, drivers/pci/ats.c): the IOMMU can take and drain them, ATS is on,
     * and with PASID on the function wants the PASID in answers. The interface is reset first.
     *
     * @param pri      of the function
     * @param features {@link #ATS_ENABLED}, {@link #PASID_ENABLED}
     * @return false if it was not enabled
     */
    public boolean enablePri(final PriCapability pri, final int features) {
        final long needed = VtdRegisters.ECAP_PRS | VtdRegisters.ECAP_PDS;
        if ((registers.read64(VtdRegisters.ECAP) & needed) != needed || (features & ATS_ENABLED) == 0) {
            return false;
        }
        if ((features & PASID_ENABLED) != 0 && (pri.status() & PriCapability.PASID_REQUIRED) == 0) {
            return false;
        }
        if ((pri.control() & PriCapability.ENABLE) != 0) {
            return false;
        }
        pri.reset();
        if ((pri.status() & PriCapability.STOPPED) == 0) {
            return false;
        }
        pri.enable(GRANTED_CREDITS);
        return true;
    }

    @Override
    public int doWork() {
        return invalidation.doWork() + requests.doWork() + faults.doWork() + pasidDrain.doWork();
    }

    @Override
    public int room() {
        return invalidation.room();
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        invalidation.collect(functions.requesterId(device), (flags & PageFaultFlyweight.PASID_VALID) != 0, pasid,
                groupIndex, code);
    }

    @Override
    public void submit() {
        invalidation.submit();
    }

    /**
     * Hand invalidations to the hardware, in their turn.
     *
     * @param batch filled, not under way; says what became of it
     */
    public void submit(final InvalidationBatch batch) {
        if (batch.isUnderWay()) {
            throw new IllegalStateException("state=" + batch.state() + " (expected: a batch that is not under way)");
        }
        invalidation.submit(batch);
    }

    /**
     * Begin to drain the page requests of a PASID; one drain is under way at a time.
     *
     * @param device             number of the function
     * @param pasid              to drain, or {@link PageRequestMessage#NO_PASID} for requests without one
     * @param domain             that the PASID is attached to, 16 bits
     * @param physicalFunctionId requester ID of the physical function
     * @param queueDepth         invalidations that the function takes at once, 1..31, or 0 for 32
     * @return false if another drain is under way
     */
    public boolean drainPasid(final int device, final int pasid, final int domain, final int physicalFunctionId,
            final int queueDepth) {
        if (!pasidDrain.isIdle()) {
            return false;
        }
        pasidDrain.begin(device, functions.requesterId(device), pasid, domain, physicalFunctionId, queueDepth);
        return true;
    }

    /**
     * Whether a PASID drain is under way.
     *
     * @return true if so
     */
    public boolean isDrainingPasid() {
        return !pasidDrain.isIdle();
    }

    /**
     * Whether the invalidations under way will never be done: the hardware stands at a bad descriptor that nobody
     * repairs, since it is not the first of its submission. Linux polls forever here.
     *
     * @return true if so
     */
    public boolean isStuck() {
        return invalidation.isStuck();
    }

    @Override
    public boolean isAtRest() {
        return !requests.isDraining() && invalidation.isAtRest() && !faults.isHandling() && pasidDrain.isIdle()
                && queuedRequests() == 0;
    }

    @Override
    public int queuedRequests() {
        return requests.queued();
    }
}
