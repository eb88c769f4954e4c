/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Raw records of the modelled hardware as people meet them: hex words, memory dumps, lines of the kernel's log and of
 * its trace events on one side, fields by name on the other. What fields there are is in
 * {@link org.faultring.hwmodel.layout}.
 */
package org.faultring.bench.records;
