/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import java.util.SplittableRandom;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Page requests that nobody asked for: any page, canonical or not, any prefix or none, any group, last or not. All of
 * them ask for access, so that each is a request and none a stop marker. Hardware world; allocates nothing.
 */
final class RequestFlood {

    /** PASID, execute and privileged. */
    private static final int PREFIX_BITS = 22;

    private final PageRequestPort port;
    private final int requesterId;
    private final int perTurn;
    private final SplittableRandom random;
    private final Tally tally;

    RequestFlood(final PageRequestPort port, final int requesterId, final int perTurn, final long seed,
            final Tally tally) {
        this.port = port;
        this.requesterId = requesterId;
        this.perTurn = perTurn;
        this.random = new SplittableRandom(seed);
        this.tally = tally;
    }

    int doWork() {
        for (int i = 0; i < perTurn; i++) {
            tally.increment(Counter.ROGUE_REQUESTS);
            final long bits = random.nextLong();
            final int prefix = (bits & 7) == 0 ? PasidPrefix.NONE : (int) (bits >>> Long.SIZE - PREFIX_BITS);
            port.pageRequest(requesterId, prefix, address(random.nextLong()) | access(bits));
        }
        return perTurn;
    }

    /** Mostly addresses of user space, now and then any. */
    private static long address(final long bits) {
        return ((bits & 7) == 0 ? bits : bits >>> 17) & PageRequestMessage.ADDRESS_MASK;
    }

    /** Group index, last, and read or write or both. */
    private static long access(final long bits) {
        final long any = bits >>> 3 & (1 << 12) - 1;
        final long access = any & (PageRequestMessage.READ | PageRequestMessage.WRITE);
        return access == 0 ? any | PageRequestMessage.READ : any;
    }
}
