/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The kernel's generic page fault layer: {@link org.faultring.ring.kernel.FaultReporter} groups and routes what a
 * driver reports, a fault object ({@link org.faultring.ring.kernel.LinuxFaultObject} as Linux has it,
 * {@link org.faultring.ring.kernel.BoundedFaultObject} as it could be) queues it for user space, and
 * {@link org.faultring.ring.kernel.PageResponder} takes the answers back to the driver.
 *
 * <p>The source for behaviour is Linux 7.2: drivers/iommu/io-pgfault.c and drivers/iommu/iommufd/eventq.c.
 */
package org.faultring.ring.kernel;
