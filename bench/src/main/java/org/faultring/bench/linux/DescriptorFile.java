/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.ring.file.FaultFile;

/** A file of this machine's kernel, which io_uring, poll and epoll can use by its descriptor. */
public interface DescriptorFile extends FaultFile {

    /**
     * The descriptor that is read, written and polled; owned by the file, which closes it.
     *
     * @return the number, -1 once the file is closed
     */
    int descriptor();

    /**
     * The descriptor that answers are written to, where that is another one.
     *
     * @return the number, -1 once the file is closed
     */
    default int answerDescriptor() {
        return descriptor();
    }
}
