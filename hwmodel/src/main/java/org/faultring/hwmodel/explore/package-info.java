/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Random paths in virtual time against the rules of Linux: {@link org.faultring.hwmodel.explore.Exploration} runs a
 * seed, watchers foretell each call and compare, {@link org.faultring.hwmodel.explore.Census} counts the rare states.
 */
package org.faultring.hwmodel.explore;
