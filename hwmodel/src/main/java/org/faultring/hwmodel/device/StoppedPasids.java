/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.ring.Checks;

/** PASIDs of the workload that are used no longer, and their stop markers on the way. Hardware world. */
final class StoppedPasids {

    private final int firstPasid;
    private final boolean[] stopped;
    private final int[] markers;
    private int markerCount;
    private boolean any;

    StoppedPasids(final int firstPasid, final int pasids) {
        this.firstPasid = firstPasid;
        stopped = new boolean[pasids];
        markers = new int[pasids];
    }

    /** Use a PASID no longer; its marker is to be sent once. */
    void stop(final int pasid) {
        Checks.range("pasid", pasid, firstPasid, firstPasid + stopped.length - 1);
        if (!stopped[pasid - firstPasid]) {
            stopped[pasid - firstPasid] = true;
            any = true;
            markers[markerCount++] = pasid;
        }
    }

    boolean isStopped(final int pasid) {
        return any && stopped[pasid - firstPasid];
    }

    boolean hasMarkers() {
        return markerCount > 0;
    }

    /** PASID of a marker that is to be sent now. */
    int takeMarker() {
        return markers[--markerCount];
    }

    /** Markers that were not sent never will be: nobody waits for them after a reset. */
    void forgetMarkers() {
        markerCount = 0;
    }
}
