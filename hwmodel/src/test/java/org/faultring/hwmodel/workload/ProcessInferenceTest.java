/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static org.faultring.hwmodel.workload.Recording.COPY_ON_WRITE;
import static org.faultring.hwmodel.workload.Recording.FETCH_ABSENT;
import static org.faultring.hwmodel.workload.Recording.READ_ABSENT;
import static org.faultring.hwmodel.workload.Recording.WRITE_ABSENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessInferenceTest {
    /** Mapping areas of unrelated programs, and a place at which all stacks meet. */
    private static final long LIBRARIES_A = 0x7f10_0000_0000L;
    private static final long LIBRARIES_B = 0x7f55_0000_0000L;
    private static final long STACKS = 0x7ffd_1000_0000L;
    private static final long FIXED = 0x40_0000L;

    private static int[] processes(Recording recording) throws IOException {
        final FaultTrace trace = recording.read();
        final int[] processes = new int[trace.size()];
        for (int i = 0; i < processes.length; i++) {
            processes[i] = trace.processIndex(i);
        }
        return processes;
    }

    private static int count(Recording recording) throws IOException {
        return recording.read().processCount();
    }

    private static int lastProcess(Recording recording) throws IOException {
        final int[] processes = processes(recording);
        return processes[processes.length - 1];
    }

    @Test
    void shouldTakeRecordedProcessIdsAsTheyAre() throws IOException {
        final int[] processes = processes(new Recording()
                .write("300/300", LIBRARIES_A)
                .write("200/200", LIBRARIES_A)
                .write("300/301", LIBRARIES_B)
                .write("200/201", LIBRARIES_B)
                .write("100/301", LIBRARIES_B));
        assertEquals("[0, 1, 0, 1, 2]", Arrays.toString(processes));
    }

    @Test
    void shouldRecogniseTheThreadsOfOneProgram() throws IOException {
        final Recording recording = new Recording()
                .faults("sh", "10", LIBRARIES_B, READ_ABSENT, 20)
                .faults("java", "20", LIBRARIES_A, WRITE_ABSENT, 30)
                .fault("java", "21", LIBRARIES_A + 0x100_0000, WRITE_ABSENT)
                .fault("GC Thread#0", "21", 0x3_0000_0000L, WRITE_ABSENT)
                .fault("C2 CompilerThre", "22", LIBRARIES_A + 0x200_0000, WRITE_ABSENT)
                .fault("VM Periodic Tas", "23", LIBRARIES_A + 0x300_0000, FETCH_ABSENT)
                .fault("[kworker/0:1]", "24", LIBRARIES_A + 0x3ff_f000, WRITE_ABSENT);
        final FaultTrace trace = recording.read();
        assertEquals(2, trace.processCount());
        assertEquals(6, trace.threadCount());
        assertEquals(1, lastProcess(recording));
    }

    @Test
    void shouldSeparateProgramsOfTheSameName() throws IOException {
        assertEquals(2, count(new Recording()
                .faults("sh", "10", LIBRARIES_A, WRITE_ABSENT, 20)
                .faults("sh", "11", LIBRARIES_B, WRITE_ABSENT, 20)));
    }

    @ParameterizedTest
    @CsvSource({
        "0x3fffffffe000, 0x3ffffffff000, 2, 'below the first region that counts'",
        "0x400000000000, 0x400003fff000, 1, 'the first region that counts'",
        "0x400000000000, 0x400004000000, 2, 'the next region'",
        "0x7ffbfc000000, 0x7ffbfffff000, 1, 'the last region that counts'",
        "0x7ffc00000000, 0x7ffc00001000, 2, 'behind the last region that counts'"
    })
    void shouldComparePlacesByRegion(String first, String second, int expected, String why) throws IOException {
        assertEquals(expected, count(new Recording()
                .fault("sh", "10", Long.decode(first), WRITE_ABSENT)
                .fault("rm", "11", Long.decode(second), WRITE_ABSENT)), why);
    }

    @Test
    void shouldNotTakeNeighbouringStacksForOneProgram() throws IOException {
        assertEquals(2, count(new Recording()
                .faults("sh", "10", LIBRARIES_A, WRITE_ABSENT, 20)
                .fault("sh", "10", STACKS, WRITE_ABSENT)
                .fault("rm", "11", STACKS + 0x1000, WRITE_ABSENT)
                .faults("rm", "11", LIBRARIES_B, WRITE_ABSENT, 20)));
    }

    @Test
    void shouldNotTakeKernelAddressesForAPlace() throws IOException {
        assertEquals(2, count(new Recording()
                .fault("a", "10", 0xffff_8000_0000_0000L, READ_ABSENT)
                .fault("b", "11", 0xffff_8000_0000_1000L, READ_ABSENT)));
    }

    @Test
    void shouldGoByTheNameWhereNoAddressIsRandomized() throws IOException {
        final Recording recording = new Recording()
                .fault("sh", "10", LIBRARIES_A, WRITE_ABSENT)
                .fault("tool", "20", LIBRARIES_B, WRITE_ABSENT)
                .fault("worker", "20", LIBRARIES_B, WRITE_ABSENT)
                .fault("worker", "21", FIXED, WRITE_ABSENT);
        assertEquals(1, lastProcess(recording));
        recording.fault("stranger", "22", FIXED, WRITE_ABSENT);
        assertEquals(2, lastProcess(recording));
    }

    @Test
    void shouldPreferThePlaceToTheName() throws IOException {
        assertEquals(0, lastProcess(new Recording()
                .fault("a", "10", LIBRARIES_A, WRITE_ABSENT)
                .fault("b", "20", LIBRARIES_B, WRITE_ABSENT)
                .fault("b", "21", LIBRARIES_A, WRITE_ABSENT)));
    }

    @Test
    void shouldPreferTheFirstOfSeveralProcesses() throws IOException {
        for (final long[] places : new long[][] {{LIBRARIES_A, LIBRARIES_B}, {LIBRARIES_B, LIBRARIES_A}}) {
            assertEquals(0, lastProcess(new Recording()
                    .fault("a", "10", places[0], WRITE_ABSENT)
                    .fault("b", "20", places[1], WRITE_ABSENT)
                    .fault("c", "21", places[0], WRITE_ABSENT)
                    .fault("c", "21", places[1], WRITE_ABSENT)));
        }
    }

    @Test
    void shouldUseWhatAProcessTouchesLaterToo() throws IOException {
        final int[] processes = processes(new Recording()
                .fault("a", "10", LIBRARIES_A, WRITE_ABSENT)
                .fault("b", "11", LIBRARIES_B, WRITE_ABSENT)
                .fault("a", "10", LIBRARIES_B, WRITE_ABSENT));
        assertEquals(0, processes[1]);
    }

    @ParameterizedTest
    @CsvSource({"3, 0", "4, 1", "16, 1"})
    void shouldRecogniseAForkedChildByItsCopiesOnWrite(int copies, int expected) throws IOException {
        assertEquals(expected, lastProcess(new Recording()
                .faults("bash", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .faults("bash", "11", LIBRARIES_A, COPY_ON_WRITE, copies)));
    }

    @ParameterizedTest
    @ValueSource(ints = {READ_ABSENT, WRITE_ABSENT, FETCH_ABSENT, 0x5})
    void shouldNotTakeAThreadOnAUsedStackForAChild(int errorCode) throws IOException {
        assertEquals(1, count(new Recording()
                .faults("java", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .faults("java", "11", LIBRARIES_A, errorCode, 40)));
    }

    @Test
    void shouldNotTakeWritesToPagesNobodyKnewForCopies() throws IOException {
        assertEquals(1, count(new Recording()
                .faults("java", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .faults("java", "11", LIBRARIES_A + 0x100_0000, COPY_ON_WRITE, 40)));
    }

    @Test
    void shouldNotTakePagesKnownOnlySinceTheThreadForCopies() throws IOException {
        assertEquals(1, count(new Recording()
                .fault("java", "10", LIBRARIES_A, WRITE_ABSENT)
                .fault("java", "11", LIBRARIES_A + 0x200_0000, WRITE_ABSENT)
                .faults("java", "10", LIBRARIES_A + 0x100_0000, READ_ABSENT, 16)
                .faults("java", "11", LIBRARIES_A + 0x100_0000, COPY_ON_WRITE, 12)));
    }

    @Test
    void shouldCountTheFirstFaultOnAPageOnly() throws IOException {
        final Recording recording = new Recording().faults("java", "10", LIBRARIES_A, WRITE_ABSENT, 40);
        for (int i = 0; i < 10; i++) {
            recording.fault("java", "11", LIBRARIES_A, COPY_ON_WRITE);
            recording.faults("java", "11", LIBRARIES_A + 0x2_0000, READ_ABSENT, 5);
            recording.faults("java", "11", LIBRARIES_A + 0x2_0000, COPY_ON_WRITE, 5);
        }
        assertEquals(1, count(recording));
    }

    @Test
    void shouldJudgeAChildByItsBeginning() throws IOException {
        final Recording threadFirst = new Recording()
                .faults("a", "10", LIBRARIES_A, WRITE_ABSENT, 100)
                .faults("a", "11", LIBRARIES_A + 0x100_0000, WRITE_ABSENT, 16)
                .faults("a", "11", LIBRARIES_A, COPY_ON_WRITE, 80);
        assertEquals(1, count(threadFirst));
        final Recording childFirst = new Recording()
                .faults("a", "10", LIBRARIES_A, WRITE_ABSENT, 100)
                .faults("a", "11", LIBRARIES_A, COPY_ON_WRITE, 6)
                .faults("a", "11", LIBRARIES_A + 0x100_0000, WRITE_ABSENT, 500);
        assertEquals(2, count(childFirst));
    }

    @Test
    void shouldRecogniseAForkedChildThatExecutesAProgramWithThreads() throws IOException {
        final FaultTrace trace = new Recording()
                .faults("bash", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .faults("bash", "11", LIBRARIES_A, COPY_ON_WRITE, 8)
                .faults("java", "11", LIBRARIES_B, FETCH_ABSENT, 200)
                .faults("GC Thread#0", "12", LIBRARIES_B + 0x10_0000, WRITE_ABSENT, 3)
                .faults("bash", "13", LIBRARIES_A, COPY_ON_WRITE, 8)
                .read();
        assertEquals(3, trace.processCount());
        assertEquals(1, trace.processIndex(40));
        assertEquals(1, trace.processIndex(100));
        assertEquals(1, trace.processIndex(40 + 8 + 200));
        assertEquals(2, trace.processIndex(trace.size() - 1));
    }

    @Test
    void shouldRecogniseAChildThatSharesMemoryUntilItExecutes() throws IOException {
        final int[] processes = processes(new Recording()
                .faults("make", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .fault("make", "11", LIBRARIES_A + 0x10_0000, WRITE_ABSENT)
                .fault("cc", "11", LIBRARIES_B, FETCH_ABSENT)
                .faults("cc", "11", LIBRARIES_B + 0x1000, WRITE_ABSENT, 10)
                .fault("as", "11", 0x7f77_0000_0000L, FETCH_ABSENT)
                .fault("make", "12", LIBRARIES_A + 0x10_0000, WRITE_ABSENT));
        assertEquals(1, processes[40]);
        assertEquals(1, processes[52]);
        assertEquals(0, processes[53]);
    }

    @Test
    void shouldNotTakeARenamedThreadForAProgramWhenItGoesBack() throws IOException {
        assertEquals(1, count(new Recording()
                .faults("java", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .fault("java", "11", LIBRARIES_A, WRITE_ABSENT)
                .fault("Reference Handl", "11", LIBRARIES_B, FETCH_ABSENT)
                .fault("Reference Handl", "11", LIBRARIES_A, WRITE_ABSENT)));
    }

    @Test
    void shouldNotTakeARenamedThreadForAProgramWhereOthersHaveBeen() throws IOException {
        assertEquals(1, count(new Recording()
                .faults("java", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .fault("java", "10", LIBRARIES_B, READ_ABSENT)
                .fault("java", "11", LIBRARIES_A, WRITE_ABSENT)
                .fault("Service Thread", "11", LIBRARIES_B, FETCH_ABSENT)));
    }

    @ParameterizedTest
    @CsvSource({"java, 0x14, 0", "cc, 0x6, 0", "cc, 0x4, 0", "cc, 0x14, 1"})
    void shouldTakeANewNameAndAFetchForAProgram(String name, String errorCode, int expected) throws IOException {
        assertEquals(expected, lastProcess(new Recording()
                .faults("java", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .fault("java", "11", LIBRARIES_A, WRITE_ABSENT)
                .fault(name, "11", LIBRARIES_B, Integer.decode(errorCode))));
    }

    @Test
    void shouldKeepAProgramThatReplacesItselfOneProcess() throws IOException {
        assertEquals(1, count(new Recording()
                .faults("sh", "10", LIBRARIES_A, WRITE_ABSENT, 40)
                .faults("java", "10", LIBRARIES_B, FETCH_ABSENT, 40)
                .faults("java", "11", LIBRARIES_B, WRITE_ABSENT, 2)));
    }

    @Test
    void shouldForgetNamesOfAThreadBeyondAFixedNumber() throws IOException {
        final Recording recording = new Recording();
        for (int i = 0; i < 20; i++) {
            recording.fault("task-" + i, "10", LIBRARIES_A, WRITE_ABSENT);
        }
        recording.fault("task-15", "11", FIXED, WRITE_ABSENT).fault("task-16", "12", FIXED, WRITE_ABSENT);
        final int[] processes = processes(recording);
        assertEquals(0, processes[20]);
        assertEquals(1, processes[21]);
    }
}
