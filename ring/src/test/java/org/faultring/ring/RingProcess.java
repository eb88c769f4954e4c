/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another process that works on a ring file, and what it does there. It ends by itself when it has failed, when it has
 * been given nothing to do for long, or when its standard input ends because the process that began it is gone.
 */
final class RingProcess implements AutoCloseable {

    /** How long one side waits for the other, whatever the machine is busy with. */
    static final long TIMEOUT_SECONDS = 60;
    /** Groups are of 1, 2 and 3 faults in turn. */
    static final int GROUPS_OF = 3;

    private static final String DONE = "done";

    private final Process process;
    private final BufferedReader output;

    private RingProcess(final Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Begin a process that runs {@link #main}, on a JDK 17 where the tests have been given one. */
    static RingProcess begin(final String task, final Path file, final long argument) throws IOException {
        return begin(List.of(), task, file, argument);
    }

    static RingProcess begin(final List<String> prefix, final String task, final Path file, final long argument)
            throws IOException {
        final String given = System.getProperty("jdk17.home", "");
        final String home = given.isEmpty() ? System.getProperty("java.home") : given;
        final List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(home + File.separator + "bin" + File.separator + "java", "-Xmx64m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), RingProcess.class.getName(), task, file.toString(),
                String.valueOf(argument)));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        return new RingProcess(builder.start());
    }

    /** Next line the process prints, null if it has ended. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Fails unless the process has done what it was told. */
    void join() throws IOException, InterruptedException {
        final String line = line();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0 || !DONE.equals(line)) {
            throw new AssertionError("the other process printed " + line + " and "
                    + (process.isAlive() ? "did not end" : "ended with " + process.exitValue()));
        }
    }

    /** End the process wherever it stands. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What the other process does: task, file, and how many faults, or how many slots it claims. */
    public static void main(final String[] args) throws Exception {
        final Thread watch = new Thread(RingProcess::endWithTheParent, "watch");
        watch.setDaemon(true);
        watch.start();
        final Path path = Path.of(args[1]);
        final int argument = Integer.parseInt(args[2]);
        switch (args[0]) {
            case "produce" -> produce(ring(RingFile.attach(path)), argument);
            case "consume" -> consume(ring(RingFile.attach(path)), argument);
            case "create-and-produce" -> {
                final RingFile file = RingFile.create(path, RingType.MANY_TO_ONE, 64);
                say("created");
                produce(ring(file), argument);
                file.close();
            }
            case "die" -> die(ring(RingFile.attach(path)), argument);
            case "create" -> RingFile.create(path, RingType.ONE_TO_ONE, argument).close();
            default -> throw new IllegalArgumentException(args[0]);
        }
        say(DONE);
    }

    /** To the process that began this one: what it reads as a {@link #line()}. */
    private static void say(final String line) throws IOException {
        new FileOutputStream(FileDescriptor.out).write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static void endWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes there.
            }
        } catch (final IOException e) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(3);
    }

    static FaultRing ring(final RingFile file) {
        return file.type() == RingType.ONE_TO_ONE ? new OneToOneFaultRing(file) : new ManyToOneFaultRing(file);
    }

    /** Length of the group that begins with a fault, and number of the fault it ends behind. */
    private static int groupLength(final int first, final int faults) {
        return Math.min(1 + first % GROUPS_OF, faults - first);
    }

    static void produce(final FaultRing ring, final int faults) {
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        final Patience patience = new Patience();
        int next = 0;
        while (next < faults) {
            final int length = groupLength(next, faults);
            final long position = ring.tryClaim(length);
            if (patience.isProgress(position >= 0)) {
                NumberedFault.writeGroup(ring, slot, position, next, length);
                ring.commit(position, length);
                next += length;
            }
        }
    }

    static void consume(final FaultRing ring, final int faults) {
        final Patience patience = new Patience();
        final int[] next = new int[2];
        while (next[0] < faults) {
            final int handed = ring.drain(fault -> {
                // The slots of a group that are still to come.
                final boolean first = next[1] == 0;
                next[1] = first ? groupLength(next[0], faults) : next[1];
                NumberedFault.check(fault, next[0], next[1] == 1, first ? next[1] : 0);
                next[0]++;
                next[1]--;
            }, ring.capacity());
            if (next[1] != 0) {
                throw new AssertionError("a group was cut before fault " + next[0]);
            }
            patience.isProgress(handed > 0);
        }
        if (!ring.isEmpty()) {
            throw new AssertionError("there is more than was produced");
        }
    }

    /** Commit a group, claim another, commit its rear half, and wait for the end. */
    private static void die(final FaultRing ring, final int slots) throws IOException, InterruptedException {
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        NumberedFault.commitGroup(ring, slot, 0, 2);
        final long position = ring.tryClaim(slots);
        NumberedFault.writeGroup(ring, slot, position, 100, slots);
        if (slots > 1) {
            ring.commit(position + (slots + 1) / 2, slots / 2);
        }
        say("claimed " + position);
        Thread.sleep(TimeUnit.SECONDS.toMillis(2 * TIMEOUT_SECONDS));
    }

    /** Lets the other side go on, and ends where it does not. */
    private static final class Patience {

        private long last = System.nanoTime();

        boolean isProgress(final boolean progress) {
            if (progress) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS)) {
                throw new AssertionError("the other side does not go on");
            } else {
                Thread.yield();
            }
            return progress;
        }
    }
}
