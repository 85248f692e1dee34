package dev.infermux.e2e.kit;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tab of a real Chromium without a window, driven by its DevTools protocol. */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STARTS = 5;

  private final Runnable end;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(WebSocket socket, Runnable end) {
    this.socket = socket;
    this.end = end;
    socket.textMessageHandler(text -> hear(new JsonObject(text)));
    List.of("Page", "Runtime", "Log", "Network").forEach(domain -> ask(domain + ".enable"));
  }

  /** Where it is; empty on a machine without it. */
  public static Optional<Path> installed() {
    return BrowserProcess.installed();
  }

  /**
   * Starts one with an empty profile. A browser that is being installed at this moment, or that a
   * busy machine starts too slowly, ends or hangs up before it has answered: it is started again.
   */
  public static Browser start(Vertx vertx, Path program) {
    return patiently(program, () -> startOnce(vertx, program));
  }

  private static Browser patiently(Path program, Supplier<Browser> start) {
    List<RuntimeException> failures = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try {
        return start.get();
      } catch (RuntimeException e) {
        failures.add(e);
        LockSupport.parkNanos(Duration.ofSeconds(i).toNanos());
      }
    }
    IllegalStateException none = new IllegalStateException(program + " does not start");
    failures.forEach(none::addSuppressed);
    throw none;
  }

  private static Browser startOnce(Vertx vertx, Path program) {
    BrowserProcess process = BrowserProcess.start(program);
    try {
      return new Browser(connect(vertx, process.port(), process.tab()), process::close);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static WebSocket connect(Vertx vertx, int port, URI tab) {
    WebSocketConnectOptions to =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(tab.getPath());
    WebSocketClientOptions options =
        new WebSocketClientOptions().setMaxFrameSize(1 << 24).setMaxMessageSize(1 << 25);
    return vertx.createWebSocketClient(options).connect(to).await();
  }

  /** One process for the tests of a class, which starts with the first: each has its own tab. */
  public static final class Tabs implements AutoCloseable {
    private @Nullable BrowserProcess process;

    public Browser open(Vertx vertx, Path program) {
      return patiently(program, () -> openOnce(vertx, program));
    }

    private Browser openOnce(Vertx vertx, Path program) {
      BrowserProcess started = process == null ? BrowserProcess.start(program) : process;
      process = started;
      try {
        Browser tab = new Browser(connect(vertx, started.port(), started.newTab()), () -> {});
        tab.ask("Page.bringToFront");
        return tab;
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    @Override
    public void close() {
      BrowserProcess ended = process;
      process = null;
      if (ended != null) {
        ended.close();
      }
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
    socket.writeTextMessage("{\"id\":0,\"method\":\"Page.close\"}");
    socket.close();
    end.run();
  }
}
