package dev.infermux.e2e.kit;

import dev.infermux.inference.Secret;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A gateway before two scripted model APIs that serve the same model: {@code first} is asked first,
 * {@code second} when that fails.
 */
public final class Pair implements AutoCloseable {

  private final MockUpstream second;
  private final Gateway gateway;

  private Pair(
      Vertx vertx,
      UnaryOperator<RoutingOptions> routing,
      UnaryOperator<ProviderOptions> first,
      UnaryOperator<ProviderOptions> second,
      CircuitOptions circuit) {
    MockUpstream other = MockUpstream.start(vertx);
    this.second = other;
    this.gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withCircuit(circuit)
                    .withRouting(routing.apply(routing()))
                    .withProvider(first.apply(provider("first", upstream)))
                    .withProvider(second.apply(provider("second", other))));
  }

  /** With failover and a retry after a few milliseconds. */
  public static Pair start(Vertx vertx) {
    return start(vertx, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** With other options of routing or of the first provider. */
  public static Pair start(
      Vertx vertx, UnaryOperator<RoutingOptions> routing, UnaryOperator<ProviderOptions> first) {
    return start(vertx, routing, first, UnaryOperator.identity());
  }

  /** With other options of routing or of either provider. */
  public static Pair start(
      Vertx vertx,
      UnaryOperator<RoutingOptions> routing,
      UnaryOperator<ProviderOptions> first,
      UnaryOperator<ProviderOptions> second) {
    return start(vertx, routing, first, second, CircuitOptions.defaults());
  }

  /** With other circuits as well. */
  public static Pair start(
      Vertx vertx,
      UnaryOperator<RoutingOptions> routing,
      UnaryOperator<ProviderOptions> first,
      UnaryOperator<ProviderOptions> second,
      CircuitOptions circuit) {
    return new Pair(vertx, routing, first, second, circuit);
  }

  private static RoutingOptions routing() {
    return RoutingOptions.defaults()
        .withStrategy(RoutingStrategy.PRIORITY)
        .withRetry(RetryOptions.defaults().withBackoff(Duration.ofMillis(5)));
  }

  private static ProviderOptions provider(String name, MockUpstream upstream) {
    return ProviderOptions.of(name, ProviderType.OPENAI)
        .withApiKey(Secret.of("sk-of-" + name))
        .withBaseUrl(upstream.baseUrl())
        .withModels(Gateway.MODEL);
  }

  public Gateway gateway() {
    return gateway;
  }

  public MockUpstream first() {
    return gateway.upstream();
  }

  public MockUpstream second() {
    return second;
  }

  @Override
  public void close() {
    gateway.close();
    second.close();
  }
}
