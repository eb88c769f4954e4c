/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.List;

import org.faultring.hwmodel.path.PathControls;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.DomainPort;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.ForwardingFaultObject;
import org.faultring.ring.kernel.IommuDomain;

/** Watches changes of attachments: one that fails must have changed nothing and answer nothing. */
final class ChangeWatch {

    private final Watch watch;
    private final List<Mirror> mirrors;
    private PathControls controls;
    private boolean hasAnswered;
    private boolean isRefused;
    private int refusedDevice;
    private int refusedPasid;
    private int refusedAttachment;

    ChangeWatch(final Watch watch, final List<Mirror> mirrors) {
        this.watch = watch;
        this.mirrors = mirrors;
    }

    void controls(final PathControls newControls) {
        controls = newControls;
        newControls.whenChanged(this::ended);
    }

    private void ended(final int result) {
        watch.event(() -> "change ended " + (result < 0 ? "-" + Errno.name(-result) : Integer.toString(result)));
        watch.reachIf(RareState.ATTACHED_TWICE, result == -Errno.EBUSY);
        watch.reachIf(RareState.REPLACED_NOTHING, result == -Errno.EINVAL);
        watch.reachIf(RareState.CHANGE_REFUSED, isRefused);
        watch.check(Invariant.FAILED_CHANGE, result >= 0 || !hasAnswered,
                () -> "a change failed with " + Errno.name(-result) + " and answered groups");
        watch.check(Invariant.FAILED_CHANGE,
                !isRefused || result < 0
                        && controls.attachmentOf(refusedDevice, refusedPasid) == refusedAttachment,
                () -> "the driver refused device=" + refusedDevice + " pasid=" + refusedPasid + " at attachment="
                        + refusedAttachment + ", now " + controls.attachmentOf(refusedDevice, refusedPasid)
                        + " result=" + result);
        hasAnswered = false;
        isRefused = false;
    }

    DomainPort domains(final DomainPort driver) {
        return (device, pasid, domain) -> {
            final int result = driver.attach(device, pasid, domain);
            watch.event(() -> (domain == null ? "detach" : "attach") + " device=" + device + " pasid=" + pasid + " -> "
                    + (result < 0 ? "-" + Errno.name(-result) : "0"));
            if (result < 0) {
                isRefused = true;
                refusedDevice = device;
                refusedPasid = pasid;
                refusedAttachment = controls.attachmentOf(device, pasid);
            } else {
                reach(controls.attachmentOf(device, pasid), domain);
            }
            return result;
        };
    }

    private void reach(final int attachment, final IommuDomain domain) {
        if (attachment == AttachTable.NONE) {
            return;
        }
        final boolean hasUnread = has(attachment, MirrorGroup.Place.UNREAD);
        final boolean hasRead = has(attachment, MirrorGroup.Place.READ);
        watch.reachIf(domain == null ? RareState.DETACH_WITH_UNREAD : RareState.REPLACE_WITH_UNREAD, hasUnread);
        watch.reachIf(domain == null ? RareState.DETACH_WITH_READ : RareState.REPLACE_WITH_READ, hasRead);
    }

    private boolean has(final int attachment, final MirrorGroup.Place place) {
        return mirrors.stream().flatMap(mirror -> mirror.ofAttachment(attachment).stream())
                .anyMatch(group -> group.place() == place);
    }

    FaultObject object(final FaultObject object) {
        return new ForwardingFaultObject(object) {

            @Override
            public int autoRespond(final int attachment) {
                final int answered = super.autoRespond(attachment);
                hasAnswered |= answered > 0;
                return answered;
            }
        };
    }
}
