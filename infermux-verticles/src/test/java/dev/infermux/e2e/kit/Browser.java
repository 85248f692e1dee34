package dev.infermux.e2e.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real Chromium without a window, driven by its DevTools protocol, with one tab. */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(Process process, Path profile, WebSocket socket) {
    this.process = process;
    this.profile = profile;
    this.socket = socket;
    socket.textMessageHandler(text -> hear(new JsonObject(text)));
    List.of("Page", "Runtime", "Log", "Network").forEach(domain -> ask(domain + ".enable"));
  }

  /** Where it is; empty on a machine without it. */
  public static Optional<Path> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one with an empty profile. */
  public static Browser start(Vertx vertx, Path program) {
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
      URI devTools = URI.create(address(process));
      String tab = tab(devTools.getPort());
      WebSocketConnectOptions to =
          new WebSocketConnectOptions()
              .setHost("127.0.0.1")
              .setPort(devTools.getPort())
              .setURI(URI.create(tab).getPath());
      WebSocketClientOptions options =
          new WebSocketClientOptions().setMaxFrameSize(1 << 24).setMaxMessageSize(1 << 25);
      return new Browser(
          process, profile, vertx.createWebSocketClient(options).connect(to).await());
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

  private static String tab(int port) {
    try (Wire wire = Wire.connect(port)) {
      JsonArray tabs = new JsonArray(wire.get("/json/list").body());
      return tabs.stream()
          .map(JsonObject.class::cast)
          .filter(tab -> tab.getString("type").equals("page"))
          .findFirst()
          .orElseThrow()
          .getString("webSocketDebuggerUrl");
    }
  }

  private void hear(JsonObject message) {
    Integer id = message.getInteger("id");
    if (id != null) {
      CompletableFuture<JsonObject> waiting = asked.remove(id);
      if (waiting != null) {
        waiting.complete(message);
      }
      return;
    }
    String method = message.getString("method");
    JsonObject params = message.getJsonObject("params", new JsonObject());
    if (method.equals("Runtime.exceptionThrown")
        || method.equals("Runtime.consoleAPICalled")
        || method.equals("Log.entryAdded")) {
      complaints.add(params.encode());
    }
  }

  /** Asks something of the protocol. */
  private JsonObject ask(String method, Object... params) {
    JsonObject given = new JsonObject();
    for (int i = 0; i < params.length; i += 2) {
      given.put((String) params[i], params[i + 1]);
    }
    int id = ids.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    asked.put(id, answer);
    socket.writeTextMessage(
        new JsonObject().put("id", id).put("method", method).put("params", given).encode());
    JsonObject said = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (said.containsKey("error")) {
      throw new IllegalStateException(method + ": " + said.getJsonObject("error").encode());
    }
    return said.getJsonObject("result");
  }

  public void open(String address) {
    ask("Page.navigate", "url", address);
  }

  /** The value of an expression, promises awaited. */
  public Object value(String expression) {
    JsonObject said =
        ask(
            "Runtime.evaluate",
            "expression",
            expression,
            "returnByValue",
            true,
            "awaitPromise",
            true);
    if (said.containsKey("exceptionDetails")) {
      throw new IllegalStateException(said.getJsonObject("exceptionDetails").encode());
    }
    return said.getJsonObject("result").getValue("value");
  }

  /** The text of the first element that a selector finds; empty while there is none. */
  public String text(String selector) {
    return String.valueOf(
        value("(document.querySelector(" + quoted(selector) + ") || {}).innerText || ''"));
  }

  /** Waits until an expression is true. */
  public void until(String expression) {
    await(expression)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions() // while another document is being loaded
        .until(() -> Boolean.TRUE.equals(value("Boolean(" + expression + ")")));
  }

  /** Waits until an element shows this text somewhere. */
  public void untilText(String selector, String wanted) {
    until(
        "[...document.querySelectorAll("
            + quoted(selector)
            + ")].some(each => each.innerText.includes("
            + quoted(wanted)
            + "))");
  }

  public void click(String selector) {
    until("document.querySelector(" + quoted(selector) + ")");
    value("document.querySelector(" + quoted(selector) + ").click()");
  }

  /** A key that writes a character, or a named one such as {@code Tab} or {@code Enter}. */
  public void press(String key) {
    int code = Map.of("Tab", 9, "Enter", 13, "Escape", 27).getOrDefault(key, (int) key.charAt(0));
    String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
    ask(
        "Input.dispatchKeyEvent",
        "type",
        text.isEmpty() ? "rawKeyDown" : "keyDown",
        "key",
        key,
        "text",
        text,
        "windowsVirtualKeyCode",
        code);
    ask("Input.dispatchKeyEvent", "type", "keyUp", "key", key, "windowsVirtualKeyCode", code);
  }

  /** Types into what has the focus. */
  public void type(String text) {
    ask("Input.insertText", "text", text);
  }

  /** Wishes for a dark or a light page. */
  public void dark(boolean dark) {
    ask(
        "Emulation.setEmulatedMedia",
        "features",
        new JsonArray()
            .add(
                new JsonObject()
                    .put("name", "prefers-color-scheme")
                    .put("value", dark ? "dark" : "light")));
  }

  public void resize(int width, int height) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        false);
  }

  /** Cuts the tab off the network, or connects it again. */
  public void offline(boolean offline) {
    ask(
        "Network.emulateNetworkConditions",
        "offline",
        offline,
        "latency",
        0,
        "downloadThroughput",
        -1,
        "uploadThroughput",
        -1);
  }

  /** What scripts wrote to the console or threw, and what a policy forbade. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  public void forgetComplaints() {
    complaints.clear();
  }

  /** The visible part as PNG. */
  public byte[] screenshot() {
    return Base64.getDecoder()
        .decode(ask("Page.captureScreenshot", "format", "png").getString("data"));
  }

  private static String quoted(String text) {
    return new JsonArray().add(text).encode().replaceAll("^\\[|]$", "");
  }

  @Override
  public void close() {
    socket.close();
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
