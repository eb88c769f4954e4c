/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FAULTRING_LINES_H
#define FAULTRING_LINES_H

/* How the process ends. */
enum { ENDED_WELL = 0, WRONG_RESULT = 1, CANNOT_RUN = 3 };

/*
 * One line on the standard output: "faultring " and the text. Waits until the console has sent it, so that its
 * interrupts fall into nothing that is measured.
 */
void line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line that says what failed, with errno's text; ends the process. */
void cannot_run(const char *what) __attribute__((noreturn));

#endif
