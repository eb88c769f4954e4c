/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.device.InvalidationHandling;
import org.faultring.hwmodel.device.InvalidationResponder;
import org.faultring.hwmodel.device.TranslationCache;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.pci.AtsCapability;
import org.faultring.hwmodel.pci.ConfigSpace;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.LinuxPciFunction;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.ring.counter.Tally;

/** A function with a cache behind an IOMMU, and what it was asked to forget. */
public final class CachingFunction implements InvalidateRequestPort {

    /** An invalidate request as it arrived. */
    public record Request(int pasid, long body) {}

    public final AtsCapability ats = new AtsCapability(32, 0);
    private final LinuxPciFunction software;
    private final TranslationCache cache;
    private final InvalidationResponder responder;
    private final List<Request> requests = new ArrayList<>();
    private boolean answersAtOnce;

    public CachingFunction(final Iommu iommu, final int requesterId, final Tally tally) {
        final ConfigSpace config = new ConfigSpace();
        config.add(ats);
        software = new LinuxPciFunction(config);
        software.enableAts(LinuxPciFunction.MIN_UNIT_SHIFT);
        cache = new TranslationCache(requesterId, iommu, 64);
        responder = new InvalidationResponder(requesterId, 0, 1, ats, cache, iommu, tally);
        iommu.connectDeviceTlb(requesterId, this);
    }

    /** Completes from within the request, without a duty cycle. */
    public CachingFunction answeringAtOnce() {
        answersAtOnce = true;
        return this;
    }

    public void handle(final InvalidationHandling handling) {
        responder.handle(handling);
    }

    /** Software switches ATS off. */
    public void disableAts() {
        software.disableAts();
    }

    @Override
    public void invalidateRequest(final int tag, final int pasid, final long body) {
        requests.add(new Request(pasid, body));
        responder.invalidateRequest(tag, pasid, body);
        if (answersAtOnce) {
            responder.doWork();
        }
    }

    /** Complete what waits. */
    public int doWork() {
        return responder.doWork();
    }

    /** Whether it can write to a page, from its cache or by asking. */
    public boolean reaches(final int prefix, final long page) {
        return !TranslationCompletionEntry.isMissing(cache.translate(prefix, page, true));
    }

    /** Requests since the last call. */
    public List<Request> takeRequests() {
        final List<Request> all = List.copyOf(requests);
        requests.clear();
        return all;
    }
}
