package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node that is started, ended and started again in the same place. */
final class ServedNode implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 10;
  private static final long LIMIT_NANOS = 180_000_000_000L;

  private final String name;
  private final String command;
  private final Session.Start start;
  private final int port;
  private final String asked;
  private @Nullable Gateway gateway;

  private ServedNode(String name, String command, Session.Start start, int port, String asked) {
    this.name = name;
    this.command = command;
    this.start = start;
    this.port = port;
    this.asked = asked;
  }

  /**
   * One that is not started yet.
   *
   * @param start without budgets
   * @param blocks what its configuration has beyond others', by the directory that it has
   */
  static ServedNode of(String name, Session.Start start, int port, Function<Path, String> blocks) {
    Options options = start.options().withoutBudgets();
    Path home = options.directory().resolve(name + "-" + start.launch());
    Session.Start own =
        new Session.Start(start.launch(), start.mockPort(), options, blocks.apply(home));
    return new ServedNode(name, options.gateway(), own, port, "127.0.0.1:" + port);
  }

  /** The same in another network, where its management API is at {@code asked}. */
  ServedNode within(CutNetwork network, String address) {
    return new ServedNode(name, network.within() + command, start, port, address);
  }

  String name() {
    return name;
  }

  void launch() throws IOException {
    gateway = Gateway.start(name, command, start, port);
  }

  Gateway gateway() {
    Gateway running = gateway;
    if (running == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return running;
  }

  Target target() {
    return gateway().target();
  }

  /** Nodes that it hears, itself among them; 0 = it does not answer. */
  int hears() {
    return (int) metric("infermux_cluster_nodes");
  }

  /** A metric without labels; 0 where there is none, or no answer. */
  double metric(String metric) {
    String prefix = metric + " ";
    return get("metrics")
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length())))
        .findFirst()
        .orElse(0);
  }

  /** Waits until it is; seconds since it was launched. */
  double awaitReady() throws IOException, InterruptedException {
    Gateway running = gateway();
    while (get("ready").isEmpty()) {
      if (!running.alive() || System.nanoTime() - running.started() > LIMIT_NANOS) {
        throw new IOException(
            "%s: %s before it was ready; its output is in %s"
                .formatted(name, running.alive() ? "three minutes" : "ended", running.log()));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return (System.nanoTime() - running.started()) / 1e9;
  }

  /** The body of an answer 200; empty for any other, and for none. */
  private String get(String path) {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://" + asked + "/_infermux/" + path).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        connection.disconnect();
        return "";
      }
      try (var in = connection.getInputStream()) {
        return new String(in.readAllBytes(), UTF_8);
      }
    } catch (IOException none) {
      return "";
    }
  }

  @Override
  public void close() {
    if (gateway != null) {
      gateway.close();
      gateway = null;
    }
  }
}
