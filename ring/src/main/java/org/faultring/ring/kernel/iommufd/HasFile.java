/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.FaultFile;

/** An object that comes with a file. */
interface HasFile {

    /** The one file there will ever be on it. */
    FaultFile file();
}
