/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The objects behind {@code /dev/iommu}, their numbers, who uses whom, and the mock devices of the kernel's self-test
 * (drivers/iommu/iommufd): {@link org.faultring.ring.kernel.iommufd.ModelIommufd} on top of the fault layer.
 */
package org.faultring.ring.kernel.iommufd;
