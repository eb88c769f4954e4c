/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.util.Map;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.IommuKind;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say how the path is built. */
final class PathOptions {

    @Option(names = "--iommu", paramLabel = "KIND", defaultValue = "vtd",
            description = "IOMMU that the path leads over: vtd, smmuv3-pri (page requests), smmuv3-stall (stalled "
                    + "transactions), amd, riscv. The drivers are Linux's, but for smmuv3-pri and riscv, where Linux "
                    + "has none that takes page requests: there they follow the specification. "
                    + "Default: ${DEFAULT-VALUE}.")
    private String iommu;

    @Option(names = "--design", paramLabel = "NAME", defaultValue = "shared-ring",
            description = "How faults reach who resolves them: vfio-region (mapped rings, an interrupt for each "
                    + "group), eventfd (a counter to wait on, a call for each answer), read (poll, read a batch, "
                    + "write its answers), busy-read (read without waiting), posted-read (reads posted to a "
                    + "completion ring), poll-then-read (a wait and a read in a chain), multishot (one read that "
                    + "stays armed), commit-and-fetch (answers and the next read in one request), shared-ring (the "
                    + "ring mapped into the handler, a doorbell); inject (read and given to a guest, which answers); "
                    + "sample-2023 (the first sketch, which answers one fault and no more); or sva (not at all, the "
                    + "kernel maps the page). Default: ${DEFAULT-VALUE}.")
    private String design;

    @Option(names = "--prq-entries", paramLabel = "N",
            description = "Entries of the page request queue (smmuv3-stall: of the event queue), a power of two: vtd "
                    + "128..16384, smmuv3-pri 1..262144, smmuv3-stall 1..131072, amd 256..32768, riscv 2..524288. "
                    + "Default: Linux's, which is 2048, 65536, 32768, 512; riscv 4096.")
    private Integer prqEntries;

    @Option(names = "--prq-order", paramLabel = "K",
            description = "For vtd, instead of --prq-entries: a queue of 2^K pages of 128 entries, 0..7.")
    private Integer prqOrder;

    @Option(names = "--credits", paramLabel = "N",
            description = "Requests the device may have in flight, 1..2048 (smmuv3-stall: 1..512); a longer group is "
                    + "raised in parts. Default: 512; amd 32, all that Linux grants there.")
    private Integer credits;

    @Option(names = "--auto-response", paramLabel = "CODE",
            description = "The hardware's own answer while its queue is in overflow, of vtd and amd: 0 Success, 1 "
                    + "Invalid Request, 15 Response Failure, others are reserved. amd also takes none, which is what "
                    + "Linux sets up: then such requests are never answered. Default: 0.")
    private String autoResponse;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "64",
            description = "Faults user space takes at once at most, 1..4096. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Mixin
    private DeliveryOptions deliveryOptions;

    @Option(names = "--responses-per-submission", paramLabel = "N",
            description = "Answers the driver hands to the hardware together at most: vtd 1..126, smmuv3 1..64, riscv "
                    + "1..8191; Linux hands over each by itself, which is 1, and all there is for amd. Default: 64; "
                    + "amd 1.")
    private Integer responsesPerSubmission;

    /**
     * The configuration.
     *
     * @param laps        how often the workload is raised, 0 for without end
     * @param sampleEvery every how many groups one is timed
     */
    FaultPathConfig config(final long laps, final int sampleEvery) {
        try {
            return withQueue(FaultPathConfig.DEFAULT.withIommu(IommuKind.ofKey(iommu))
                    .withDesign(DeliveryDesign.ofKey(design)).withBatch(batch).withLaps(laps)
                    .withSampleEvery(sampleEvery).withDelivery(deliveryOptions.settings()));
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    /** What has a default of its own for each IOMMU is set only if it was given. */
    private FaultPathConfig withQueue(final FaultPathConfig usual) {
        FaultPathConfig config = usual;
        if (prqOrder != null) {
            if (prqEntries != null) {
                throw new IllegalArgumentException("prqOrder=" + prqOrder + " (expected: not next to --prq-entries)");
            }
            config = config.withPrqOrder(prqOrder);
        }
        if (prqEntries != null) {
            config = config.withPrqEntries(prqEntries);
        }
        if (credits != null) {
            config = config.withCredits(credits);
        }
        if (responsesPerSubmission != null) {
            config = config.withResponsesPerSubmission(responsesPerSubmission);
        }
        return autoResponse == null ? config : config.withAutoResponse(autoResponseCode());
    }

    private int autoResponseCode() {
        if (autoResponse.equals("none")) {
            return FaultPathConfig.NO_AUTO_RESPONSE;
        }
        try {
            return Integer.parseUnsignedInt(autoResponse);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("autoResponse=" + autoResponse + " (expected: none or 0..15)", e);
        }
    }

    /** Settings of the path, for the result. */
    static void describe(final FaultPathConfig config, final Map<String, Object> scenario) {
        scenario.put("iommu", config.iommu().key());
        scenario.put("driver", config.iommu().isDriverOfLinux() ? "linux" : "specification");
        scenario.put("design", config.design().key());
        scenario.put("prqEntries", config.prqEntries());
        scenario.put("credits", config.credits());
        scenario.put("batch", config.batch());
        DeliveryOptions.describe(config.delivery(), scenario);
        scenario.put("responsesPerSubmission", config.responsesPerSubmission());
        scenario.put("addressBits", config.addressBits());
        scenario.put("autoResponse",
                config.autoResponse() == FaultPathConfig.NO_AUTO_RESPONSE ? null : config.autoResponse());
        scenario.put("repeat", config.laps());
        scenario.put("sampleEveryGroups", config.sampleEvery());
    }
}
