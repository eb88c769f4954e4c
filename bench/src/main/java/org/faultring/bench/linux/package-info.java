/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The real kernel, through {@code java.lang.foreign}: {@code /dev/iommu} as {@link org.faultring.ring.file.Iommufd},
 * its files as {@link org.faultring.ring.file.FaultFile}. Nothing here is compiled for a platform and no library is
 * bound; a virtual machine that uses it runs with the arguments of {@code config/jvm.args}, or from
 * {@code faultring.jar}, whose manifest has the one that is needed. {@link org.faultring.bench.linux.IommuAvailability}
 * says whether this machine has what it takes.
 */
package org.faultring.bench.linux;
