package dev.infermux.benchmarks.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.benchmarks.mock.LoadProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The mock provider's process, seen from the run. */
final class MockProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Launched launched;
  private final int port;

  private MockProcess(Launched launched, int port) {
    this.launched = launched;
    this.port = port;
  }

  /** Starts it on the CPUs of this very process. */
  static MockProcess start(Path directory) throws IOException {
    var launched =
        Launched.piped(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LoadProvider.class.getName()),
            directory.resolve("mock.log"));
    var out =
        new BufferedReader(
            new InputStreamReader(launched.process().getInputStream(), StandardCharsets.US_ASCII));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the mock provider did not start; see " + directory + "/mock.log");
    }
    return new MockProcess(launched, Integer.parseInt(line));
  }

  int port() {
    return port;
  }

  Target target() {
    return new Target(Target.DIRECT, port, launched.handle());
  }

  void settings(String query) throws IOException {
    request("POST", "/mock/settings?" + query);
  }

  /** Closes the streams that are no longer read. */
  void hangUp() throws IOException {
    request("POST", "/mock/hangup");
  }

  /** One of the counts of {@code GET /stats}. */
  long count(String name) throws IOException {
    JsonNode stats = request("GET", "/stats");
    return stats.required(name).asLong();
  }

  private JsonNode request(String method, String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try (var in = connection.getInputStream()) {
      return JSON.readTree(in);
    }
  }

  @Override
  public void close() {
    launched.close();
  }
}
