/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * One assembled path, the thing to embed: {@link org.faultring.hwmodel.path.FaultPath}.
 */
package org.faultring.hwmodel.path;
