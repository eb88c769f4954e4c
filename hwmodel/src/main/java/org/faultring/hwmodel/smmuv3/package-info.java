/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Arm SMMUv3: records, registers, the SMMU ({@link org.faultring.hwmodel.smmuv3.Smmuv3Iommu}), the driver Linux has for
 * it ({@link org.faultring.hwmodel.smmuv3.Smmuv3Driver}), and one by the specification for page requests
 * ({@link org.faultring.hwmodel.smmuv3.Smmuv3PriDriver}).
 */
package org.faultring.hwmodel.smmuv3;
