/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.commons.text.similarity.LevenshteinDistance;
import org.faultring.bench.tune.ValueKind.Choice;
import org.faultring.bench.tune.ValueKind.Histogram;
import org.faultring.bench.tune.ValueKind.Number;
import org.faultring.bench.tune.ValueKind.Text;
import org.faultring.bench.tune.ValueKind.Time;
import org.faultring.bench.tune.ValueKind.Whole;
import org.faultring.bench.tune.ValueKind.Words;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.sim.Disturbance;

/** Everything that a scenario says, with what it is if the scenario does not say it. An empty one is the usual. */
public enum ScenarioKey {

    /** What the scenario is called. */
    NAME("name", new Text(), "", "one word"),
    /** What it stands for. */
    ABOUT("about", new Text(), "", "a sentence"),
    /** Of all that is drawn. */
    SEED("seed", new Whole(0, Long.MAX_VALUE, false), "1", "of all that is drawn"),
    /** Virtual time that is measured. */
    DURATION("duration", new Time(1000, false), "50ms", "virtual time that is measured"),
    /** Virtual time before that. */
    WARMUP("warmup", new Time(0, false), "5ms", "virtual time before that"),
    /** Prices. */
    PROFILE("profile", new Text(), "example", "prices: example, unit, or a file"),

    /** Devices behind the IOMMU. */
    DEVICES("devices.count", new Whole(1, 64, false), "1", "devices behind the IOMMU"),
    /** Requests that each may have in flight. */
    CREDITS("devices.credits", new Whole(1, 2048, true), "", "requests that each may have in flight"),
    /** The first so many raise more than the others. */
    NOISY("devices.noisy", new Whole(0, 64, false), "0", "the first so many raise more than the others"),
    /** How much more. */
    NOISY_FACTOR("devices.noisyFactor", new Number(1, 1000, false), "10", "how many times as much"),

    /** The last so many misbehave. */
    ROGUES("devices.rogues", new Whole(0, 64, false), "0", "the last so many misbehave on purpose"),
    /** Credits they give themselves. */
    OWN_CREDITS("devices.ownCredits", new Whole(1, 1 << 14, true), "", "credits that rogues give themselves"),
    /** Groups without a last request. */
    WITHHOLD_LAST("devices.withholdLast", new Whole(1, 1 << 30, true), "",
            "of so many groups of a rogue, one has no last request"),
    /** Groups under another's index. */
    REPEAT_INDEX("devices.repeatIndex", new Whole(1, 1 << 30, true), "",
            "of so many groups of a rogue, one has an index that is in use"),
    /** Groups under a wrong PASID. */
    WRONG_PASID("devices.wrongPasid", new Whole(1, 1 << 30, true), "",
            "of so many groups of a rogue, one has a wrong PASID"),
    /** Requests that nobody wants. */
    FLOOD("devices.flood", new Whole(1, 1 << 16, true), "", "any requests beside its own each time a rogue raises"),

    /** What is raised. */
    TRACE("workload.trace", new Text(), "synthetic", "synthetic, sqlite (recorded), or a recording's file"),
    /** Pages of a synthetic workload. */
    PAGES("workload.pages", new Whole(64, 1 << 20, false), "4096", "of each address space"),
    /** Address spaces of a synthetic workload. */
    PROCESSES("workload.processes", new Whole(1, 64, false), "1", "address spaces of each device"),
    /** Which pages. */
    PATTERN("workload.pattern", Choice.of("sequential", "random"), "sequential", "of the pages"),
    /** How group sizes are drawn. */
    GROUP("workload.group", Choice.of("constant", "geometric", "uniform"), "constant", "how sizes are drawn"),
    /** Size of groups. */
    GROUP_MEAN("workload.groupMean", new Number(1, 64, false), "1", "faults of a group on average"),

    /** When groups arrive. */
    ARRIVAL("arrival.process", Choice.of("closed", "poisson", "constant", "trace"), "poisson",
            "closed: as credits allow; trace: at the recorded times"),
    /** How many faults arrive. */
    RATE("arrival.rate", new Number(1, 1e9, true), "", "faults per virtual second, of all devices"),
    /** The same, relative. */
    LOAD("arrival.load", new Number(0.01, 2, true), "", "instead of a rate: share of what the path does at most"),
    /** Groups that arrive together. */
    BURST("arrival.burst", new Whole(1, 1 << 16, false), "1", "groups that arrive together at each device"),
    /** Time within a burst. */
    SPACING("arrival.spacing", new Time(0, false), "0ns", "from group to group of a burst"),

    /** The IOMMU. */
    IOMMU("iommu.kind", new Choice(Stream.of(IommuKind.values()).map(IommuKind::key).toList()), "vtd", "which"),
    /** Its queue. */
    QUEUE("iommu.queue", new Whole(1, 1 << 19, true), "", "entries of the page request queue; stalls: event queue"),
    /** Answers submitted together. */
    RESPONSES("iommu.responses", new Whole(1, 8191, false), "1", "answers submitted together at most"),
    /** Requests that the driver takes at a time. */
    PASS("iommu.pass", new Whole(1, 1 << 16, false), "32",
            "requests that a pass takes before others may act"),
    /** Fault objects. */
    OBJECTS("routing.objects", new Whole(1, 16, false), "1", "fault objects, each with readers of its own"),
    /** How faults reach user space. */
    DESIGN("delivery.design", new Choice(Scenario.DESIGNS.stream().map(DeliveryDesign::key).toList()), "read",
            "how faults reach user space"),
    /** Faults that a reader takes at once. */
    BATCH("delivery.batch", new Whole(1, 4096, false), "64", "faults that a reader takes at once"),
    /** Depth of the bounded object. */
    DEPTH("delivery.depth", new Whole(1, 1 << 20, true), "", "faults of a mapped ring, a power of two"),
    /** What becomes of a group without room. */
    WHEN_FULL("delivery.whenFull", Choice.of("hold-back", "answer-invalid"), "hold-back", "when the ring is full"),

