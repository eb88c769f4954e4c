/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import org.faultring.hwmodel.path.PathControls;

/** What is attached, as a watcher asks for it. */
interface Attached {

    /** What a path has. */
    static Attached of(final PathControls controls) {
        return new Attached() {

            @Override
            public int attachmentOf(final int device, final int pasid) {
                return controls.attachmentOf(device, pasid);
            }

            @Override
            public int objectOf(final int device, final int pasid) {
                return controls.objectOf(device, pasid);
            }

            @Override
            public boolean isChanging() {
                return controls.isChanging();
            }

            @Override
            public boolean hasHandlers(final int device) {
                return controls.hasHandlers(device);
            }
        };
    }

    /** See {@link PathControls#attachmentOf}. */
    int attachmentOf(int device, int pasid);

    /** See {@link PathControls#objectOf}. */
    int objectOf(int device, int pasid);

    /** See {@link PathControls#isChanging}. */
    boolean isChanging();

    /** See {@link PathControls#hasHandlers}. */
    boolean hasHandlers(int device);
}
