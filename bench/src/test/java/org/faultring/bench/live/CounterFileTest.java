/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import org.faultring.bench.live.LivePath.Look;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldShowWhatIsCounted() throws IOException {
        final Path file = folder.resolve("counters");
        final Counters counters = CounterFile.create(file);
        final CounterView view = CounterFile.open(file);
        final Tally tally = counters.tally();
        tally.add(Counter.REQUESTS, 12);
        assertEquals(0, view.read().get("requests"), "not before the duty cycle ends");
        tally.publish();
        assertEquals(12, view.read().get("requests"));
        assertEquals(Counter.values().length, view.read().size());
        assertTrue(view.isAlive());
    }

    @Test
    void shouldHaveTheLayoutThatItsRulerShows() throws IOException {
        final Path file = folder.resolve("counters");
        final Tally tally = CounterFile.create(file).tally();
        tally.add(Counter.FAULTS_RAISED, 0x1122);
        tally.publish();
        final byte[] bytes = Files.readAllBytes(file);
        assertEquals(128 + Counter.values().length * 128, bytes.length);
        assertEquals("FRCNTR01", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
        assertEquals(Counter.values().length, bytes[8]);
        assertEquals((byte) 128, bytes[12]);
        assertEquals(0x22, bytes[128]);
        assertEquals(0x11, bytes[129]);
        assertEquals("faultsRaised", new String(bytes, 128 + 64, 12, StandardCharsets.US_ASCII));
        assertEquals(0, bytes[128 + 64 + 12]);
        for (final Counter counter : Counter.values()) {
            assertTrue(counter.key().length() < 64, counter.key());
        }
    }

    @Test
    void shouldRefuseWhatIsNoFileOfCounters() throws IOException {
        final Path file = folder.resolve("counters");
        CounterFile.create(file);
        final byte[] good = Files.readAllBytes(file);
        final Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            final byte[] bad = good.clone();
            bad[random.nextInt(16)] ^= (byte) (1 << random.nextInt(8));
            final Path damaged = Files.write(folder.resolve("damaged"), bad);
            assertThrows(IllegalArgumentException.class, () -> CounterFile.open(damaged));
        }
        final Path empty = Files.createFile(folder.resolve("empty"));
        assertThrows(IllegalArgumentException.class, () -> CounterFile.open(empty));
        assertThrows(IOException.class, () -> CounterFile.open(folder.resolve("nowhere")));
    }

    @Test
    void shouldTellRatesAndWhatWaits() {
        final LivePath path = new LivePath();
        assertTrue(path.look(Map.of("requests", 10L), 0, true).perSecond().isEmpty());
        final Look second = path.look(
                Map.of("requests", 110L, "creditsReturned", 60L, "groupsDelivered", 5L, "groupsHandled", 9L),
                500_000_000, true);
        assertEquals(200, second.perSecond().get("requests"), 1e-9);
        assertEquals(50, second.waiting().get("requests in flight"));
        assertEquals(0, second.waiting().get("groups not handled"), "never below nothing");
        final Look third = path.look(Map.of("requests", 111L, "creditsReturned", 111L), 1_000_000_000, false);
        assertEquals(0, third.waiting().get("requests in flight"));
        assertEquals(50, third.mostSeen().get("requests in flight"));
        assertFalse(third.isRunning());
    }
}
