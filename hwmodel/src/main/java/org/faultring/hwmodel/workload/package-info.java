/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What a device asks for: the page faults of a real program, read from a recording and cut into page request groups.
 *
 * <p>A device that shares a process's address space (SVA) touches the pages the process would touch. Addresses, kinds
 * of access and order can therefore be taken from the processor's own faults, which anyone can record on x86-64 Linux
 * without special hardware:
 *
 * <pre>
 *   perf record -e exceptions:page_fault_user -c 1 -o t.data -- PROGRAM
 *   perf script -i t.data --ns -F comm,pid,tid,cpu,time,event,trace | gzip &gt; t.txt.gz
 * </pre>
 *
 * <p>and read with
 *
 * <pre>{@code
 *   FaultTrace trace = PerfScriptReader.strict().read(Path.of("t.txt.gz"));
 *   Workload workload = Workload.of(trace, GroupingRule.DEFAULT);
 *   for (int g = 0; g < workload.groups(); g++) {
 *       for (int f = workload.groupStart(g); f < workload.groupStart(g + 1); f++) {
 *           raise(workload.pasid(f), workload.pageAddress(f), workload.access(f));
 *       }
 *   }
 * }</pre>
 *
 * <p>{@link org.faultring.hwmodel.workload.PerfScriptReader#readBundled()} needs no recording.
 *
 * <p><b>What a recording is not.</b> It is no arrival process of a device queue. A thread waits for each of its faults,
 * so no thread ever has two outstanding, and the recorded times include the kernel's service. Arrival is a parameter of
 * a run; replaying the recorded times is one choice. It is no group structure either: a processor has no page request
 * groups, {@link org.faultring.hwmodel.workload.GroupingRule} makes them up from faults that came close together.
 * A fault on a huge page counts as one fault on the 4 KiB page that was touched.
 *
 * <p><b>Processes.</b> Every address space needs a PASID of its own. With {@code pid} among the fields, as above, the
 * processes are the recorded ones. Without it ({@code -F comm,tid,cpu,...}) they are inferred from address space layout
 * randomization, copy-on-write faults and program starts. This gives the right answer for shells, pipelines, builds
 * and programs with threads. It is wrong where randomization is off, where a program forks while it has threads or
 * starts threads in a forked child, and where recording began after the program did. A program that replaces itself
 * by {@code exec} stays one process in both cases.
 *
 * <p><b>Threads and errors.</b> Everything public here is immutable and may be shared between threads; nothing in here
 * starts a thread, waits, or reads a clock. The accessors of {@link org.faultring.hwmodel.workload.FaultTrace} and
 * {@link org.faultring.hwmodel.workload.Workload} allocate nothing. Bad input is a checked
 * {@link org.faultring.hwmodel.workload.TraceFormatException}, a bad parameter an {@link IllegalArgumentException};
 * both have messages that can be shown as they are.
 */
package org.faultring.hwmodel.workload;
