package dev.infermux.e2e.kit;

import dev.infermux.BoundPorts;
import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * An InferMux on a socket of 127.0.0.1 with two providers: the built-in echo, and {@code upstream},
 * an OpenAI-dialect model API whose answers the test scripts. Both run on the Vert.x of the test.
 */
public final class Gateway implements AutoCloseable {

  /** A model of {@code upstream} that the built-in price list knows. */
  public static final String MODEL = "gpt-4o-mini";

  private final Vertx vertx;
  private final MockUpstream upstream;
  private final InferMux inferMux;
  private final BoundPorts listening;

  private Gateway(Vertx vertx, MockUpstream upstream, InferMux inferMux, BoundPorts listening) {
    this.vertx = vertx;
    this.upstream = upstream;
    this.inferMux = inferMux;
    this.listening = listening;
  }

  /** With all defaults. */
  public static Gateway start(Vertx vertx) {
    return start(vertx, (config, upstream) -> config.withProvider(provider(upstream)));
  }

  /** With other options of the HTTP listener. */
  public static Gateway start(Vertx vertx, UnaryOperator<HttpOptions> http) {
    return start(
        vertx,
        (config, upstream) ->
            config.withHttp(http.apply(localHttp())).withProvider(provider(upstream)));
  }

  /** In a process that may buffer so many bytes. */
  public static Gateway withRoomFor(Vertx vertx, long bytes) {
    return start(
        vertx,
        (config, upstream) ->
            config
                .withHttp(
                    config.http().withLimits(config.http().limits().withMaxBufferedBytes(bytes)))
                .withProvider(provider(upstream)));
  }

  /** Starts one whose circuits never open, whatever its upstream answers. */
  public static Gateway startWithoutCircuits(Vertx vertx) {
    return start(
        vertx,
        (config, upstream) ->
            config
                .withCircuit(
                    CircuitOptions.defaults()
                        .withConsecutiveFailures(Integer.MAX_VALUE)
                        .withMinRequests(Integer.MAX_VALUE))
                .withProvider(provider(upstream)));
  }

  /**
   * With whatever {@code settings} puts on top; it must add {@code upstream} itself. Unless it says
   * otherwise no failed attempt is repaired, so that each shows.
   */
  public static Gateway start(Vertx vertx, BiFunction<Config, MockUpstream, Config> settings) {
    MockUpstream upstream = MockUpstream.start(vertx);
    Config base = Config.echo().withHttp(localHttp()).withRouting(unrepaired());
    Config config = settings.apply(base, upstream);
    // What an upstream is asked is what the test asks.
    InferMuxOptions unchecked = InferMuxOptions.defaults().withHealthChecks(false);
    InferMux inferMux = InferMux.create(vertx, config, unchecked).await();
    return new Gateway(vertx, upstream, inferMux, inferMux.listen().await());
  }

  /** The scripted provider, without a key of its own. */
  public static ProviderOptions provider(MockUpstream upstream) {
    return ProviderOptions.of("upstream", ProviderType.OPENAI)
        .withBaseUrl(upstream.baseUrl())
        .withModels(MODEL, "gpt-4o", "text-embedding-3-small", "org/model-7b");
  }

  /** Neither retries nor failover. */
  public static RoutingOptions unrepaired() {
    return RoutingOptions.defaults()
        .withRetry(RetryOptions.defaults().withAttempts(0))
        .withFailover(FailoverOptions.defaults().withEnabled(false));
  }

  /** A free port of 127.0.0.1. */
  public static HttpOptions localHttp() {
    return HttpOptions.defaults().withListen(new ListenAddress("127.0.0.1", 0));
  }

  public Vertx vertx() {
    return vertx;
  }

  public InferMux inferMux() {
    return inferMux;
  }

  public MockUpstream upstream() {
    return upstream;
  }

  public int port() {
    return listening.port();
  }

  public BoundPorts listening() {
    return listening;
  }

  /** A new connection. */
  public Wire connect() {
    return Wire.connect(port());
  }

  /** One request on a connection of its own. */
  public WireAnswer post(String path, String body, String... headers) {
    try (Wire wire = connect()) {
      return wire.post(path, body, headers);
    }
  }

  /** One request on a connection of its own. */
  public WireAnswer get(String path, String... headers) {
    try (Wire wire = connect()) {
      return wire.get(path, headers);
    }
  }

  @Override
  public void close() {
    inferMux.close().await();
    upstream.close();
  }

  /** The value of a series as the page of metrics has it, labels and all. */
  public long metric(String series) {
    return get("/_infermux/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** The bytes that calls hold as this. */
  public long buffered(String kind) {
    return metric("infermux_buffered_bytes{of=\"" + kind + "\"}");
  }
}
