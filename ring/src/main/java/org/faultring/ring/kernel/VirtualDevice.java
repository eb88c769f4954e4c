/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * A device as the guest of a virtual IOMMU knows it.
 *
 * @param device    number of the device
 * @param virtualId number that the guest's IOMMU knows it by, 64 bits
 */
public record VirtualDevice(int device, long virtualId) {}
