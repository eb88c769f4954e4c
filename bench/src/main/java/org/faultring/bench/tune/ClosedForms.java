/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

/** What is known in closed form about queues that a scenario may fit. */
public final class ClosedForms {

    private ClosedForms() {}

    /**
     * Loss of M/M/1/K: one server without memory, Poisson arrivals, room for K with the one that is served.
     *
     * @param load arrivals times mean service, above 0
     * @param room K, from 1
     * @return share of the arrivals that find it full
     */
    public static double lossMm1k(final double load, final int room) {
        double weight = 1;
        double all = 1;
        for (int n = 1; n <= room; n++) {
            weight *= load;
            all += weight;
        }
        return weight / all;
    }

    /**
     * Loss of M/D/1/K: as {@link #lossMm1k}, with a constant service. From the states that departures leave behind, as
     * for every M/G/1/K queue: with their probability p0 of none left, loss = 1 - 1 / (p0 + load).
     *
     * @param load arrivals times service, above 0
     * @param room K, from 1
     * @return share of the arrivals that find it full
     */
    public static double lossMd1k(final double load, final int room) {
        // Arrivals during a service: Poisson.
        final double[] arrivals = new double[room + 1];
        arrivals[0] = Math.exp(-load);
        for (int n = 1; n <= room; n++) {
            arrivals[n] = arrivals[n - 1] * load / n;
        }
        // Unnormalized: left behind, 0..room-1; each from the ones before by balance.
        final double[] left = new double[room];
        left[0] = 1;
        double all = 1;
        for (int n = 0; n + 1 < room; n++) {
            double next = left[n] - left[0] * arrivals[n];
            for (int from = 1; from <= n; from++) {
                next -= left[from] * arrivals[n - from + 1];
            }
            left[n + 1] = next / arrivals[0];
            all += left[n + 1];
        }
        return 1 - 1 / (left[0] / all + load);
    }

    /**
     * Mean time in M/G/1, waiting and served (Pollaczek and Khinchine).
     *
     * @param load    arrivals times mean service, below 1
     * @param service mean
     * @param spread  squared coefficient of variation: 0 of a constant, 1 without memory
     * @return in the unit of the service
     */
    public static double timeMg1(final double load, final double service, final double spread) {
        return service + load * service * (1 + spread) / (2 * (1 - load));
    }

    /**
     * Throughput of a closed network by mean value analysis: customers go from station to station, one served at a time
     * in each, services without memory.
     *
     * @param demands   time at each station in a round
     * @param customers in the network, from 1
     * @return rounds per unit of time
     */
    public static double closedThroughput(final double[] demands, final int customers) {
        final double[] queue = new double[demands.length];
        double throughput = 0;
        for (int n = 1; n <= customers; n++) {
            double round = 0;
            final double[] times = new double[demands.length];
            for (int i = 0; i < demands.length; i++) {
                times[i] = demands[i] * (1 + queue[i]);
                round += times[i];
            }
            throughput = n / round;
            for (int i = 0; i < demands.length; i++) {
                queue[i] = throughput * times[i];
            }
        }
        return throughput;
    }
}
