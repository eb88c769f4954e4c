/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What goes over PCIe: page request and response messages, and the Page Request Interface capability with its credits
 * and group indexes.
 */
package org.faultring.hwmodel.pci;
