/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.List;

import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;

/** The readers of several fault objects as one agent: one duty cycle of each. */
final class UserWorld implements Delivery {

    private final Delivery[] readers;
    private final Wait spin = Wait.spin();

    private UserWorld(final List<Delivery> readers) {
        this.readers = readers.toArray(Delivery[]::new);
    }

    /** One reader is its own world. */
    static Delivery of(final List<Delivery> readers) {
        return readers.size() == 1 ? readers.get(0) : new UserWorld(readers);
    }

    @Override
    public int doWork() throws Exception {
        int work = 0;
        for (final Delivery reader : readers) {
            final int done = reader.doWork();
            if (done == 0) {
                reader.waitingOn().begin();
            }
            work += done;
        }
        return work;
    }

    /** No one thing to wait on. */
    @Override
    public Wait waitingOn() {
        return spin;
    }

    @Override
    public String roleName() {
        return "user";
    }
}
