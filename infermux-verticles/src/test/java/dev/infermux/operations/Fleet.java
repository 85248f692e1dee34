package dev.infermux.operations;

import dev.infermux.inference.Operation;
import dev.infermux.policy.circuit.CircuitBreaker;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.policy.routing.LeastLatencyOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.echo.EchoProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import dev.infermux.testing.VirtualTime;
import dev.infermux.testing.VirtualVertx;
import dev.infermux.vertx.CircuitTimers;
import java.util.List;
import java.util.Set;

/** Two providers in virtual time: {@code alpha} has a ceiling of 7 requests, {@code beta} none. */
public final class Fleet {

  final VirtualTime time = new VirtualTime();
  final ProviderCircuits alphaCircuits = circuits("alpha");
  final CircuitBreaker alphaCircuit = alphaCircuits.of("m-1");
  final ProviderCircuits betaCircuits = circuits("beta");
  final CircuitBreaker betaCircuit = betaCircuits.of("m-1");
  final Health alphaHealth = new Health();
  final Health betaHealth = new Health();
  final Latency alphaLatency =
      new Latency(LeastLatencyOptions.defaults(), System::nanoTime, new LatencyPeers());
  public final Registry registry =
      Fleet.registry(
          List.of(
              new ProviderState(
                  "alpha",
                  alphaCircuits,
                  ceiling(RateLimitOptions.defaults().withRequestsPerMinute(7)),
                  alphaHealth,
                  alphaLatency),
              new ProviderState(
                  "beta",
                  betaCircuits,
                  ceiling(RateLimitOptions.defaults()),
                  betaHealth,
                  new Latency(
                      LeastLatencyOptions.defaults(), System::nanoTime, new LatencyPeers()))));

  private static Registry registry(List<ProviderState> states) {
    List<RegisteredProvider> providers =
        List.of(
            registered(ProviderOptions.of("alpha", ProviderType.ECHO).withModels("m-1", "m-2")),
            registered(ProviderOptions.of("beta", ProviderType.OPENAI)));
    return new Registry(new ProviderSnapshot(RoutingOptions.defaults(), providers, states));
  }

  private static RegisteredProvider registered(ProviderOptions options) {
    return new RegisteredProvider(
        options, Set.of(Operation.CHAT), (vertx, own) -> new EchoProvider(vertx, System::nanoTime));
  }

  /** Opens a circuit and lets its recovery window of 30 s pass. */
  void halfOpen(CircuitBreaker circuit) {
    circuit.open();
    time.pass(CircuitOptions.defaults().recoveryWindow());
  }

  private ProviderCircuits circuits(String provider) {
    return new ProviderCircuits(
        new CircuitBreakers(new CircuitTimers(VirtualVertx.in(time)), time, time, change -> {}),
        provider,
        CircuitOptions.defaults());
  }

  private RateLimiter ceiling(RateLimitOptions options) {
    return new RateLimiter(options, time);
  }
}
