/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;
import java.util.function.ObjIntConsumer;

import org.faultring.bench.linux.CallCost;
import org.faultring.bench.linux.CorePin;
import org.faultring.bench.linux.FileClient;
import org.faultring.ring.Checks;

/**
 * Clients of real files in Java and in C, one after the other over rounds. Every C run is a process of its own; the
 * Java clients share this virtual machine and are warm when the first round begins. Both have the handler on the first
 * core and what raises on the second: else the scheduler's choice of a core decides, which is worth a factor of five.
 */
public final class PeerComparison {

    /** Name of the system call that is compared beside the files. */
    public static final String CALL = "getppid";
    /** Faults in flight of the comparisons. */
    public static final List<Integer> IN_FLIGHT = List.of(1, 32, 256);

    private static final int CALLS = 300_000;
    private static final int WARMUPS = 3;

    private final PeerProgram program;
    private final int rounds;

    /**
     * A comparison.
     *
     * @param program in C
     * @param rounds  1..1000; an interval needs 6
     */
    public PeerComparison(final PeerProgram program, final int rounds) {
        this.program = program;
        this.rounds = Checks.range("rounds", rounds, 1, 1_000);
    }

    /**
     * Compare the clients of a file.
     *
     * @param file     to use
     * @param inFlight faults that are out at a time
     * @param progress told what is measured, and the round
     * @return the ratio
     * @throws CannotRunException if the C client fails
     */
    public PeerRatio compare(final PeerFile file, final int inFlight, final ObjIntConsumer<String> progress)
            throws CannotRunException {
        final int faults = file.faults(inFlight);
        final double[] java = new double[rounds];
        final double[] client = new double[rounds];
        final CorePin pin = new CorePin(FileClient.HANDLER_CORE + 1);
        try (FileClient ours = file.open(inFlight)) {
            for (int i = 0; i < WARMUPS; i++) {
                ours.nanosPerFault(faults);
            }
            for (int round = 0; round < rounds; round++) {
                progress.accept(file.label() + ", " + inFlight + " in flight", round + 1);
                // Who comes first takes turns, so that a drift of the machine favours nobody.
                if (round % 2 == 0) {
                    java[round] = ours.nanosPerFault(faults);
                    client[round] = program.nanos(file.label(), inFlight, faults);
                } else {
                    client[round] = program.nanos(file.label(), inFlight, faults);
                    java[round] = ours.nanosPerFault(faults);
                }
            }
        } finally {
            pin.close();
        }
        return PeerRatio.of(file.label(), inFlight, java, client);
    }

    /**
     * Compare one system call.
     *
     * @param progress told what is measured, and the round
     * @return the ratio
     * @throws CannotRunException if the C client fails
     */
    public PeerRatio compareCall(final ObjIntConsumer<String> progress) throws CannotRunException {
        final CallCost ours = new CallCost();
        final double[] java = new double[rounds];
        final double[] client = new double[rounds];
        for (int i = 0; i < WARMUPS; i++) {
            ours.nanosPerCall(CALLS);
        }
        for (int round = 0; round < rounds; round++) {
            progress.accept(CALL, round + 1);
            java[round] = ours.nanosPerCall(CALLS);
            client[round] = program.nanos(CALL, 1, CALLS);
        }
        return PeerRatio.of(CALL, 1, java, client);
    }
}
