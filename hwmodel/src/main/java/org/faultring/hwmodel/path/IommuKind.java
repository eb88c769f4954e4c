/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.faultring.hwmodel.amd.AmdDriver;
import org.faultring.hwmodel.amd.AmdPlatform;
import org.faultring.hwmodel.device.StallingMaster;
import org.faultring.hwmodel.riscv.RiscvDriver;
import org.faultring.hwmodel.smmuv3.Smmuv3DriverSettings;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.ring.Checks;

/**
 * The IOMMUs that a path can lead over, each with the driver that it is given, and what each can be set to.
 *
 * <table>
 * <caption>Page request queue and answers</caption>
 * <tr><th>kind</th><th>queue, entries</th><th>usual</th><th>credits</th><th>usual</th><th>answers submitted
 * together</th></tr>
 * <tr><td>{@link #VTD}</td><td>128..16384</td><td>2048</td><td>1..2048</td><td>512</td><td>1..126</td></tr>
 * <tr><td>{@link #SMMUV3_PRI}</td><td>1..2^18</td><td>65536</td><td>1..2048</td><td>512</td><td>1..64</td></tr>
 * <tr><td>{@link #SMMUV3_STALL}</td><td>1..2^17</td><td>32768</td><td>1..512</td><td>512</td><td>1..64</td></tr>
 * <tr><td>{@link #AMD}</td><td>256..32768</td><td>512</td><td>1..2048</td><td>32</td><td>1</td></tr>
 * <tr><td>{@link #RISCV}</td><td>2..2^19</td><td>4096</td><td>1..2048</td><td>512</td><td>1..8191</td></tr>
 * </table>
 *
 * <p>The usual queue is Linux's; for {@link #RISCV} it is the driver's own choice. The usual credits are 512, or what
 * the driver grants if that is less. On AMD Linux grants 32; who asks for more gets more than Linux would grant.
 */
public enum IommuKind {

    /** Intel VT-d, with Linux's driver. */
    VTD("vtd", new Bounds(128, 128 << VtdDriver.MAX_ORDER, 128 << 4), new Bounds(1, VtdDriver.GRANTED_CREDITS, 512),
            new Bounds(1, VtdDriver.MAX_RESPONSES, 64), new Bounds(0, 0xF, 0)),
    /** SMMUv3 with page requests; the driver follows the architecture, since Linux's refuses all page requests. */
    SMMUV3_PRI("smmuv3-pri", new Bounds(1, 1 << 18, 1 << 16), new Bounds(1, 2048, 512),
            new Bounds(1, Smmuv3DriverSettings.BATCH, 64), Bounds.ONLY_SUCCESS),
    /** SMMUv3 with a master whose transactions stall, with Linux's driver; the queue is the event queue. */
    SMMUV3_STALL("smmuv3-stall", new Bounds(1, 1 << 17, 1 << 15),
            new Bounds(1, StallingMaster.MAX_OUTSTANDING, StallingMaster.MAX_OUTSTANDING),
            new Bounds(1, Smmuv3DriverSettings.BATCH, 64), Bounds.ONLY_SUCCESS),
    /**
     * AMD, with Linux's driver but for two things: the automatic response is on unless asked otherwise, and no overflow
     * goes unseen ({@link org.faultring.hwmodel.amd.StatusClearing#AS_SEEN}).
     */
    AMD("amd", new Bounds(256, 32_768, AmdPlatform.PLAIN.pprEntries()),
            new Bounds(1, 2048, AmdDriver.GRANTED_CREDITS), new Bounds(1, 1, 1),
            new Bounds(AmdDriver.NO_AUTO_RESPONSE, 0xF, 0)),
    /** RISC-V; the driver follows the specification, since Linux has none for page requests. */
    RISCV("riscv", new Bounds(2, 1 << 19, RiscvDriver.DEFAULT_ENTRIES),
            new Bounds(1, RiscvDriver.GRANTED_CREDITS, 512), new Bounds(1, RiscvDriver.MAX_RESPONSES, 64),
            Bounds.ONLY_SUCCESS);

    private final String key;
    private final Bounds entries;
    private final Bounds credits;
    private final Bounds responses;
    private final Bounds autoResponse;

    IommuKind(final String key, final Bounds entries, final Bounds credits, final Bounds responses,
            final Bounds autoResponse) {
        this.key = key;
        this.entries = entries;
        this.credits = credits;
        this.responses = responses;
        this.autoResponse = autoResponse;
    }

    /** What a setting may be, and what it usually is. */
    private record Bounds(int least, int most, int usual) {

        /** Hardware that answers Success in overflow and lets nobody choose. */
        private static final Bounds ONLY_SUCCESS = new Bounds(0, 0, 0);

        void check(final String name, final int value) {
            Checks.range(name, value, least, most);
        }
    }

    /**
     * Name for commands and results.
     *
     * @return lower case, words joined by hyphens
     */
    public String key() {
        return key;
    }

    /**
     * Kind of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the kind
     * @throws IllegalArgumentException if there is none of that name
     */
    public static IommuKind ofKey(final String key) {
        for (final IommuKind kind : values()) {
            if (kind.key.equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("iommu=" + key + " (expected: "
                + Arrays.stream(values()).map(IommuKind::key).collect(Collectors.joining(", ")) + ")");
    }

    /**
     * Whether the driver does what Linux's does. Where Linux has none that makes page requests usable, it is one by the
     * specification.
     *
     * @return false for a driver by the specification
     */
    public boolean isDriverOfLinux() {
        return this != SMMUV3_PRI && this != RISCV;
    }

    /**
     * Whether the device asks for pages with page requests, in groups and within credits. If not, its transactions
     * stall, each by itself, within the tags that it has.
     *
     * @return true for page requests
     */
    public boolean hasPageRequests() {
        return this != SMMUV3_STALL;
    }

    /** Page requests that a queue holds: of an SMMU's all entries, of others all but one. */
    int usableEntries(final int queueEntries) {
        return this == SMMUV3_PRI || this == SMMUV3_STALL ? queueEntries : queueEntries - 1;
    }

    int usualEntries() {
        return entries.usual;
    }

    int usualCredits() {
        return credits.usual;
    }

    int usualResponses() {
        return responses.usual;
    }

    /** Check what a configuration sets. */
    void check(final int prqEntries, final int creditsOfDevice, final int responsesPerSubmission,
            final int codeInOverflow) {
        Checks.powerOfTwo("prqEntries", prqEntries, entries.least, entries.most);
        credits.check("credits", creditsOfDevice);
        responses.check("responsesPerSubmission", responsesPerSubmission);
        autoResponse.check("autoResponse", codeInOverflow);
    }
}
