/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

/** Told of each disturbance when it strikes. */
@FunctionalInterface
public interface DisturbanceListener {

    /** Nobody listens. */
    DisturbanceListener NONE = (disturbance, object, device, pasid) -> {
    };

    /**
     * It strikes now.
     *
     * @param disturbance kind
     * @param object      number of the fault object, -1 if none is meant
     * @param device      number of the device, -1 if none is meant
     * @param pasid       of the workload, -1 if none is meant
     */
    void onDisturbance(Disturbance disturbance, int object, int device, int pasid);
}
