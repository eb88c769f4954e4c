/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.HashMap;
import java.util.Map;

import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;

/**
 * Loses an answer when asked to: the last one of a reader's next write, which the reader believes to be given; or the
 * next answer that the IOMMU sends to a function. Other hooks lie behind these.
 */
final class LostAnswers extends ForwardingHooks {

    private final Map<Integer, LossyFile> files = new HashMap<>();
    private final Map<Integer, LossyLink> links = new HashMap<>();

    LostAnswers(final PathHooks behind) {
        super(behind);
    }

    /** Whether answers to a device can be lost on the way to it. */
    boolean hasLink(final int device) {
        return links.containsKey(device);
    }

    void loseOnLink(final int device) {
        links.get(device).toLose = true;
    }

    /** Whether a fault object has a file. */
    boolean hasFile(final int object) {
        return files.containsKey(object);
    }

    void loseInFile(final int object) {
        files.get(object).toLose = true;
    }

    @Override
    public FaultFile file(final int object, final FaultFile file) {
        final LossyFile lossy = new LossyFile(super.file(object, file));
        files.put(object, lossy);
        return lossy;
    }

    @Override
    public PageGroupResponsePort answers(final int device, final PageGroupResponsePort function) {
        final LossyLink link = new LossyLink(super.answers(device, function));
        links.put(device, link);
        return link;
    }

    private static final class LossyLink implements PageGroupResponsePort {

        private final PageGroupResponsePort function;
        private boolean toLose;

        private LossyLink(final PageGroupResponsePort function) {
            this.function = function;
        }

        @Override
        public void pageGroupResponse(final int pasid, final long message) {
            if (toLose) {
                toLose = false;
            } else {
                function.pageGroupResponse(pasid, message);
            }
        }
    }

    private static final class LossyFile extends ForwardingFaultFile {

        private boolean toLose;

        private LossyFile(final FaultFile file) {
            super(file);
        }

        @Override
        public int write(final int buffer, final int offset, final int length) {
            if (!toLose || length < PageResponseFlyweight.LENGTH_BYTES) {
                return super.write(buffer, offset, length);
            }
            toLose = false;
            final int kept = length - PageResponseFlyweight.LENGTH_BYTES;
            final int written = kept == 0 ? 0 : super.write(buffer, offset, kept);
            return written == kept ? length : written;
        }
    }
}
