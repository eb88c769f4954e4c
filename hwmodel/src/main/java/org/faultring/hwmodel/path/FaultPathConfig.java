/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.ring.Checks;
import org.faultring.ring.delivery.ReadDelivery;

/**
 * Everything about a {@link FaultPath} that is not its workload. Immutable; values are checked here.
 *
 * @param design                 how faults reach user space
 * @param prqOrder               size of the page request queue, 2^order pages of 128 descriptors, 0..7; Linux has 4
 * @param credits                page requests the function may have in flight, 1..2048, which is what Linux grants
 * @param batch                  faults user space takes at once at most, 1..4096
 * @param responsesPerSubmission page group responses the driver submits together at most, 1..126; Linux has 1
 * @param addressBits            of a canonical address, 48 or 57
 * @param autoResponse           code of the hardware's own answer in overflow, 0..15
 * @param laps                   how often the workload is raised, 0 for without end
 * @param sampleEvery            every how many groups one is timed, from 1
 */
public record FaultPathConfig(DeliveryDesign design, int prqOrder, int credits, int batch, int responsesPerSubmission,
        int addressBits, int autoResponse, long laps, int sampleEvery) {

    /** Linux's queue size, a function with 512 credits, batches of 64, the workload once, every group timed. */
    public static final FaultPathConfig DEFAULT = new FaultPathConfig(DeliveryDesign.SHARED_RING, 4, 512, 64, 64, 48,
            PageGroupResponseMessage.SUCCESS, 1, 1);

    /** Checks the values. */
    public FaultPathConfig {
        if (design == null) {
            throw new IllegalArgumentException("design=null (expected: a design)");
        }
        Checks.range("prqOrder", prqOrder, 0, VtdDriver.MAX_ORDER);
        Checks.range("credits", credits, 1, VtdDriver.GRANTED_CREDITS);
        Checks.range("batch", batch, 1, ReadDelivery.MAX_RECORDS_PER_READ);
        Checks.range("responsesPerSubmission", responsesPerSubmission, 1, VtdDriver.MAX_RESPONSES);
        if (addressBits != 48 && addressBits != 57) {
            throw new IllegalArgumentException("addressBits=" + addressBits + " (expected: 48 or 57)");
        }
        Checks.range("autoResponse", autoResponse, 0, 0xF);
        Checks.range("laps", laps, 0, Long.MAX_VALUE);
        Checks.range("sampleEvery", sampleEvery, 1, Integer.MAX_VALUE);
    }

    /**
     * The same with another design.
     *
     * @param newDesign see {@link #design()}
     * @return a new configuration
     */
    public FaultPathConfig withDesign(final DeliveryDesign newDesign) {
        return new FaultPathConfig(newDesign, prqOrder, credits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery);
    }

    /**
     * The same with another queue.
     *
     * @param newPrqOrder see {@link #prqOrder()}
     * @return a new configuration
     */
    public FaultPathConfig withPrqOrder(final int newPrqOrder) {
        return new FaultPathConfig(design, newPrqOrder, credits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery);
    }

    /**
     * The same with other credits.
     *
     * @param newCredits see {@link #credits()}
     * @return a new configuration
     */
    public FaultPathConfig withCredits(final int newCredits) {
        return new FaultPathConfig(design, prqOrder, newCredits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery);
    }

    /**
     * The same with another batch.
     *
     * @param newBatch see {@link #batch()}
     * @return a new configuration
     */
    public FaultPathConfig withBatch(final int newBatch) {
        return new FaultPathConfig(design, prqOrder, credits, newBatch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery);
    }

    /**
     * The same with other submissions.
     *
     * @param newResponses see {@link #responsesPerSubmission()}
     * @return a new configuration
     */
    public FaultPathConfig withResponsesPerSubmission(final int newResponses) {
        return new FaultPathConfig(design, prqOrder, credits, batch, newResponses, addressBits, autoResponse, laps,
                sampleEvery);
    }

    /**
     * The same with other laps.
     *
     * @param newLaps see {@link #laps()}
     * @return a new configuration
     */
    public FaultPathConfig withLaps(final long newLaps) {
        return new FaultPathConfig(design, prqOrder, credits, batch, responsesPerSubmission, addressBits, autoResponse,
                newLaps, sampleEvery);
    }

    /**
     * The same with another sampling.
     *
     * @param newSampleEvery see {@link #sampleEvery()}
     * @return a new configuration
     */
    public FaultPathConfig withSampleEvery(final int newSampleEvery) {
        return new FaultPathConfig(design, prqOrder, credits, batch, responsesPerSubmission, addressBits, autoResponse,
                laps, newSampleEvery);
    }
}
