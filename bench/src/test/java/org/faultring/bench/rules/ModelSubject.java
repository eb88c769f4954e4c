/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.nio.ByteBuffer;
import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.FileShape.Opened;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevices;
import org.faultring.ring.kernel.iommufd.IommufdLimits;
import org.faultring.ring.kernel.iommufd.MockAnswer;
import org.faultring.ring.kernel.iommufd.ModelIommufd;

/** The model. */
final class ModelSubject implements Subject {

    private final ModelIommufd model;
    private long answersTold;

    ModelSubject(final Opened opened) {
        model = new ModelIommufd(IommufdLimits.DEFAULT, opened == Opened.NONBLOCKING
                ? FileShape.IOMMUFD_FAULT.nonblocking()
                : FileShape.IOMMUFD_FAULT);
    }

    @Override
    public Iommufd iommufd() {
        return model;
    }

    @Override
    public MockDevices mocks() {
        return model;
    }

    /** A buffer that ends: what lies behind it cannot be copied to or from. */
    @Override
    public HalfMemory registerHalf(final FaultFile file, final int usableBytes) {
        final ByteBuffer buffer = RingMemory.allocate(usableBytes);
        return new HalfMemory(file.register(buffer), 0, buffer);
    }

    @Override
    public PageRequests requests() {
        return new PageRequests() {

            @Override
            public void report(final int deviceId, final int pasid, final int groupIndex, final int permissions,
                    final long address, final boolean isLast) {
                final int flags = (pasid == 0 ? 0 : PageFaultFlyweight.PASID_VALID)
                        | (isLast ? PageFaultFlyweight.LAST_PAGE : 0);
                model.pageRequest(deviceId, flags, pasid, groupIndex, permissions, address);
            }

            @Override
            public List<Answer> answers() {
                final List<MockAnswer> all = model.answers();
                final int fresh = (int) (model.answerCount() - answersTold);
                answersTold = model.answerCount();
                return all.subList(all.size() - fresh, all.size()).stream()
                        .map(answer -> new Answer(answer.pasid(), answer.groupIndex(), answer.code())).toList();
            }
        };
    }

    @Override
    public RulesRing ring(final FaultFile file, final RingMode mode, final int entries) {
        return new ModelRulesRing(entries);
    }

    @Override
    public String explain(final int result) {
        return result < 0 ? Errno.name(-result) : "";
    }

    @Override
    public void close() {
        model.close();
    }
}
