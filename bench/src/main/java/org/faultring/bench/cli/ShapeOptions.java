/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.ObjectRules;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.path.Routing;
import org.faultring.ring.Checks;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;
import org.faultring.ring.kernel.BoundedLimits.DeviceShare;
import org.faultring.ring.kernel.Overload;
import picocli.CommandLine.Option;

/** Options of how many of what a path has, and where faults go in it. */
final class ShapeOptions {

    @Option(names = "--devices", paramLabel = "N", defaultValue = "1",
            description = "Devices, each of which raises the whole trace, 1..64. Default: ${DEFAULT-VALUE}.")
    private int devices;

    @Option(names = "--fault-objects", paramLabel = "N", defaultValue = "1",
            description = "Fault objects, each with a reader of its own, 1..16. Default: ${DEFAULT-VALUE}.")
    private int faultObjects;

    @Option(names = "--routing", paramLabel = "NAME", defaultValue = "per-domain",
            description = "Which fault object takes the faults of a page table: per-domain (Linux's way: the page "
                    + "table's own), per-device, container (the parent's, or a child's for each first-level table), "
                    + "two-owners (a first owner hands on to the second). Default: ${DEFAULT-VALUE}.")
    private String routing;

    @Option(names = "--object-depth", paramLabel = "N",
            description = "Faults that a fault object can hold for its reader, a power of two. Default: all that the "
                    + "devices can have in flight, so that there is always room.")
    private Integer objectDepth;

    @Option(names = "--overload", paramLabel = "RULE",
            description = "For shared-ring, whose fault object has limits: what becomes of a group that finds no room: "
                    + "hold-back (the hardware's queue waits), invalid or failure (it is answered so). Linux has no "
                    + "limit; without memory it answers Failure. Default: failure.")
    private String overload;

    @Option(names = "--device-share", paramLabel = "N",
            description = "For shared-ring: faults of one device that may be unanswered at once; beyond it the rule of "
                    + "--overload holds. Default: no limit.")
    private Integer deviceShare;

    @Option(names = "--answer-deadline-ns", paramLabel = "NS",
            description = "For shared-ring: answer a group Success, so that the device asks again, when its handler "
                    + "has not answered for so long. Default: never.")
    private Long answerDeadlineNanos;

    @Option(names = "--translation-cache", paramLabel = "N", defaultValue = "0",
            description = "Translations that each device caches, a power of two up to 1048576: then a device asks the "
                    + "IOMMU first (ATS), and only for pages that are missing; 0: each fault of the trace is one. Not "
                    + "for smmuv3-stall. Default: ${DEFAULT-VALUE}.")
    private int translationCache;

    /** The shape for a configuration; an {@link IllegalArgumentException} names what is wrong. */
    PathShape shape(final FaultPathConfig config) {
        Checks.range("devices", devices, 1, 64);
        Checks.range("faultObjects", faultObjects, 1, 16);
        if (translationCache != 0) {
            if (!config.iommu().hasPageRequests()) {
                throw new IllegalArgumentException("translationCache=" + translationCache + " (expected: 0 for "
                        + config.iommu().key() + ")");
            }
            Checks.powerOfTwo("translationCache", translationCache, 1, 1 << 20);
        }
        final PathShape shape = PathShape.roomy(config, devices, faultObjects).withRouting(Routing.ofKey(routing))
                .withCacheEntries(translationCache).withRules(rules(config));
        return objectDepth == null ? shape : shape.withObjectDepth(objectDepth);
    }

    private ObjectRules rules(final FaultPathConfig config) {
        if (config.design() != DeliveryDesign.SHARED_RING) {
            refuse("overload", overload);
            refuse("deviceShare", deviceShare);
            refuse("answerDeadlineNs", answerDeadlineNanos);
        }
        final Overload rule = overload == null ? Overload.ANSWER_FAILURE : rule(overload);
        ObjectRules rules = ObjectRules.DEFAULT.withWhenFull(rule);
        if (deviceShare != null) {
            rules = rules.withShare(
                    new DeviceShare(Checks.range("deviceShare", deviceShare, 1, Integer.MAX_VALUE), rule));
        }
        return answerDeadlineNanos == null ? rules
                : rules.withDeadline(new AnswerDeadline(
                        Checks.range("answerDeadlineNs", answerDeadlineNanos, 1, Long.MAX_VALUE - 1),
                        PageResponseFlyweight.SUCCESS));
    }

    private static void refuse(final String name, final Object value) {
        if (value != null) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: only for --design shared-ring)");
        }
    }

    private static Overload rule(final String text) {
        return Arrays.stream(Overload.values()).filter(rule -> key(rule).equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("overload=" + text + " (expected: "
                        + Arrays.stream(Overload.values()).map(ShapeOptions::key).collect(Collectors.joining(", "))
                        + ")"));
    }

    private static String key(final Overload rule) {
        return rule.name().replace("ANSWER_", "").toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int devices() {
        return devices;
    }

    /** Settings of the shape, for the result. */
    static void describe(final FaultPathConfig config, final PathShape shape, final Map<String, Object> scenario) {
        final boolean hasLimits = config.design() == DeliveryDesign.SHARED_RING;
        final ObjectRules rules = shape.rules();
        scenario.put("devices", shape.devices());
        scenario.put("faultObjects", shape.faultObjects());
        scenario.put("routing", shape.routing().key());
        scenario.put("objectDepth", shape.objectDepth());
        scenario.put("overload", hasLimits ? key(rules.whenFull()) : null);
        scenario.put("deviceShare",
                hasLimits && !rules.share().equals(DeviceShare.ALL) ? rules.share().faults() : null);
        scenario.put("answerDeadlineNanos",
                hasLimits && !rules.deadline().equals(AnswerDeadline.NONE) ? rules.deadline().nanos() : null);
        scenario.put("translationCache", shape.cacheEntries());
    }
}
