/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The cost of each delivery design on the fault fd of a real iommufd, in instructions: a C client is compiled, run in a
 * machine that counts instructions, and its lines are read. {@code docs/instructions.md} says what is counted from
 * where to where.
 */
package org.faultring.bench.instructions;
