/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** PCIe functions that raise page requests: {@link org.faultring.hwmodel.device.EndpointDevice}. */
package org.faultring.hwmodel.device;
