/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.List;

/** A group as the watchers follow it, from its arrival at a fault object to the response. */
final class MirrorGroup {

    /** Where a group is. */
    enum Place {
        /** In the fault object, not read. */
        UNREAD,
        /** Read, not answered; it has a cookie. */
        READ,
        /** Answered by user space or for it; the driver has not been told. */
        ANSWERED,
        /** The driver has been told. */
        DONE
    }

    private final int device;
    private final int groupIndex;
    private final int attachment;
    private final List<MirrorRecord> records;
    private Place place = Place.UNREAD;
    private int cookie;
    private int code;
    private boolean isExpired;

    /** A group that arrives; the cookie is the one in the ring, which Linux's objects do not show. */
    MirrorGroup(final int device, final int groupIndex, final int attachment, final int cookie,
            final List<MirrorRecord> records) {
        this.device = device;
        this.groupIndex = groupIndex;
        this.attachment = attachment;
        this.cookie = cookie;
        this.records = List.copyOf(records);
    }

    boolean is(final int ofDevice, final int ofGroupIndex) {
        return device == ofDevice && groupIndex == ofGroupIndex;
    }

    int device() {
        return device;
    }

    int groupIndex() {
        return groupIndex;
    }

    int attachment() {
        return attachment;
    }

    List<MirrorRecord> records() {
        return records;
    }

    MirrorRecord last() {
        return records.get(records.size() - 1);
    }

    Place place() {
        return place;
    }

    int cookie() {
        return cookie;
    }

    int code() {
        return code;
    }

    void read(final int newCookie) {
        place = Place.READ;
        cookie = newCookie;
    }

    /** Taken from a ring, under the cookie that it has. */
    void take() {
        place = Place.READ;
    }

    /** Its handler is too late. */
    void expire() {
        isExpired = true;
    }

    boolean isExpired() {
        return isExpired;
    }

    void answer(final int newCode) {
        place = Place.ANSWERED;
        code = newCode;
    }

    void done() {
        place = Place.DONE;
    }

    @Override
    public String toString() {
        return "device=" + device + " group=" + groupIndex + " pasid=" + last().pasid() + " attachment=" + attachment
                + " length=" + records.size() + " " + place + (place == Place.READ ? " cookie=" + cookie : "");
    }
}
