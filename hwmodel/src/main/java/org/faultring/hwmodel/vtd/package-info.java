/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Intel VT-d.
 *
 * <ul>
 * <li>Records: {@link org.faultring.hwmodel.vtd.PageRequestDescriptor}, {@link org.faultring.hwmodel.vtd.FaultRecord},
 * {@link org.faultring.hwmodel.vtd.InvalidationDescriptor} and those it points to; as data, all of them in
 * {@link org.faultring.hwmodel.vtd.VtdRecords}.</li>
 * <li>Registers: {@link org.faultring.hwmodel.vtd.VtdRegisters}.</li>
 * <li>The IOMMU: {@link org.faultring.hwmodel.vtd.VtdIommu}.</li>
 * <li>The driver Linux has for it: {@link org.faultring.hwmodel.vtd.VtdDriver}.</li>
 * </ul>
 */
package org.faultring.hwmodel.vtd;
