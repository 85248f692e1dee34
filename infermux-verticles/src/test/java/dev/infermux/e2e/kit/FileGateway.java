package dev.infermux.e2e.kit;

import dev.infermux.BoundPorts;
import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.LogOptions;
import dev.infermux.config.ReadOptions;
import dev.infermux.config.ReloadSource;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An InferMux on a socket of 127.0.0.1 whose configuration is a file that is watched. */
public final class FileGateway implements AutoCloseable {

  private final Path file;
  private final InferMux inferMux;
  private final BoundPorts listening;
  private final List<LogOptions> logs;
  private boolean open = true;

  private FileGateway(Path file, InferMux inferMux, BoundPorts listening, List<LogOptions> logs) {
    this.file = file;
    this.inferMux = inferMux;
    this.listening = listening;
    this.logs = logs;
  }

  /** Starts with this text in the file; it has {@code listen} already. */
  public static FileGateway start(Vertx vertx, Path file, String yaml) {
    return start(vertx, file, yaml, false);
  }

  /** The same with the health of providers checked. */
  public static FileGateway start(Vertx vertx, Path file, String yaml, boolean healthChecks) {
    if (!Files.exists(file)) {
      write(file, yaml);
    }
    ReadOptions options = ReadOptions.of(Map.of());
    ConfigResult result = ConfigReader.read(vertx, file, options).await();
    if (!(result instanceof ConfigResult.Loaded loaded)) {
      throw new AssertionError(result);
    }
    Config config = loaded.config();
    List<LogOptions> logs = new CopyOnWriteArrayList<>();
    InferMux inferMux =
        InferMux.create(
                vertx,
                config,
                InferMuxOptions.defaults()
                    .withHealthChecks(healthChecks)
                    .withReloadSource(ReloadSource.of(file, options).withLog(logs::add)))
            .await();
    return new FileGateway(file, inferMux, inferMux.listen().await(), logs);
  }

  private static void write(Path file, String yaml) {
    try {
      Path half = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(half, complete(yaml));
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text as it stands in the file. */
  public static String complete(String yaml) {
    return "listen: 127.0.0.1:0\n" + yaml;
  }

  /** Replaces the file, as careful programs do, and leaves it to the watch. */
  public FileGateway write(String yaml) {
    write(file, yaml);
    return this;
  }

  /** Replaces the file and asks for a reload. */
  public WireAnswer reload(String yaml) {
    return write(yaml).reload();
  }

  public WireAnswer reload() {
    return post("/_infermux/reload", "");
  }

  /** What a call for the model {@code m} got. */
  public WireAnswer call(String... headers) {
    return post(
        "/v1/chat/completions",
        new JsonObject()
            .put("model", "m")
            .put("max_tokens", 100)
            .put("messages", List.of(Map.of("role", "user", "content", "Hello there")))
            .encode(),
        headers);
  }

  public WireAnswer post(String path, String body, String... headers) {
    try (Wire wire = Wire.connect(port())) {
      return wire.post(path, body, headers);
    }
  }

  public WireAnswer send(String method, String path, String body) {
    try (Wire wire = Wire.connect(port())) {
      return wire.request(method, path, body).read();
    }
  }

  public WireAnswer get(String path, String... headers) {
    try (Wire wire = Wire.connect(port())) {
      return wire.get(path, headers);
    }
  }

  public Path file() {
    return file;
  }

  public InferMux inferMux() {
    return inferMux;
  }

  public BoundPorts listening() {
    return listening;
  }

  public int port() {
    return listening.port();
  }

  /** What the program's log was told. */
  public List<LogOptions> logs() {
    return logs;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      inferMux.close().await();
    }
  }

  /** Writes a list with one price: what a million tokens of OpenAI's model {@code m} cost. */
  public static void priceList(Path file, String input) throws IOException {
    Files.writeString(
        file,
        """
        { "as_of": "2026-11-01", "providers": { "openai": { "m":
          { "input": %s, "output": 0 } } } }
        """
            .formatted(input));
  }
}
