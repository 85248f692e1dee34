package dev.infermux.cluster.changes;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.config.ReloadSource;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A node with a file and a directory of its own, asked over HTTP. */
final class SharedNode implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final InferMux inferMux;
  private final int port;

  private SharedNode(InferMux inferMux) {
    this.inferMux = inferMux;
    this.port = inferMux.listen().await().port();
  }

  /** With these lines of YAML besides. */
  static SharedNode start(Vertx vertx, Path directory, String url, String yaml) {
    return start(vertx, directory, url, yaml, Map.of());
  }

  static SharedNode start(
      Vertx vertx, Path directory, String url, String yaml, Map<String, String> environment) {
    try {
      Path file = Files.createDirectories(directory).resolve("infermux.yml");
      Files.writeString(
          file,
          """
          listen: 127.0.0.1:0
          budgets:
            state_file: %s
            shared: { url: "%s" }
          providers:
          - { name: echo, type: echo, models: [echo-v1] }
          """
                  .formatted(directory.resolve("budgets.json"), url)
              + yaml);
      ReadOptions options = ReadOptions.of(environment);
      ConfigResult read = ConfigReader.read(vertx, file, options).await();
      if (!(read instanceof ConfigResult.Loaded loaded)) {
        throw new AssertionError(read);
      }
      Config config = loaded.config();
      return new SharedNode(
          InferMux.create(
                  vertx,
                  config,
                  InferMuxOptions.defaults().withReloadSource(ReloadSource.of(file, options)))
              .await());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status of a call with this model. */
  int call(String model, String key) {
    String body =
        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    return send("POST", "/v1/chat/completions", body, key).statusCode();
  }

  Reply manage(String method, String path, String body) {
    HttpResponse<String> response = send(method, "/_infermux/" + path, body.replace('\'', '"'), "");
    return new Reply(response.statusCode(), response.body());
  }

  JsonObject nodes() {
    return manage("GET", "nodes", "").json();
  }

  boolean has(String provider) {
    return manage("GET", "providers/" + provider, "").status() == 200;
  }

  private HttpResponse<String> send(String method, String path, String body, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    inferMux.close().await();
  }

  /** What the management API says. */
  record Reply(int status, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }

    String code() {
      return json().getJsonObject("error").getString("code");
    }

    String message() {
      return json().getJsonObject("error").getString("message");
    }
  }
}
