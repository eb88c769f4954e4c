/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.Measured;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The report in a browser, where this machine has one. Pictures are left under {@code target/report}. */
@Timeout(300)
class ReportBrowserTest {

    private static final Path PICTURES = Path.of("target", "report");
    private static final int GROUNDS = 6;
    private static final int POINTS = 2;

    private static Browser browser;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.startOrSkip();
        Files.createDirectories(PICTURES);
        final DeliveryResult first = ReportPageTest.large(1);
        address = Files.writeString(PICTURES.resolve("report.html"),
                ReportPage.of(List.of(first, ReportPageTest.large(1.1)))).toUri().toString();
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static String rampAddress() throws Exception {
        return Files.writeString(PICTURES.resolve("ramp.html"), ReportPage.of(List.of(Measured.ramps()))).toUri()
                .toString();
    }

    /** Every text of every chart is within it, and no legend hides names behind arrows. */
    private static void assertNothingIsCutOff() {
        assertEquals("", browser.evaluate("[...document.querySelectorAll('.chart svg text')].filter(text => {"
                + "const [inner, outer] = [text, text.closest('.chart')].map(one => one.getBoundingClientRect());"
                + "return inner.left < outer.left - 1 || inner.right > outer.right + 1 "
                + "|| inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;"
                + "}).map(text => text.textContent).join()").asText());
    }

    private static String quoted(final String text) {
        return "'" + text + "'";
    }

    @Test
    void shouldDrawEverySeriesWithoutAnErrorOrARequest() throws Exception {
        browser.size(1280, 900);
        browser.open(address + "?theme=light");
        browser.drawAll();
        // Cost, percentiles and runs of each point; no map, since only one axis has two values.
        assertEquals(GROUNDS * POINTS * 3, browser.count(".chart"));
        assertEquals(GROUNDS * POINTS * 3, browser.count(".chart svg"));
        assertEquals("10", browser.evaluate(
                "document.querySelector('[data-figure=\"pipe-1-percentiles\"] .chart').dataset.series").asText());
        assertEquals(10, browser.evaluate(
                "document.querySelectorAll('[data-table=\"pipe-1-costs\"] tbody tr').length").asInt());
        assertEquals(browser.count("figure"), browser.count("figure figcaption button"),
                "each figure can be downloaded");
        assertTrue(browser.evaluate("document.querySelector('#answer').textContent").asText().contains("design-0"));
        browser.assertQuiet();
        assertNothingIsCutOff();
    }

    @Test
    void shouldDrawLoadWithItsKneeAndQueuesOverTime() throws Exception {
        final int before = browser.problems().size();
        browser.size(1280, 900);
        browser.open(rampAddress() + "?theme=light");
        browser.drawAll();
        final String load = "document.querySelector('[data-figure=\"threads-load-1\"] .chart')";
        assertEquals("6", browser.evaluate(load + ".dataset.series").asText(),
                "p50, p99 and its intervals of two designs");
        final String texts = browser.evaluate(load + ".textContent").asText();
        assertTrue(texts.contains("limit 50"), texts);
        assertTrue(texts.contains("960 k") && texts.contains("480 k"), "both knees: " + texts);
        assertTrue(browser.evaluate("document.querySelector('[data-figure=\"threads-load-1\"] figcaption').textContent")
                .asText().contains("the highest rate measured at which p99 stays under the limit"));
        final String queues = "document.querySelector('[data-figure=\"threads-1-occupancy\"] .chart')";
        assertEquals("2", browser.evaluate(queues + ".dataset.series").asText());
        browser.evaluate("(() => { const choice = document.querySelector('select'); choice.selectedIndex = 1; "
                + "choice.dispatchEvent(new Event('change')); })()");
        browser.evaluate(queues + ".scrollIntoView()");
        browser.await(queues + ".dataset.series === '2'");
        assertTrue(browser.evaluate(queues + ".getAttribute('aria-label')").asText().contains("shared-ring"));
        assertEquals(1, browser.count("[data-figure=\"threads-1-occupancy\"]"));
        browser.evaluate("document.getElementById('theme').click()");
        assertEquals(before, browser.problems().size(), () -> browser.problems().toString());
    }

    @Test
    void shouldShowLoadAndQueuesOnAPhoneAndADesktop() throws Exception {
        final String ramp = rampAddress();
        for (final String theme : List.of("light", "dark")) {
            for (final int width : new int[] {390, 1280}) {
                browser.size(width, 2200);
                browser.open(ramp + "?theme=" + theme);
                browser.drawAll();
                assertNothingIsCutOff();
                browser.shootFitting(width, PICTURES.resolve("ramp-" + theme + "-" + width + ".png"));
            }
        }
    }

    @Test
    void shouldBeUsableByKeyboard() throws Exception {
        browser.size(1280, 900);
        browser.open(address + "?theme=light");
        final String before = browser.evaluate("document.documentElement.dataset.theme").asText();
        browser.evaluate("document.getElementById('theme').focus()");
        browser.press("Enter", 13);
        browser.await("document.documentElement.dataset.theme !== " + quoted(before));
        browser.press("Tab", 9);
        assertEquals("A", browser.evaluate("document.activeElement.tagName").asText());
        browser.evaluate("document.querySelectorAll('#ground-pipe summary')[1].focus()");
        browser.press("Enter", 13);
        browser.await("document.querySelectorAll('#ground-pipe > details')[1].open");
        assertNotEquals(0, browser.count("[tabindex=\"0\"][aria-label]"), "charts can be reached");
    }

    @Test
    void shouldFitAPhoneAndADesktopInLightAndDark() throws Exception {
        for (final String theme : List.of("light", "dark")) {
            for (final int width : new int[] {390, 1280}) {
                browser.size(width, 900);
                browser.open(address + "?theme=" + theme);
                browser.await("document.querySelectorAll('.chart svg').length > 0");
                assertEquals(theme, browser.evaluate("document.documentElement.dataset.theme").asText());
                browser.shootFitting(width, PICTURES.resolve(theme + "-" + width + ".png"));
            }
        }
        assertFalse(browser.problems().stream().anyMatch(problem -> problem.contains("exception")),
                () -> browser.problems().toString());
    }

    @Test
    void shouldGiveItsFiguresAsCsv() throws Exception {
        browser.size(1280, 900);
        browser.open(address + "?theme=light");
        browser.evaluate("HTMLAnchorElement.prototype.click = function () { window.taken = this.href; }");
        browser.evaluate("document.querySelector('[data-figure=\"pipe-1-cost\"] button').click()");
        final String csv = browser.evaluate("decodeURIComponent(window.taken)").asText();
        assertTrue(csv.contains("design,\"cost of a fault, ns\",low,high"), csv);
        assertTrue(csv.contains("design-9,"), csv);
    }
}
