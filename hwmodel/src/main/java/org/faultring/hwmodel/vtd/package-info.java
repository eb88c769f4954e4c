/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Intel VT-d: records, registers, the IOMMU ({@link org.faultring.hwmodel.vtd.VtdIommu}) and the driver Linux has for
 * it ({@link org.faultring.hwmodel.vtd.VtdDriver}).
 */
package org.faultring.hwmodel.vtd;
