/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.faultring.bench.delivery.CannotRunException;

/** Two ends of a ring of ours, each in Java or in C. */
final class PairLoad implements Load {

    private final LoadName name;
    private final MappedProgram program;
    private final Path path;

    PairLoad(final LoadName name, final MappedProgram program, final Path folder) {
        this.name = name;
        this.program = program;
        this.path = folder.resolve("ring");
    }

    @Override
    public LoadName name() {
        return name;
    }

    @Override
    public LoadFigures run(final int faults) throws CannotRunException, LostFaultsException {
        try {
            Files.deleteIfExists(path);
            name.traffic().create(path);
            return run(producer(faults), consumer(faults), faults);
        } catch (final IOException e) {
            throw new CannotRunException("no ring at " + path + ": " + e.getMessage());
        } finally {
            path.toFile().delete();
        }
    }

    private Callable<EndFigures> producer(final int faults) throws IOException {
        final Traffic traffic = name.traffic();
        return name.producer() == Language.JAVA ? traffic.producer(path, faults)
                : () -> program.run(traffic.producerTask(), traffic.arguments(path, faults, Traffic.PRODUCER_CORE));
    }

    private Callable<EndFigures> consumer(final int faults) throws IOException {
        final Traffic traffic = name.traffic();
        return name.consumer() == Language.JAVA ? traffic.consumer(path, faults)
                : () -> program.run(traffic.consumerTask(), traffic.arguments(path, faults, Traffic.CONSUMER_CORE));
    }

    private LoadFigures run(final Callable<EndFigures> producer, final Callable<EndFigures> consumer,
            final int faults) throws CannotRunException, LostFaultsException {
        final FutureTask<EndFigures> raising = started(producer, consumer);
        final FutureTask<EndFigures> seeing = started(consumer, producer);
        final EndFigures raised = figures(raising);
        final EndFigures seen = figures(seeing);
        final long expected = faults * (faults - 1L) / 2;
        if (seen.addresses() != expected) {
            throw new LostFaultsException(name, expected, seen.addresses());
        }
        return new LoadFigures((double) seen.nanos() / faults,
                (double) (raised.allocatedBytes() + seen.allocatedBytes()) / faults);
    }

    /** On a thread of its own; where it fails the other end is told. */
    private static FutureTask<EndFigures> started(final Callable<EndFigures> end, final Callable<EndFigures> other) {
        final FutureTask<EndFigures> task = new FutureTask<>(() -> {
            try {
                return end.call();
            } catch (final Exception | Error e) {
                if (other instanceof JavaEnd java) {
                    java.stop();
                }
                throw e;
            }
        });
        final Thread thread = new Thread(task, "faultring-end");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private EndFigures figures(final FutureTask<EndFigures> task) throws CannotRunException {
        try {
            return task.get();
        } catch (final ExecutionException e) {
            throw new CannotRunException(name + ": " + e.getCause().getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("interrupted.");
        }
    }
}
