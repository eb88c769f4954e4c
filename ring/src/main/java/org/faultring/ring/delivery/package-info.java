/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * User space: one class for each way of getting faults and giving answers. Nothing here knows whether a model or a real
 * kernel is on the other side; no class of the kernel package is imported, a test sees to that.
 */
package org.faultring.ring.delivery;
