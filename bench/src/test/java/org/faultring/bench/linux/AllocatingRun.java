/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.faultring.ring.file.CompletionHandler;

/** A process that runs requests on one kind of ring and prints what they allocated, see {@link HeapUse}. */
final class AllocatingRun {

    private static final int CALLS = 10_000;

    private AllocatingRun() {}

    public static void main(final String[] arguments) {
        final IoUringSettings settings = IoUringTest.kinds().toList().get(Integer.parseInt(arguments[0]));
        try (IoUring ring = new IoUring(settings); TestPipe pipe = new TestPipe(0)) {
            final int file = ring.registerFile(pipe);
            final int buffer =
                    ring.registerBuffer(ByteBuffer.allocateDirect(1024).order(ByteOrder.LITTLE_ENDIAN));
            final int[] one = {1};
            final CompletionHandler nobody = (userData, result, flags) -> {};
            final long bytes = HeapUse.fewestBytes(CALLS, () -> {
                while (!ring.prepareWrite(file, buffer, 0, 1, 0, 1)
                        || !ring.prepareCommitAndFetch(file, buffer, 0, 1, 0, 1, 2)) {
                    ring.submit();
                }
                ring.submit();
                pipe.send(one);
                while (ring.forEachCompletion(nobody, 8) == 0) {
                    ring.enter(1, 1_000_000);
                }
                pipe.receive();
                pipe.receive();
            });
            System.out.println("allocated " + bytes);
        }
    }
}
