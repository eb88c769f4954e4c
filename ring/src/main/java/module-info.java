/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Rings that carry page faults and their answers, the kernel's generic layer, and the ways to deliver a fault. */
module org.faultring.ring {
    requires transitive com.lmax.disruptor;
    requires transitive org.agrona;

    exports org.faultring.ring;
    exports org.faultring.ring.counter;
    exports org.faultring.ring.delivery;
    exports org.faultring.ring.file;
    exports org.faultring.ring.kernel;
    exports org.faultring.ring.kernel.iommufd;
    exports org.faultring.ring.queue;
}
