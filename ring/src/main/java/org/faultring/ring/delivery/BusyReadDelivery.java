/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;

/**
 * The design {@code busy-read}: read without waiting, handle what came, write its answers, read again. A read of the
 * fault file never blocks, so this is allowed; each try costs a system call.
 *
 * <p>Waits on: nothing. Copies: each record once, from the file to the buffer; each answer once. Faults come in the
 * file's order.
 */
public final class BusyReadDelivery extends FileDelivery {

    private final Wait spin = Wait.spin();

    /**
     * A delivery over a file.
     *
     * @param file            to read and write; a {@link org.faultring.ring.file.LockedFaultFile} if several threads
     *                        read it
     * @param recordsPerRead  records asked for by a read, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}
     * @param answersPerWrite answers given by a write at most, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}
     * @param context         what handles faults
     */
    public BusyReadDelivery(final FaultFile file, final int recordsPerRead, final int answersPerWrite,
            final HandlerContext context) {
        super(file, recordsPerRead, answersPerWrite, context);
    }

    @Override
    public Wait waitingOn() {
        return spin;
    }

    @Override
    public String roleName() {
        return "busy-read";
    }
}
