/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.bench.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialTableTest {

    private static void assertRow(final String text, final String name, final String count) {
        assertTrue(text.lines().anyMatch(line -> line.matches("\\s*" + name + "\\s+" + count + "\\b.*")),
                () -> name + " " + count + " in\n" + text);
    }

    private static List<String> notes(final Samples.Trial trial) {
        return TrialTable.of(trial.build()).lines().filter(line -> line.startsWith("note: ")).toList();
    }

    private static void assertOnlyNote(final Samples.Trial trial, final String part) {
        final List<String> notes = notes(trial);
        assertEquals(1, notes.size(), notes::toString);
        assertTrue(notes.get(0).contains(part), notes::toString);
    }

    @Test
    void shouldShowWhatBecameOfTheFaults() {
        final String text = TrialTable.of(Samples.trial().build());
        assertRow(text, "raised", "1,234,567");
        assertRow(text, "requests", "1,234,600");
        assertRow(text, "retries", "33");
        assertRow(text, "answered", "1,234,501");
        assertRow(text, "auto-answered", "41");
        assertRow(text, "dropped silently", "17");
        assertRow(text, "discarded", "19");
        assertRow(text, "refused", "21");
        assertRow(text, "unanswered", "1");
        assertRow(text, "overflows", "3");
        assertRow(text, "conserved", "yes");
    }

    @Test
    void shouldShowLatenciesAndLeaveOutWhatTheSamplesCannotCarry() {
        final String text = TrialTable.of(Samples.trial().samples(2_000).build());
        assertRow(text, "raise to answer accepted", "1,000\\s+1,800\\s+1,980\\s+2,000\\s+2,000");
        assertRow(text, "queue", "1,000\\s+1,800\\s+1,980\\s+2,000\\s+2,000");
        assertRow(text, "handle", "0");
        assertFalse(text.contains("null"), text);
    }

    @Test
    void shouldShowTheRateAndWhatItWasMeasuredWith() {
        final String text = TrialTable.of(Samples.trial().build());
        assertTrue(text.contains("vtd, read, 2 threads, pace 250000"), text);
        assertTrue(text.contains("7.65 million simulated faults per host second"), text);
        assertTrue(text.contains("2.500 s"), text);
        assertTrue(text.contains("0.125 bytes allocated per fault"), text);
    }

    @Test
    void shouldBePlainTextThatEndsItsLastLine() {
        final String text = TrialTable.of(Samples.trial().interrupted().build());
        assertTrue(text.endsWith("\n"));
        assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 130), text);
    }

    @Test
    void shouldHaveNoNotesOnAGoodRun() {
        assertEquals(List.of(), notes(Samples.trial()));
    }

    @Test
    void shouldNoteThatTheBooksDoNotClose() {
        final Samples.Trial trial = Samples.trial().violation("requests=5 but sent=4");
        assertOnlyNote(trial, "requests=5 but sent=4");
        assertRow(TrialTable.of(trial.build()), "conserved", "NO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smmuv3-pri", "riscv"})
    void shouldNoteThatADriverIsNotLinuxs(final String iommu) {
        assertOnlyNote(Samples.trial().iommu(iommu), "by the specification, not Linux's");
        assertTrue(TrialTable.of(Samples.trial().iommu(iommu).build()).contains(iommu + ", read, 2 threads"));
    }

    @Test
    void shouldNoteThatLinuxLeavesTheAutomaticAnswerOff() {
        assertOnlyNote(Samples.trial().iommu("amd"), "--auto-response none");
        assertEquals(List.of(), notes(Samples.trial().iommu("smmuv3-stall")));
    }

    @Test
    void shouldNoteAStandstill() {
        assertOnlyNote(Samples.trial().notAtRest(), "stood still");
    }

    @Test
    void shouldNoteAnInterruption() {
        assertOnlyNote(Samples.trial().interrupted(), "interrupted");
    }

    @Test
    void shouldNoteTooFewCores() {
        assertOnlyNote(Samples.trial().oversubscribed(), "oversubscribed");
    }

    @Test
    void shouldNoteAShortRun() {
        assertOnlyNote(Samples.trial().elapsedSeconds(0.05), "short");
    }

    @Test
    void shouldNoteFaultsThatFailed() {
        assertOnlyNote(Samples.trial().faultsFailed(12), "12 faults ended in an error");
    }
}
