/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The fields of raw records as data: {@link org.faultring.hwmodel.layout.RecordField} says where a field lies,
 * {@link org.faultring.hwmodel.layout.RecordLayout} holds the fields of one record, and
 * {@link org.faultring.hwmodel.layout.RecordFamily} the records that one queue may hold. For tools that show or make
 * records; hot paths have static functions of their own, which tests hold against these tables.
 */
package org.faultring.hwmodel.layout;
