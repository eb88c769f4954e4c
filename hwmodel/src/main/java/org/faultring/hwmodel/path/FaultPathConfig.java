/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.amd.AmdDriver;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.ring.Checks;
import org.faultring.ring.delivery.ReadDelivery;

/**
 * Everything about a {@link FaultPath} that is not its workload. Immutable; values are checked here. What the queue,
 * the credits and so on may be depends on the IOMMU, see {@link IommuKind}.
 *
 * @param iommu                  that the path leads over
 * @param design                 how faults reach user space
 * @param prqEntries             size of the page request queue, a power of two; with stalls, of the event queue
 * @param credits                requests that the device may have in flight; a longer group is raised in parts
 * @param batch                  faults user space takes at once at most, 1..4096
 * @param responsesPerSubmission answers the driver submits together at most; Linux has 1
 * @param addressBits            of a canonical address, 48 or 57; only VT-d's driver looks at it
 * @param autoResponse           code of the hardware's own answer in overflow, 0..15; {@link #NO_AUTO_RESPONSE} on AMD
 *                               alone, 0 where the hardware gives no choice
 * @param laps                   how often the workload is raised, 0 for without end
 * @param sampleEvery            every how many groups one is timed, from 1
 * @param delivery               what is set of the design
 */
public record FaultPathConfig(IommuKind iommu, DeliveryDesign design, int prqEntries, int credits, int batch,
        int responsesPerSubmission, int addressBits, int autoResponse, long laps, int sampleEvery,
        DeliverySettings delivery) {

    /** Reads posted ahead, requests that commit and fetch, provided buffers: of the designs on a completion ring. */
    public static final int READS_AHEAD = 8;
    /** The hardware leaves requests in overflow without an answer, as Linux sets AMD's up. */
    public static final int NO_AUTO_RESPONSE = AmdDriver.NO_AUTO_RESPONSE;

    /** VT-d with Linux's queue, a function with 512 credits, batches of 64, the workload once, every group timed. */
    public static final FaultPathConfig DEFAULT = new FaultPathConfig(IommuKind.VTD, DeliveryDesign.SHARED_RING, 2048,
            512, 64, 64, 48, PageGroupResponseMessage.SUCCESS, 1, 1);

    /** Entries of a VT-d queue of order 0. */
    private static final int VTD_PAGE_ENTRIES = 128;

    /** Checks the values. */
    public FaultPathConfig {
        if (iommu == null) {
            throw new IllegalArgumentException("iommu=null (expected: a kind)");
        }
        if (design == null) {
            throw new IllegalArgumentException("design=null (expected: a design)");
        }
        Checks.range("batch", batch, 1, ReadDelivery.MAX_RECORDS_PER_READ);
        if (addressBits != 48 && addressBits != 57) {
            throw new IllegalArgumentException("addressBits=" + addressBits + " (expected: 48 or 57)");
        }
        Checks.range("laps", laps, 0, Long.MAX_VALUE);
        Checks.range("sampleEvery", sampleEvery, 1, Integer.MAX_VALUE);
        iommu.check(prqEntries, credits, responsesPerSubmission, autoResponse);
        delivery.check(design);
    }

    /**
     * With a design as it is usual.
     *
     * @param iommu                  see {@link #iommu()}
     * @param design                 see {@link #design()}
     * @param prqEntries             see {@link #prqEntries()}
     * @param credits                see {@link #credits()}
     * @param batch                  see {@link #batch()}
     * @param responsesPerSubmission see {@link #responsesPerSubmission()}
     * @param addressBits            see {@link #addressBits()}
     * @param autoResponse           see {@link #autoResponse()}
     * @param laps                   see {@link #laps()}
     * @param sampleEvery            see {@link #sampleEvery()}
     */
    public FaultPathConfig(final IommuKind iommu, final DeliveryDesign design, final int prqEntries, final int credits,
            final int batch, final int responsesPerSubmission, final int addressBits, final int autoResponse,
            final long laps, final int sampleEvery) {
        this(iommu, design, prqEntries, credits, batch, responsesPerSubmission, addressBits, autoResponse, laps,
                sampleEvery, DeliverySettings.DEFAULT);
    }

    /**
     * Order of a VT-d queue.
     *
     * @return k for 2^k pages of 128 entries
     */
    int prqOrder() {
        return Integer.numberOfTrailingZeros(prqEntries / VTD_PAGE_ENTRIES);
    }

    /**
     * The same over another IOMMU, which gets what is usual there: its queue, credits, answers submitted together, and
     * Success as the hardware's own answer. So this comes before changes of those.
     *
     * @param newIommu see {@link #iommu()}
     * @return a new configuration
     */
    public FaultPathConfig withIommu(final IommuKind newIommu) {
        return new FaultPathConfig(newIommu, design, newIommu.usualEntries(), newIommu.usualCredits(), batch,
                newIommu.usualResponses(), addressBits, PageGroupResponseMessage.SUCCESS, laps, sampleEvery, delivery);
    }

    /**
     * The same with another design.
     *
     * @param newDesign see {@link #design()}
     * @return a new configuration
     */
    public FaultPathConfig withDesign(final DeliveryDesign newDesign) {
        return new FaultPathConfig(iommu, newDesign, prqEntries, credits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery, delivery);
    }

    /**
     * The same with another queue.
     *
     * @param newPrqEntries see {@link #prqEntries()}
     * @return a new configuration
     */
    public FaultPathConfig withPrqEntries(final int newPrqEntries) {
        return new FaultPathConfig(iommu, design, newPrqEntries, credits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery, delivery);
    }

    /**
     * The same with another queue, of VT-d alone, in the unit that Linux uses there.
     *
     * @param newPrqOrder 0..7 for 2^newPrqOrder pages of 128 entries; Linux has 4
     * @return a new configuration
     */
    public FaultPathConfig withPrqOrder(final int newPrqOrder) {
        if (iommu != IommuKind.VTD) {
            throw new IllegalArgumentException("prqOrder=" + newPrqOrder + " (expected: none, the queue of "
                    + iommu.key() + " is set in entries)");
        }
        return withPrqEntries(VTD_PAGE_ENTRIES << Checks.range("prqOrder", newPrqOrder, 0, VtdDriver.MAX_ORDER));
    }

    /**
     * The same with other credits.
     *
     * @param newCredits see {@link #credits()}
     * @return a new configuration
     */
    public FaultPathConfig withCredits(final int newCredits) {
        return new FaultPathConfig(iommu, design, prqEntries, newCredits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery, delivery);
    }

    /**
     * The same with another batch.
     *
     * @param newBatch see {@link #batch()}
     * @return a new configuration
     */
    public FaultPathConfig withBatch(final int newBatch) {
        return new FaultPathConfig(iommu, design, prqEntries, credits, newBatch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery, delivery);
    }

    /**
     * The same with other submissions.
     *
     * @param newResponses see {@link #responsesPerSubmission()}
     * @return a new configuration
     */
    public FaultPathConfig withResponsesPerSubmission(final int newResponses) {
        return new FaultPathConfig(iommu, design, prqEntries, credits, batch, newResponses, addressBits, autoResponse,
                laps, sampleEvery, delivery);
    }

    /**
     * The same with another answer of the hardware.
     *
     * @param newAutoResponse see {@link #autoResponse()}
     * @return a new configuration
     */
    public FaultPathConfig withAutoResponse(final int newAutoResponse) {
        return new FaultPathConfig(iommu, design, prqEntries, credits, batch, responsesPerSubmission, addressBits,
                newAutoResponse, laps, sampleEvery, delivery);
    }

    /**
     * The same with other laps.
     *
     * @param newLaps see {@link #laps()}
     * @return a new configuration
     */
    public FaultPathConfig withLaps(final long newLaps) {
        return new FaultPathConfig(iommu, design, prqEntries, credits, batch, responsesPerSubmission, addressBits,
                autoResponse, newLaps, sampleEvery, delivery);
    }

    /**
     * The same with another sampling.
     *
     * @param newSampleEvery see {@link #sampleEvery()}
     * @return a new configuration
     */
    public FaultPathConfig withSampleEvery(final int newSampleEvery) {
        return new FaultPathConfig(iommu, design, prqEntries, credits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, newSampleEvery, delivery);
    }

    /**
     * The same with other settings of its design.
     *
     * @param newDelivery see {@link #delivery()}
     * @return a new configuration
     */
    public FaultPathConfig withDelivery(final DeliverySettings newDelivery) {
        return new FaultPathConfig(iommu, design, prqEntries, credits, batch, responsesPerSubmission, addressBits,
                autoResponse, laps, sampleEvery, newDelivery);
    }
}
