/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import org.faultring.hwmodel.sim.CostProfile;

/**
 * Makes the runs of a sweep on several threads. What is done is on disk at once, so that an end at any time loses
 * little.
 */
public final class SweepRunner {

    private final SweepDesign design;
    private final int threads;
    private final BiConsumer<Double, String> progress;

    /**
     * A runner.
     *
     * @param design   to run
     * @param threads  from 1
     * @param progress told how far it is
     */
    public SweepRunner(final SweepDesign design, final int threads, final BiConsumer<Double, String> progress) {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads=" + threads + " (expected: 1..1024)");
        }
        this.design = design;
        this.threads = threads;
        this.progress = progress;
    }

    /** A line of the result. */
    private record Done(int index, String line) {}

    /**
     * Make what is not made yet.
     *
     * @param shard   I/N
     * @param folder  for the files
     * @param stopped asked after each run
     * @return false if it was stopped before all was done
     * @throws IOException              if files cannot be read or written
     * @throws IllegalArgumentException if the folder has another sweep
     */
    public boolean run(final String shard, final Path folder, final BooleanSupplier stopped) throws IOException {
        final List<SweepDesign.Run> runs = design.runs(shard);
        final CostProfile profile = Profiles.load(design.scenario().text(ScenarioKey.PROFILE));
        final ExecutorService pool =
                Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("sweep-", 0).factory());
        try (SweepFiles files = SweepFiles.open(folder, design.fingerprint() + " " + shard)) {
            final TreeMap<Integer, String> lines = files.done();
            final ExecutorCompletionService<Done> service = new ExecutorCompletionService<>(pool);
            final List<SweepDesign.Run> left = runs.stream().filter(run -> !lines.containsKey(run.index())).toList();
            int submitted = 0;
            int pending = 0;
            while (pending > 0 || submitted < left.size() && !stopped.getAsBoolean()) {
                while (submitted < left.size() && pending < 2 * threads && !stopped.getAsBoolean()) {
                    final SweepDesign.Run run = left.get(submitted++);
                    service.submit(() -> new Done(run.index(), SweepFiles.line(run, measured(run, profile))));
                    pending++;
                }
                final Done done = service.take().get();
                pending--;
                files.add(done.line());
                lines.put(done.index(), done.line());
                progress.accept((double) lines.size() / runs.size(), lines.size() + " runs");
            }
            if (lines.size() < runs.size()) {
                return false;
            }
            files.finish(lines, design.fingerprint() + " " + shard);
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** What a run comes to, or why there is no such scenario. */
    private Object measured(final SweepDesign.Run run, final CostProfile profile) {
        final Scenario changed;
        try {
            changed = Capacity.resolved(design.scenario().with(run.set()), profile);
        } catch (final IllegalArgumentException e) {
            return e.getMessage();
        }
        return ScenarioRun.run(changed, profile, run.seed());
    }
}
