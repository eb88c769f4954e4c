/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ObjIntConsumer;

import org.faultring.bench.linux.CallCost;
import org.faultring.bench.linux.CorePin;
import org.faultring.bench.linux.FileClient;
import org.faultring.ring.Checks;

/**
 * Clients of real files in Java and in C, in turn over many short rounds. Both make the same system calls, live through
 * all rounds and are warm when the first begins. Placement is the same for both, else it decides: the handler on the
 * first core, what raises on the second, and both cores kept awake by a third process, since a core that falls asleep
 * takes longer to wake than a fault takes.
 */
public final class PeerComparison implements AutoCloseable {

    /** Name of the system call that is compared beside the files. */
    public static final String CALL = "getppid";
    /** Faults in flight of the comparisons. */
    public static final List<Integer> IN_FLIGHT = List.of(1, 32, 256);

    private static final int CALLS = 100_000;
    private static final int WARMUPS = 12;

    private final PeerProgram program;
    private final int rounds;
    private final PeerProcess awake;

    /**
     * A comparison, which keeps both cores awake until it is closed.
     *
     * @param program in C
     * @param rounds  1..1000; an interval needs 6
     * @throws CannotRunException if the C client cannot be started
     */
    public PeerComparison(final PeerProgram program, final int rounds) throws CannotRunException {
        this.program = program;
        this.rounds = Checks.range("rounds", rounds, 1, 1_000);
        awake = program.keepAwake();
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
        final CorePin pin = new CorePin(FileClient.HANDLER_CORE + 1);
        try (PeerProcess theirs = program.start(file.label(), inFlight)) {
            return compare(file, inFlight, theirs, progress);
        } finally {
            pin.close();
        }
    }

    private PeerRatio compare(final PeerFile file, final int inFlight, final PeerProcess theirs,
            final ObjIntConsumer<String> progress) throws CannotRunException {
        final int faults = file.faults(inFlight);
        final FileClient ours = file.open(inFlight);
        final PeerRatio ratio;
        try {
            ratio = turns(file.label(), inFlight, faults, ours::nanosPerFault, theirs, progress);
        } finally {
            ours.close();
        }
        final double all = (double) faults * (WARMUPS + rounds);
        return ratio.withWaits(ours.waits() / all, theirs.waits() / all);
    }

    /**
     * Compare one system call.
     *
     * @param progress told what is measured, and the round
     * @return the ratio
     * @throws CannotRunException if the C client fails
     */
    public PeerRatio compareCall(final ObjIntConsumer<String> progress) throws CannotRunException {
        final CorePin pin = new CorePin(FileClient.HANDLER_CORE + 1);
        try (PeerProcess theirs = program.start(CALL, 1)) {
            return turns(CALL, 1, CALLS, new CallCost()::nanosPerCall, theirs, progress);
        } finally {
            pin.close();
        }
    }

    private PeerRatio turns(final String what, final int inFlight, final int count, final IntToDoubleFunction ours,
            final PeerProcess theirs, final ObjIntConsumer<String> progress) throws CannotRunException {
        for (int i = 0; i < WARMUPS; i++) {
            ours.applyAsDouble(count);
            theirs.nanos(count);
        }
        final double[] java = new double[rounds];
        final double[] client = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept(what + (what.equals(CALL) ? "" : ", " + inFlight + " in flight"), round + 1);
            // Who comes first takes turns, so that a drift of the machine favours nobody.
            if (round % 2 == 0) {
                java[round] = ours.applyAsDouble(count);
                client[round] = theirs.nanos(count);
            } else {
                client[round] = theirs.nanos(count);
                java[round] = ours.applyAsDouble(count);
            }
        }
        return PeerRatio.of(what, inFlight, java, client);
    }

    @Override
    public void close() {
        awake.close();
    }
}
