/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The real kernel, through {@code java.lang.foreign}: {@code /dev/iommu} as {@link org.faultring.ring.file.Iommufd},
 * its files as {@link org.faultring.ring.file.FaultFile}, io_uring as {@link org.faultring.ring.file.IoRing}, and a
 * {@link org.faultring.bench.linux.LinuxHost} that waits by system calls for what a delivery says. Nothing here is
 * compiled for a platform and no library is bound; a virtual machine that uses it runs with the arguments of
 * {@code config/jvm.args}, or from {@code faultring.jar}, whose manifest has the one that is needed.
 * {@link org.faultring.bench.linux.IommuAvailability} and {@link org.faultring.bench.linux.IoUringAvailability} say
 * whether this machine has what it takes.
 */
package org.faultring.bench.linux;
