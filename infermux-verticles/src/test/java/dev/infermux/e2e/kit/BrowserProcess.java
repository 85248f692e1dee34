package dev.infermux.e2e.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The process of a Chromium without a window, with a profile of its own. */
final class BrowserProcess implements AutoCloseable {

  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final Path profile;
  private final int port;

  private BrowserProcess(Process process, Path profile, int port) {
    this.process = process;
    this.profile = profile;
    this.port = port;
  }

  /** Where it is; empty on a machine without it. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one, and waits until it says where its DevTools listen. */
  static BrowserProcess start(Path program) {
    try {
      Path profile = Files.createTempDirectory("browser");
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--disable-extensions",
                  "--no-first-run",
                  "--hide-scrollbars",
                  "--force-color-profile=srgb",
                  "--window-size=1360,860",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new BrowserProcess(process, profile, URI.create(address(process)).getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String address(Process process) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread rest = new Thread(() -> said.lines().forEach(ignored -> {}), "browser");
        rest.setDaemon(true);
        rest.start();
        return line.substring(LISTENING.length());
      }
    }
    throw new IOException("the browser ended at once");
  }

  /** Of its DevTools. */
  int port() {
    return port;
  }

  /** The WebSocket of a new tab. */
  URI newTab() {
    try (Wire wire = Wire.connect(port)) {
      String tab = wire.request("PUT", "/json/new?about:blank", "").read().body();
      return URI.create(new JsonObject(tab).getString("webSocketDebuggerUrl"));
    }
  }

  /** The WebSocket of the tab that it starts with. */
  URI tab() {
    try (Wire wire = Wire.connect(port)) {
      return new JsonArray(wire.get("/json/list").body())
          .stream()
              .map(JsonObject.class::cast)
              .filter(tab -> tab.getString("type").equals("page"))
              .findFirst()
              .map(tab -> URI.create(tab.getString("webSocketDebuggerUrl")))
              .orElseThrow();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
