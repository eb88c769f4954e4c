/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What goes over PCIe: the messages of the Page Request Interface and of Address Translation Services, configuration
 * space with the capabilities that govern them, credits, group indexes and invalidation tags, and what Linux's PCI core
 * does with all that ({@link org.faultring.hwmodel.pci.LinuxPciFunction}).
 */
package org.faultring.hwmodel.pci;
