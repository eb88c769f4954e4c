/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import org.faultring.bench.linux.FanotifyFaults;
import org.faultring.bench.linux.FileClient;
import org.faultring.bench.linux.PipeFaults;
import org.faultring.bench.linux.StandInAvailability;
import org.faultring.bench.linux.UserFaultFile.Resolution;
import org.faultring.bench.linux.UserFaults;
import org.faultring.ring.file.FileShape.EmptyRead;

/** Files of this machine whose client there is in Java and in C. */
public enum PeerFile {

    /** Two pipes, faults raised in bursts of half of what may be in flight. */
    PIPE("pipe", 25_000) {
        @Override
        public StandInAvailability availability(final int inFlight) {
            return StandInAvailability.pipe(inFlight);
        }

        @Override
        public FileClient open(final int inFlight) {
            final PipeFaults faults = new PipeFaults(inFlight, Math.max(1, inFlight / 2), EmptyRead.RETURNS_EAGAIN);
            return new FileClient(faults, faults.file());
        }
    },
    /** Permission events. */
    FANOTIFY("fanotify", 5_000) {
        @Override
        public StandInAvailability availability(final int inFlight) {
            return StandInAvailability.fanotify(inFlight);
        }

        @Override
        public FileClient open(final int inFlight) {
            final FanotifyFaults faults = new FanotifyFaults(inFlight);
            return new FileClient(faults, faults.file());
        }
    },
    /** Page faults of memory, a page copied for each. */
    USER_FAULT("userfault", 5_000) {
        @Override
        public StandInAvailability availability(final int inFlight) {
            return StandInAvailability.userFault(inFlight);
        }

        @Override
        public FileClient open(final int inFlight) {
            final UserFaults faults = new UserFaults(inFlight, Resolution.COPY);
            return new FileClient(faults, faults.file());
        }
    };

    private static final int FAULTS_ONE_BY_ONE = 1_000;

    private final String label;
    private final int faults;

    PeerFile(final String label, final int faults) {
        this.label = label;
        this.faults = faults;
    }

    /**
     * Name at the command line and in results.
     *
     * @return the name
     */
    public String label() {
        return label;
    }

    /**
     * Faults of a trial that takes some hundredths of a second.
     *
     * @param inFlight faults that are out at a time
     * @return a number of faults
     */
    public int faults(final int inFlight) {
        return inFlight == 1 ? FAULTS_ONE_BY_ONE : faults;
    }

    /**
     * Whether this can run here.
     *
     * @param inFlight faults that are out at a time
     * @return what was found
     */
    public abstract StandInAvailability availability(int inFlight);

    /**
     * The client in Java.
     *
     * @param inFlight faults that are out at a time
     * @return a client whose handler runs, to be closed
     */
    public abstract FileClient open(int inFlight);
}
