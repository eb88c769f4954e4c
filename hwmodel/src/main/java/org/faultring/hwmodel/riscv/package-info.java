/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * RISC-V IOMMU: records, registers, the IOMMU ({@link org.faultring.hwmodel.riscv.RiscvIommu}), a driver for its page
 * requests by the specification, since Linux has none ({@link org.faultring.hwmodel.riscv.RiscvDriver}), and the fault
 * queue's driver as Linux has it ({@link org.faultring.hwmodel.riscv.RiscvFaultDriver}).
 */
package org.faultring.hwmodel.riscv;
