/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.annotation.JsonValue;
import org.faultring.ring.MappedRing;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.RingFile;
import org.faultring.ring.RingType;

/** What goes over a ring. */
public enum Traffic {

    /** A mapped ring: each fault is answered, the device takes the answers. */
    ANSWERED("faults and answers") {
        @Override
        void create(final Path path) throws IOException {
            MappedRing.create(path, CAPACITY);
        }

        @Override
        JavaEnd producer(final Path path, final int faults) throws IOException {
            return new RaisingEnd(MappedRing.attach(path).device(System.nanoTime(), STALE_NANOS), faults,
                    PRODUCER_CORE);
        }

        @Override
        JavaEnd consumer(final Path path, final int faults) throws IOException {
            return new HandlingEnd(MappedRing.attach(path).handler(System.nanoTime(), STALE_NANOS), faults,
                    CONSUMER_CORE);
        }

        @Override
        Object[] arguments(final Path path, final int faults, final int core) {
            return new Object[] {path, faults, core};
        }
    },
    /** Its fault ring alone, over a ring file. */
    FAULTS("faults alone") {
        @Override
        void create(final Path path) throws IOException {
            RingFile.create(path, RingType.ONE_TO_ONE, CAPACITY);
        }

        @Override
        JavaEnd producer(final Path path, final int faults) throws IOException {
            return new ProducingEnd(new OneToOneFaultRing(RingFile.attach(path)), faults, PRODUCER_CORE);
        }

        @Override
        JavaEnd consumer(final Path path, final int faults) throws IOException {
            return new ConsumingEnd(new OneToOneFaultRing(RingFile.attach(path)), faults, CONSUMER_CORE);
        }

        @Override
        Object[] arguments(final Path path, final int faults, final int core) {
            return new Object[] {path, CAPACITY, faults, core};
        }
    };

    /** Slots of a ring, elements of a usual one (mapped.cpp). */
    static final int CAPACITY = 1024;
    static final int CONSUMER_CORE = 0;
    static final int PRODUCER_CORE = 1;
    /** Nobody holds a side of a new file. */
    private static final long STALE_NANOS = 1;

    private final String label;

    Traffic(final String label) {
        this.label = label;
    }

    /**
     * In tables and results.
     *
     * @return a few words
     */
    @JsonValue
    public String label() {
        return label;
    }

    abstract void create(Path path) throws IOException;

    abstract JavaEnd producer(Path path, int faults) throws IOException;

    abstract JavaEnd consumer(Path path, int faults) throws IOException;

    /** Of mapped.cpp, behind the task. */
    abstract Object[] arguments(Path path, int faults, int core);

    /** Task of mapped.cpp. */
    final String producerTask() {
        return this == ANSWERED ? "raise" : "produce";
    }

    /** Task of mapped.cpp. */
    final String consumerTask() {
        return this == ANSWERED ? "handle" : "consume";
    }
}
