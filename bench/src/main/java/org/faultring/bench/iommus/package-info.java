/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The cost of one request on its way through an emulated IOMMU and its driver and back, on one thread, for
 * {@link org.faultring.bench.jmh.IommuRoundTrip}; and that of one fault through the kernel layer above it, for
 * {@link org.faultring.bench.jmh.FaultObjectRoundTrip}.
 */
package org.faultring.bench.iommus;
