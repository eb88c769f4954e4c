/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.faultring.bench.delivery.CannotRunException;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.ring.MappedDevice;
import org.faultring.ring.MappedHandler;
import org.faultring.ring.MappedRing;

/**
 * How long it takes to attach both sides to a file, in host ns.
 *
 * @param firstMap   to map a file and read a word, in a JVM that has done nothing else: no attach takes less
 * @param firstOfJvm in a JVM that has done nothing else, classes loaded meanwhile
 * @param java       in this JVM, once warm
 * @param c          in C, median of a process that attaches as often
 */
public record AttachTimes(MedianEstimate firstMap, MedianEstimate firstOfJvm, MedianEstimate java, double c) {

    private static final int JVMS = 7;
    private static final int TIMES = 201;
    private static final int WARMUPS = 2_000;

    /**
     * Measure.
     *
     * @param program in C
     * @param folder  for the file
     * @return the times
     * @throws CannotRunException if one cannot be measured
     */
    public static AttachTimes measure(final MappedProgram program, final Path folder) throws CannotRunException {
        final Path path = folder.resolve("attach");
        try {
            Files.deleteIfExists(path);
            MappedRing.create(path, Traffic.CAPACITY);
            final double[] firstMap = new double[JVMS];
            final double[] first = new double[JVMS];
            for (int i = 0; i < JVMS; i++) {
                firstMap[i] = firstOfJvm(FirstMap.class, path);
                first[i] = firstOfJvm(FirstAttach.class, path);
            }
            for (int i = 0; i < WARMUPS; i++) {
                nanos(path);
            }
            final double[] times = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                times[i] = nanos(path);
            }
            return new AttachTimes(MedianEstimate.of(firstMap).orElseThrow(), MedianEstimate.of(first).orElseThrow(),
                    MedianEstimate.of(times).orElseThrow(), program.run("attach", path, TIMES).nanos());
        } catch (final IOException e) {
            throw new CannotRunException("cannot attach to " + path + ": " + e.getMessage());
        } finally {
            path.toFile().delete();
        }
    }

    /** Attach once and leave. */
    static long nanos(final Path path) throws IOException {
        final long start = System.nanoTime();
        final MappedRing ring = MappedRing.attach(path);
        final MappedDevice device = ring.device(start, 1);
        final MappedHandler handler = ring.handler(start, 1);
        final long nanos = System.nanoTime() - start;
        device.close();
        handler.close();
        return nanos;
    }

    private static double firstOfJvm(final Class<?> main, final Path path) throws IOException, CannotRunException {
        final Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), main.getName(), path.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            final String line = output.readLine();
            if (line == null) {
                throw new CannotRunException("a JVM ended before it had mapped the file.");
            }
            return Double.parseDouble(line);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Names of the rows in a table, in the order of {@link #medians()}.
     *
     * @return four
     */
    public static List<String> labels() {
        return List.of("mapping a file, first of a JVM", "Java, first of a JVM", "Java", "C");
    }

    /**
     * The times.
     *
     * @return host ns, in the order of {@link #labels()}
     */
    public List<Double> medians() {
        return Arrays.asList(firstMap.median(), firstOfJvm.median(), java.median(), c);
    }
}
