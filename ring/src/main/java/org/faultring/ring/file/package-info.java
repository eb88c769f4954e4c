/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a delivery sees of the system it runs on: files that deliver faults, and the things one can wait on. The model
 * and real Linux implement the same interfaces.
 */
package org.faultring.ring.file;
