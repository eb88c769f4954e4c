/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.kernel.RecordingPort.Answer;

/** A {@link LinuxFaultObject} with the whole kernel layer below it and its user above. */
final class ServedFile {

    final Kernel kernel;
    final LinuxFaultObject object;
    final IommuDomain domain;
    final PageResponder responder;
    final FileUser user;

    ServedFile(final int groups, final int ring, final int devices) {
        kernel = new Kernel(groups, 4 * groups, devices);
        object = new LinuxFaultObject(ring, groups);
        domain = IommuDomain.paging(object.sink());
        responder = kernel.responder(object.responses());
        user = new FileUser(object);
    }

    int attach(final int device, final int pasid) {
        return kernel.attachments.attach(device, pasid, domain);
    }

    /** Reports a group; PASID 0 means none. */
    void report(final int device, final int pasid, final int groupIndex, final int length) {
        for (int i = 0; i < length; i++) {
            assertEquals(FaultReporter.OK, kernel.report(device, flags(pasid, i == length - 1), pasid, groupIndex, i));
        }
    }

    private static int flags(final int pasid, final boolean last) {
        return (pasid > 0 ? Kernel.PASID : 0) | (last ? Kernel.LAST : 0);
    }

    /** What {@link #report} makes of it. */
    static FileUser.Group group(final int cookie, final int device, final int pasid, final int groupIndex,
            final int length) {
        final List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            faults.add(new Fault(flags(pasid, i == length - 1), device + 1, pasid, groupIndex, Kernel.READ, i));
        }
        return new FileUser.Group(cookie, faults);
    }

    static Answer answer(final int device, final int pasid, final int groupIndex, final int code) {
        return new Answer(device, flags(pasid, true), pasid, groupIndex, code);
    }

    /** Takes all answers to the devices; those since the last look. */
    List<Answer> answered() {
        while (responder.doWork() > 0) {
            continue;
        }
        final List<Answer> answers = kernel.port.answers();
        kernel.port.forget();
        return answers;
    }
}
