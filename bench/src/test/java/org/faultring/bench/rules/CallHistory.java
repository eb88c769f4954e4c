/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.faultring.ring.file.Iommufd;

/**
 * Random calls on one {@code /dev/iommu}, drawn from a seed and from what earlier calls returned, and a transcript of
 * them: the same for a seed on everything that behaves the same.
 *
 * <p>Most arguments are such that the call can do something, some are silly. Left out is what Linux 7.2 does not
 * survive: that a mock device is destroyed while a PASID of it is attached (an answer to a fault of that PASID is then
 * an oops in {@code iommufd_fault_fops_write}).
 */
final class CallHistory {

    private final Random random;
    private final Transcript transcript = new Transcript();
    private final HistoryObjects objects;
    private final HistoryObjectCalls objectCalls;
    private final HistoryDeviceCalls deviceCalls;
    private final HistoryFileCalls fileCalls;
    private final Iommufd iommufd;

    CallHistory(final long seed, final Subject subject) {
        random = new Random(seed);
        iommufd = subject.iommufd();
        objects = new HistoryObjects(random);
        deviceCalls = new HistoryDeviceCalls(random, objects, subject.mocks(), transcript);
        objectCalls = new HistoryObjectCalls(random, objects, iommufd, deviceCalls, transcript);
        fileCalls = new HistoryFileCalls(random, objects, subject, transcript);
    }

    /** Makes so many calls or a few more, closes everything, and tells what happened, a line for each call. */
    List<String> run(final int calls) {
        while (transcript.calls() < calls) {
            call();
        }
        deviceCalls.detachAllPasids();
        iommufd.close();
        transcript.add("close()", 0);
        transcript.add("ioasAlloc()", iommufd.ioasAlloc());
        for (int i = 0; i < 20; i++) {
            fileCalls.call();
        }
        fileCalls.closeAll();
        return new ArrayList<>(transcript.lines());
    }

    private void call() {
        final int what = random.nextInt(100);
        if (what < 30 || objects.devices().isEmpty()) {
            objectCalls.call();
        } else if (what < 66) {
            deviceCalls.call();
        } else {
            fileCalls.call();
        }
    }
}
