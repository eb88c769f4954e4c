/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.util.Map;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import picocli.CommandLine.Option;

/** Options that say how the path is built. */
final class PathOptions {

    @Option(names = "--design", paramLabel = "NAME", defaultValue = "shared-ring",
            description = "How faults reach user space: read (poll, read a batch, write its answers) or shared-ring "
                    + "(the ring mapped into the handler). Default: ${DEFAULT-VALUE}.")
    private String design;

    @Option(names = "--prq-order", paramLabel = "K", defaultValue = "4",
            description = "Page request queue of 2^K pages of 128 entries, 0..7. Default: ${DEFAULT-VALUE}, as in "
                    + "Linux.")
    private int prqOrder;

    @Option(names = "--credits", paramLabel = "N", defaultValue = "512",
            description = "Page requests the device may have in flight, 1..2048. Default: ${DEFAULT-VALUE}.")
    private int credits;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "64",
            description = "Faults user space takes at once at most, 1..4096. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--responses-per-submission", paramLabel = "N", defaultValue = "64",
            description = "Page group responses the driver hands to the hardware together at most, 1..126; Linux "
                    + "waits for each one, which is 1. Default: ${DEFAULT-VALUE}.")
    private int responsesPerSubmission;

    /**
     * The configuration.
     *
     * @param laps        how often the workload is raised, 0 for without end
     * @param sampleEvery every how many groups one is timed
     */
    FaultPathConfig config(final long laps, final int sampleEvery) {
        try {
            return FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.ofKey(design)).withPrqOrder(prqOrder)
                    .withCredits(credits).withBatch(batch).withResponsesPerSubmission(responsesPerSubmission)
                    .withLaps(laps).withSampleEvery(sampleEvery);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    /** Settings of the path, for the result. */
    static void describe(final FaultPathConfig config, final Map<String, Object> scenario) {
        scenario.put("iommu", "vtd");
        scenario.put("design", config.design().key());
        scenario.put("prqOrder", config.prqOrder());
        scenario.put("credits", config.credits());
        scenario.put("batch", config.batch());
        scenario.put("responsesPerSubmission", config.responsesPerSubmission());
        scenario.put("addressBits", config.addressBits());
        scenario.put("autoResponse", config.autoResponse());
        scenario.put("repeat", config.laps());
        scenario.put("sampleEveryGroups", config.sampleEvery());
    }
}