    /** Readers of each object. */
    THREADS("handler.threads", new Whole(1, 16, false), "1",
            "readers of each object; more than one of read and busy-read alone"),
    /** How long a fault takes. */
    SERVICE("handler.service", Choice.of("constant", "exponential", "lognormal", "histogram"), "constant",
            "how a fault's time is distributed, beside the profile"),
    /** Its mean. */
    MEAN("handler.mean", new Time(0, false), "0ns", "of a fault"),
    /** Spread of a lognormal time. */
    SIGMA("handler.sigma", new Number(0, 5, false), "1", "of the logarithm of a lognormal time"),
    /** A measured one. */
    HISTOGRAM("handler.histogram", new Histogram(), "", "as [500ns:10, 2us:3]"),
    /** When a reader pauses. */
    PAUSE_EVERY("handler.pauseEvery", new Time(0, false), "0ns", "from a pause to the next, 0ns for none"),
    /** For how long. */
    PAUSE("handler.pause", new Time(0, false), "0ns", "of a collection of memory"),

    /** Events for a guest. */
    EVENT_RATE("events.rate", new Number(0, 1e9, false), "0", "events per second for a virtual IOMMU's queue"),
    /** Depth of their queue. */
    EVENT_DEPTH("events.depth", new Whole(1, 1 << 19, false), "64", "of their queue"),
    /** How many are read. */
    EVENT_BATCH("events.batch", new Whole(1, 1 << 16, false), "1", "events that a reader takes at once"),
    /** How long one takes. */
    EVENT_SERVICE("events.service", Choice.of("constant", "exponential"), "exponential", "time of an event"),
    /** Its mean. */
    EVENT_MEAN("events.mean", new Time(0, false), "1us", "of an event"),

    /** What goes wrong. */
    DISTURB("disturb.kinds", new Words(Disturbance.RECOVERABLE.stream()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-')).sorted().toList()), "",
            "what goes wrong"),
    /** How often. */
    DISTURB_EVERY("disturb.every", new Time(1, false), "1ms", "from one to the next on average, and longest pause"),

    /** Overflow episodes. */
    MAX_OVERFLOWS("objective.overflows", new Number(0, 1e9, true), "", "overflow episodes per second at most"),
    /** Share of the faults offered that are resolved. */
    MIN_GOODPUT("objective.goodput", new Number(0, 1, true), "", "share of what is offered, at least"),
    /** Tail latency. */
    MAX_P99("objective.p99", new Time(1, true), "", "from the intended raise to the answer, at most"),
    /** Events lost. */
    MAX_LOST("objective.lost", new Number(0, 1, true), "", "share of events lost at most"),
    /** Memory. */
    MAX_BYTES("objective.bytes", new Number(1, 1e12, true), "", "bytes of all queues and buffers at most"),
    /** Level of all that is said. */
    CONFIDENCE("confidence", new Number(0.5, 0.9999, false), "0.95", "level at which the objective is certain");

    private final String key;
    private final ValueKind kind;
    private final String usual;
    private final String meaning;

    ScenarioKey(final String key, final ValueKind kind, final String usual, final String meaning) {
        this.key = key;
        this.kind = kind;
        this.usual = usual;
        this.meaning = meaning;
    }

    /**
     * Name in files: a section and a name, joined by a dot.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /** What it is if nothing is said. */
    String usual() {
        return usual;
    }

    /**
     * What it means.
     *
     * @return a few words
     */
    public String meaning() {
        return meaning;
    }

    /** What it can be. */
    ValueKind kind() {
        return kind;
    }

    /**
     * Designs that can be tuned.
     *
     * @return their names
     */
    public static List<String> designs() {
        return Scenario.DESIGNS.stream().map(DeliveryDesign::key).toList();
    }

    /** The key of a name, if there is one. */
    static Optional<ScenarioKey> find(final String name) {
        return Arrays.stream(values()).filter(value -> value.key.equals(name)).findFirst();
    }

    /**
     * The key of a name.
     *
     * @param name as {@link #key()} gives it
     * @return the key
     * @throws IllegalArgumentException if there is none; the message has the nearest
     */
    public static ScenarioKey ofKey(final String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(
                "key=" + name + " (expected: a key of a scenario; the nearest is " + nearest(name) + ")"));
    }

    /** What was probably meant: the least changes of letters, and among those the same section. */
    static String nearest(final String name) {
        final List<String> known = Arrays.stream(values()).map(ScenarioKey::key).toList();
        final String own = name.substring(name.lastIndexOf('.') + 1);
        return known.stream().min(Comparator
                .comparingInt((String key) -> Math.min(distance(key, name),
                        // A right name in a wrong section is as near as one letter.
                        1 + 2 * distance(key.substring(key.lastIndexOf('.') + 1), own)))
                .thenComparing(Comparator.naturalOrder())).orElseThrow();
    }

    private static int distance(final String one, final String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one, other);
    }

    @Override
    public String toString() {
        return key;
    }
}
