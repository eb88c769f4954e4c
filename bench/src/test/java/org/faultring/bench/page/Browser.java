/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A headless Chromium with one page, driven over its debugging socket. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private Browser(final Process process, final Path profile, final URI page) {
        this.process = process;
        this.profile = profile;
        socket = HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .buildAsync(page, new Listener()).join();
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Network.enable", Map.of());
        call("Page.enable", Map.of());
    }

    /** A browser of this machine; without one the calling test is skipped. */
    public static Browser startOrSkip() throws IOException, InterruptedException {
        final Optional<Path> program = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of)
                .flatMap(folder -> NAMES.stream().map(folder::resolve)).filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(),
                "there is no Chromium here: install it (for example: apt-get install chromium)");
        return start(program.get());
    }

    private static Browser start(final Path program) throws IOException, InterruptedException {
        final Path profile = Files.createTempDirectory("faultring-browser");
        final Process process = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--hide-scrollbars", "--remote-debugging-port=0", "--remote-allow-origins=*",
                "--user-data-dir=" + profile, "about:blank").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        final int port = port(process, profile.resolve("DevToolsActivePort"));
        return new Browser(process, profile, page(port));
    }

    private static int port(final Process process, final Path file) throws IOException, InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(file)) {
                final List<String> lines = Files.readAllLines(file);
                if (lines.size() > 1) {
                    return Integer.parseInt(lines.get(0));
                }
            }
            Thread.sleep(20);
        }
        throw new IOException("the browser did not open its debugging port");
    }

    private static URI page(final int port) throws IOException, InterruptedException {
        final HttpClient client = HttpClient.newHttpClient();
        final String list = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
        for (final JsonNode target : JSON.readTree(list)) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("the browser has no page");
    }

    private JsonNode call(final String method, final Map<String, ?> parameters) {
        final int id = ids.incrementAndGet();
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (final Exception e) {
            throw new IllegalStateException(method, e);
        }
    }

    public void size(final int width, final int height) {
        call("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Open a page and wait until its script has run. */
    public void open(final String address) throws InterruptedException {
        call("Page.navigate", Map.of("url", "about:blank"));
        await("location.href === 'about:blank' && document.documentElement !== null");
        call("Page.navigate", Map.of("url", address));
        await("location.href !== 'about:blank' && document.documentElement?.dataset.ready === 'yes'");
    }

    public void await(final String condition) throws InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!evaluate(condition).asBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never: " + condition + "; " + problems());
            }
            Thread.sleep(20);
        }
    }

    public JsonNode evaluate(final String expression) {
        final JsonNode answer = call("Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.path("result").has("exceptionDetails")) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.at("/result/result/value");
    }

    /** Elements that a selector, which has no single quotes, finds. */
    public int count(final String selector) {
        return evaluate("document.querySelectorAll('" + selector + "').length").asInt();
    }

    /** Open what is folded and draw all charts, as for the printer. */
    public void drawAll() throws InterruptedException {
        evaluate("dispatchEvent(new Event('beforeprint'))");
        await("[...document.querySelectorAll('.chart')].every(box => box.dataset.series > 0)");
    }

    /** A picture of the page at a width, which is not too narrow for it. */
    public void shootFitting(final int width, final Path file) throws IOException {
        assertTrue(evaluate("document.documentElement.scrollWidth").asInt() <= width,
                () -> file + ": something is wider than a screen of " + width);
        screenshot(file);
    }

    /** No error, and nothing from elsewhere. */
    public void assertQuiet() {
        assertEquals(List.of(), problems());
        assertTrue(requests().stream().allMatch(url -> url.startsWith("file:") || url.startsWith("data:")),
                () -> requests().toString());
    }

    public void press(final String key, final int code) {
        for (final String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode",
                    code, "text", type.equals("keyDown") && key.equals("Enter") ? "\r" : ""));
        }
    }

    public void screenshot(final Path file) throws IOException {
        final JsonNode answer =
                call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(answer.at("/result/data").asText()));
    }

    /** Errors that the page has told so far. */
    public List<String> problems() {
        final List<String> problems = new ArrayList<>();
        for (final JsonNode event : events) {
            final String method = event.path("method").asText();
            final boolean isError = event.at("/params/type").asText().equals("error")
                    || event.at("/params/entry/level").asText().equals("error");
            if (method.equals("Runtime.exceptionThrown") || isError) {
                problems.add(event.path("params").toString());
            }
        }
        return problems;
    }

    /** Addresses that the page has asked for. */
    public List<String> requests() {
        return events.stream().filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asText()).toList();
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(profile)) {
            // Helpers of the browser may still write while they die: what is left goes with the folder for such files.
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /** Puts answers and events where they are looked for. */
    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence part, final boolean isLast) {
            text.append(part);
            if (isLast) {
                take();
            }
            from.request(1);
            return null;
        }

        private void take() {
            try {
                final JsonNode message = JSON.readTree(text.toString());
                if (message.has("id")) {
                    answers.remove(message.path("id").asInt()).complete(message);
                } else {
                    events.add(message);
                }
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            } finally {
                text.setLength(0);
            }
        }
    }
}
