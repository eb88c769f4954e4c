/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE /* strerrorname_np */
#include "lines.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

void line(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("faultring ", stdout);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
    fflush(stdout);
    tcdrain(STDOUT_FILENO);
}

void cannot_run(const char *what) {
    line("error %s: %s", what, strerrorname_np(errno));
    exit(CANNOT_RUN);
}
