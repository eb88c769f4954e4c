/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.FileShape.PostedRead;
import org.junit.jupiter.api.Nested;

/** The designs over a file and a ring that are made for the test, in roomy and in tight forms. */
class DesignOnFakeTest {

    /** A count that a test raises. */
    static final class FakeEventCounter implements EventCounter {

        private long count;

        void raise() {
            count++;
        }

        @Override
        public long take() {
            final long taken = count;
            count = 0;
            return taken;
        }

        @Override
        public boolean isReady() {
            return count > 0;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class FakeTransport implements DesignContract.Transport {

        private final FakeFaultFile file = new FakeFaultFile();
        private final FakeEventCounter events = new FakeEventCounter();
        private final FakeIoRing ring;
        private final List<Long> byCookie = new ArrayList<>();
        private int spuriousTurns;

        private FakeTransport(final int submissions, final int completions, final PostedRead postedRead,
                final int answersTakenAtOnce) {
            ring = new FakeIoRing(file, submissions, completions, postedRead);
            file.takeAtMost(answersTakenAtOnce);
        }

        /** In every third of so many turns all that is posted wakes up, for whatever reason. */
        private FakeTransport withSpuriousTurns(final int turns) {
            spuriousTurns = turns;
            return this;
        }

        @Override
        public Delivery open(final FileDesign design, final int records, final HandlerContext context) {
            return design.make(file, ring, events, records, context);
        }

        @Override
        public void raise(final long firstAddress, final int faults) {
            byCookie.add(firstAddress);
            file.add(byCookie.size(), 1,
                    LongStream.range(0, faults).map(fault -> firstAddress + 0x1000 * fault).toArray());
            events.raise();
        }

        @Override
        public void turn() {
            if (spuriousTurns-- % 3 > 0) {
                ring.wakeAll();
            } else {
                ring.wake();
            }
        }

        @Override
        public void detach(final long firstAddress) {
            final int cookie = byCookie.indexOf(firstAddress) + 1;
            if (file.answers().stream().noneMatch(answer -> answer.cookie() == cookie)) {
                file.refuse(cookie);
            }
        }

        @Override
        public List<Long> answered() {
            return file.answers().stream().map(answer -> byCookie.get(answer.cookie() - 1)).toList();
        }
    }

    /** Room for everything, posted reads park. */
    @Nested
    class Roomy extends DesignContract {

        @Override
        Transport transport() {
            return new FakeTransport(64, 64, PostedRead.PARKS, 1 << 20);
        }
    }

    /** Every posted read wakes at every fault, and those that find nothing end with 0. */
    @Nested
    class Spurious extends DesignContract {

        @Override
        Transport transport() {
            return new FakeTransport(64, 64, PostedRead.RETRIES, 1 << 20).withSpuriousTurns(900);
        }
    }

    /** A submission queue of one and a completion queue of two, writes cut short. */
    @Nested
    class Tight extends DesignContract {

        @Override
        Transport transport() {
            return new FakeTransport(1, 2, PostedRead.RETRIES, 1);
        }
    }

    /** Completions kept aside while the submission queue has room for a chain. */
    @Nested
    class Overflowing extends DesignContract {

        @Override
        Transport transport() {
            return new FakeTransport(4, 1, PostedRead.PARKS, 2);
        }
    }
}
