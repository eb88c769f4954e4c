/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * AMD IOMMU: records, registers, the IOMMU ({@link org.faultring.hwmodel.amd.AmdIommu}) and the driver Linux has for it
 * ({@link org.faultring.hwmodel.amd.AmdDriver}).
 */
package org.faultring.hwmodel.amd;
