package dev.infermux.simulation;

import dev.infermux.assembly.PricedModelCatalog;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.inference.record.ContentCapture;
import dev.infermux.ledger.LocalLedger;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.pipeline.Admission;
import dev.infermux.pipeline.CallInstruments;
import dev.infermux.pipeline.CallRules;
import dev.infermux.pipeline.IssuedIds;
import dev.infermux.pipeline.PipelineRig;
import dev.infermux.pipeline.Pricing;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.pipeline.RulesInForce;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.pricing.AskedPrice;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PriceBound;
import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.provider.AttemptHandler;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.GuardedProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import dev.infermux.testing.VirtualTime;
import dev.infermux.testing.VirtualVertx;
import dev.infermux.vertx.CircuitTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The router's own stages, guards and ledger over scripted providers, in virtual time. The bus
 * between them is left out.
 */
final class SimulatedRouter {

  static final String CALLER = "simulation";

  private static final Attribution WHOM = new Attribution(CALLER, "", "");
  private static final Origin NOWHERE = new Origin("simulation", "", "", null, null, null);

  private final VirtualTime time;
  private final ProviderFacts facts;
  private final Tally tally = new Tally();
  private final LocalLedger ledger;
  private final PipelineRig.Calls pipeline;
  private int calls;

  SimulatedRouter(VirtualTime time, Setup setup, SplittableRandom random, ProviderFacts facts) {
    this.time = time;
    this.facts = facts;
    this.ledger = LocalLedger.inMemory(setup.budgets(), time, alert -> {});
    Vertx vertx = VirtualVertx.in(time);
    PriceBook prices = Fleet.prices();
    Map<Script, ProviderState> states = states(vertx, setup);
    List<RegisteredProvider> providers =
        Fleet.SCRIPTS.stream()
            .map(script -> provider(script, states.get(script), setup, random.split()))
            .toList();
    Registry registry =
        new Registry(
            new ProviderSnapshot(
                setup.routing(), providers, Fleet.SCRIPTS.stream().map(states::get).toList()));
    RouterComponents components =
        new RouterComponents(
            CALLER,
            registry,
            new Router(registry, snapshot -> catalog(snapshot, prices)),
            new RulesInForce(
                new CallRules(setup.routing(), setup.budgets(), new BookPricing(prices))),
            (call, model, characters) -> {
              throw new UnsupportedOperationException("every answer reports its usage");
            },
            new CallInstruments(
                CallTracer.OFF,
                tally,
                new Admission(Integer.MAX_VALUE),
                CallerLimits.none(),
                ContentCapture.OFF,
                BufferedBytes.unlimited()),
            new IssuedIds(),
            time.time(),
            random);
    this.pipeline = PipelineRig.assemble(vertx, components, attempts(vertx, providers), ledger);
  }

  /** Sends a call into the pipeline. */
  void call(long promptTokens, long completionTokens) {
    call(Fleet.MODEL, null, promptTokens, completionTokens);
  }

  /** The same for a model, with a key of the caller's own or without. */
  void call(String model, @Nullable Secret key, long promptTokens, long completionTokens) {
    pipeline.run(
        new Call(
            "call-" + ++calls,
            Operation.CHAT,
            SimulatedBody.of(model, promptTokens, completionTokens),
            null,
            WHOM,
            key,
            CallerHeaders.NONE,
            NOWHERE,
            new Cancellation(),
            time.time().epochNanos(),
            time.nanos(),
            Call.NO_DEADLINE,
            Call.UNHEARD,
            Call.UNKEPT));
  }

  Tally tally() {
    return tally;
  }

  LocalLedger ledger() {
    return ledger;
  }

  private Map<Script, ProviderState> states(Vertx vertx, Setup setup) {
    CircuitBreakers circuits =
        new CircuitBreakers(new CircuitTimers(vertx), time, time, change -> {});
    LatencyPeers peers = new LatencyPeers();
    Map<Script, ProviderState> states = new HashMap<>();
    for (Script script : Fleet.SCRIPTS) {
      states.put(
          script,
          new ProviderState(
              script.name(),
              new ProviderCircuits(circuits, script.name(), setup.circuit()),
              new RateLimiter(RateLimitOptions.defaults(), time),
              new Health(),
              new Latency(setup.routing().leastLatency(), time, peers)));
    }
    peers.replace(states.values().stream().map(ProviderState::latency).toList());
    return states;
  }

  private RegisteredProvider provider(
      Script script, ProviderState state, Setup setup, SplittableRandom random) {
    return new RegisteredProvider(
            ProviderOptions.of(script.name(), ProviderType.OPENAI)
                .withModels(Fleet.MODEL, Fleet.OTHER),
            EnumSet.of(Operation.CHAT),
            (vertx, options) -> new ScriptedProvider(script, time, random, facts))
        .guardedBy(
            unguarded -> new GuardedProvider(unguarded, state, setup.circuit(), time.time(), true));
  }

  private static PipelineRig.Attempts attempts(Vertx vertx, List<RegisteredProvider> providers) {
    Map<String, AttemptHandler> handlers =
        providers.stream()
            .collect(
                Collectors.toMap(RegisteredProvider::name, provider -> provider.handler(vertx)));
    return (provider, attempt) -> handler(handlers, provider, attempt);
  }

  private static Future<AttemptResult> handler(
      Map<String, AttemptHandler> handlers, String provider, Attempt attempt) {
    AttemptHandler handler = handlers.get(provider);
    if (handler == null) {
      throw new AssertionError("no provider " + provider);
    }
    return handler.attempt(attempt);
  }

  private static PricedModelCatalog catalog(ProviderSnapshot snapshot, PriceBook prices) {
    return new PricedModelCatalog(
        snapshot.providers().stream().map(RegisteredProvider::options).toList(), prices);
  }

  /** The price book as the pipeline asks it. */
  private record BookPricing(PriceBook book) implements Pricing {
    @Override
    public Cost cost(String provider, String model, Usage usage) {
      return book.cost(provider, ProviderType.OPENAI.wireName(), model, usage);
    }

    @Override
    public UnitPrice bound(String provider, String model, long promptTokens, BodyFacts facts) {
      PriceBound bound =
          book.bound(
              provider, ProviderType.OPENAI.wireName(), model, AskedPrice.text(promptTokens));
      return new UnitPrice(bound.inputPerMillion(), bound.outputPerMillion());
    }
  }
}
