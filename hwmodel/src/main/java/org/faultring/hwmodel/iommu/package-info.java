/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the IOMMUs of all vendors share: registers behind a bus, memory reached by physical address, interrupt lines,
 * and the two roles, {@link org.faultring.hwmodel.iommu.Iommu} for the hardware and
 * {@link org.faultring.hwmodel.iommu.IommuDriver} for its driver. Masters that are not on PCIe reach an IOMMU that can
 * stall through {@link org.faultring.hwmodel.iommu.TransactionPort}.
 */
package org.faultring.hwmodel.iommu;
