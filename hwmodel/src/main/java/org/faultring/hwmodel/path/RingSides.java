/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.delivery.CommitAndFetchDelivery;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.MultishotDelivery;
import org.faultring.ring.delivery.PollThenReadDelivery;
import org.faultring.ring.delivery.PostedReadDelivery;
import org.faultring.ring.delivery.RingSettings;
import org.faultring.ring.delivery.Sample2023Delivery;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.ModelIoRing;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.WakingFile;

/**
 * The designs over a completion ring. The file is Linux 7.2's, opened as the design needs it.
 */
final class RingSides {

    private static final int RING_ENTRIES = 64;
    /** The sample would go round for ever; this shows it, and ends. */
    private static final int SAMPLE_ROUNDS = 64;

    private RingSides() {}

    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number,
            final UserSide.Parts parts, final PathHooks hooks) {
        final LinuxFaultObject object = new LinuxFaultObject(shape.objectDepth(), shape.maxGroups(),
                shape(config.design()));
        final WakingFile file = WokenFile.of(hooks.file(number, object), object.wakes());
        final IoRing ring = new ServedIoRing(new ModelIoRing(RING_ENTRIES, parts.userTally()));
        return new UserSide(hooks.sink(number, object.sink()), null,
                new PageResponder(object.responses(), parts.groups(), parts.port(), parts.stages(), parts.clock(),
                        parts.kernelTally())::doWork,
                hooks.reader(number, file, parts.handler(), () -> delivery(config, ring, file, parts.context())),
                hooks.object(number, object), file);
    }

    private static FileShape shape(final DeliveryDesign design) {
        return switch (design) {
            case POLL_THEN_READ, MULTISHOT -> FileShape.IOMMUFD_FAULT.nonblocking();
            // A file that had such a command would have a read that can be asked not to wait.
            case COMMIT_AND_FETCH -> FileShape.IOMMUFD_FAULT_NOWAIT;
            default -> FileShape.IOMMUFD_FAULT;
        };
    }

    private static Delivery delivery(final FaultPathConfig config, final IoRing ring, final FaultFile file,
            final HandlerContext context) {
        final RingSettings settings = RingSettings.of(config.batch(), FaultPathConfig.READS_AHEAD);
        return switch (config.design()) {
            case SAMPLE_2023 -> new Sample2023Delivery(ring, file, SAMPLE_ROUNDS, context);
            case POLL_THEN_READ -> new PollThenReadDelivery(ring, file, RingSettings.of(config.batch(), 1), context);
            case MULTISHOT -> new MultishotDelivery(ring, file, settings.withReadFlags(IoRing.ASYNC), context);
            case COMMIT_AND_FETCH -> new CommitAndFetchDelivery(ring, file, settings, context);
            default -> new PostedReadDelivery(ring, file, settings, context);
        };
    }
}
