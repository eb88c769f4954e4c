/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.faultring.bench.result.TrialResult;
import org.faultring.hwmodel.sim.CostProfile;

/**
 * Sizes on threads beside what virtual time says about them: one device, one reader, two threads. Each round has the
 * arrivals and handler times of its prediction, and the prediction has the moments at which the threads of the round
 * were taken from their processors: those are of the machine, not of the sizes. Prices are measured by the same
 * command on the same threads.
 *
 * @param rate   faults per second that arrive
 * @param prices of this host
 * @param rounds each a run on threads and its prediction
 */
public record Validation(double rate, HostPrices prices, List<Round> rounds) {

    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 5;
    private static final int WARMING_ROUNDS = 2;
    private static final double RATE_WITHIN = 0.10;
    private static final double P99_WITHIN = 0.25;
    /** With less of its processors than that, a machine is not one to measure on. */
    private static final double PREEMPTED_MOST = 0.05;

    /**
     * A run on threads and its prediction.
     *
     * @param predictedRate faults resolved per second, in virtual time
     * @param measuredRate  the same on threads
     * @param predictedP99  of a group, ns, in virtual time
     * @param measuredP99   the same on threads
     * @param preempted     share of the time that a thread did not run, the larger of the two threads'
     */
    record Round(double predictedRate, double measuredRate, long predictedP99, long measuredP99, double preempted) {

        double rateOff() {
            return measuredRate / predictedRate - 1;
        }

        double p99Off() {
            return (double) measuredP99 / predictedP99 - 1;
        }
    }

    /**
     * Run sizes both ways.
     *
     * @param given an answer; what threads cannot have is set to one: devices, objects, readers
     * @return both
     * @throws InterruptedException  if the thread is interrupted
     * @throws IllegalStateException if a run on threads stands still or loses a fault
     */
    public static Validation of(final Scenario given) throws InterruptedException {
        final Map<ScenarioKey, String> alone = new EnumMap<>(Map.of(ScenarioKey.DEVICES, "1", ScenarioKey.NOISY, "0",
                ScenarioKey.OBJECTS, "1", ScenarioKey.THREADS, "1", ScenarioKey.DISTURB, "", ScenarioKey.PAUSE_EVERY,
                "0ns", ScenarioKey.EVENT_RATE, "0", ScenarioKey.DEPTH, "", ScenarioKey.ROGUES, "0"));
        Scenario.MISDEEDS.forEach(misdeed -> alone.put(misdeed, ""));
        final Scenario single = given.with(alone);
        final long seed = single.whole(ScenarioKey.SEED);
        // What is compiled for arrivals is not what is compiled for a closed loop: warm with both, then measure.
        final Scenario first = atShare(given, single, HostPrices.measure(single, seed).profile());
        for (int i = 0; i < WARMING_ROUNDS; i++) {
            LiveRun.of(first, seed + i, ROUND);
        }
        final HostPrices prices = HostPrices.measure(single, seed);
        // All on threads before any prediction: a simulation between them would change what is compiled for them.
        final List<LiveRun> live = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            live.add(LiveRun.of(first, seed + i, ROUND));
        }
        final CostProfile host = prices.profile();
        final List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(round(first, host, seed + i, live.get(i)));
        }
        return new Validation(first.number(ScenarioKey.RATE), prices, List.copyOf(rounds));
    }

    /** At a share of what the path does, as given: here it is another path. */
    private static Scenario atShare(final Scenario given, final Scenario single, final CostProfile host) {
        final double share = given.isSet(ScenarioKey.LOAD) ? given.number(ScenarioKey.LOAD) : 0.7;
        return Capacity.atLoad(single.with(Map.of(ScenarioKey.RATE, "1", ScenarioKey.LOAD, "",
                ScenarioKey.DURATION, ROUND.toMillis() + "ms", ScenarioKey.WARMUP, "0ns", ScenarioKey.ARRIVAL,
                "poisson")), share, Capacity.of(single, host));
    }

    private static Round round(final Scenario scenario, final CostProfile host, final long seed, final LiveRun live) {
        final TrialResult measured = live.result();
        final Measures predicted = ScenarioRun.run(scenario, host, seed, live.preempted());
        final long preempted = Math.max(live.preemptedNanos(0), live.preemptedNanos(1));
        return new Round(predicted.faultsPerSecond(), measured.faultsPerSecond(), predicted.p99Nanos(),
                measured.latencyNanos().p99(), preempted / 1e9 / measured.elapsedSeconds());
    }

    /** The middle of the rounds: one that was unlucky says nothing about the sizes. */
    private double middle(final ToDoubleFunction<Round> figure) {
        final double[] figures = rounds.stream().mapToDouble(figure).sorted().toArray();
        return figures[figures.length / 2];
    }

    /** How far throughput is off, as a share of the prediction. */
    double rateOff() {
        return middle(Round::measuredRate) / middle(Round::predictedRate) - 1;
    }

    /** How far p99 is off, as a share of the prediction. */
    double p99Off() {
        return middle(Round::measuredP99) / middle(Round::predictedP99) - 1;
    }

    /** Whether throughput is within 10 % and p99 within 25 %. */
    boolean isNear() {
        return Math.abs(rateOff()) <= RATE_WITHIN && Math.abs(p99Off()) <= P99_WITHIN;
    }

    /**
     * Both, side by side.
     *
     * @return lines, the last one ended
     */
    public String text() {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
                live: one device, one reader, two threads, the handler spins; %,.0f faults a second offered
                             faults a second                           p99 ns                not run
                  round    predicted     measured            predicted     measured
                """, rate));
        for (int i = 0; i < rounds.size(); i++) {
            final Round round = rounds.get(i);
            text.append(line(Integer.toString(i + 1), round.predictedRate, round.measuredRate, round.predictedP99,
                    round.measuredP99, round.preempted));
        }
        text.append(line("middle", middle(Round::predictedRate), middle(Round::measuredRate),
                middle(Round::predictedP99), middle(Round::measuredP99), middle(Round::preempted)));
        text.append(String.format(Locale.ROOT,
                "prices of this host's simulator: %.0f ns a fault in hardware, %.0f in kernel and reader; "
                        + "in the prediction threads do not run when they did not%n",
                prices.hardwareNanos(), prices.softwareNanos()));
        text.append(isNear() ? "in the middle within 10 % of throughput and 25 % of p99\n"
                : "in the middle further off than 10 % of throughput or 25 % of p99: not to be taken at its word; "
                        + "kernel and reader\nshare a thread here, in the prediction neither waits for the other: "
                        + "fewer credits bring both nearer\n");
        final double preempted = rounds.stream().mapToDouble(Round::preempted).max().orElseThrow();
        if (preempted > PREEMPTED_MOST) {
            text.append(String.format(Locale.ROOT, "something else ran on this machine: a thread did not have its "
                    + "processor for %.0f %% of the time%n", 100 * preempted));
        }
        return text.toString();
    }

    private static String line(final String name, final double predictedRate, final double measuredRate,
            final double predictedP99, final double measuredP99, final double preempted) {
        return String.format(Locale.ROOT, " %6s  %,11.0f  %,11.0f  %+6.1f %%  %,11.0f  %,11.0f  %+6.1f %%  %4.1f %%%n",
                name, predictedRate, measuredRate, 100 * (measuredRate / predictedRate - 1), predictedP99, measuredP99,
                100 * (measuredP99 / predictedP99 - 1), 100 * preempted);
    }
}
