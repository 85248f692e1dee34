package dev.infermux.resilience;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.End;
import dev.infermux.inference.Operation;
import dev.infermux.inference.QueuedStream;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTrace;
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
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.provider.AttemptHandler;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.GuardedProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import dev.infermux.spi.Provider;
import dev.infermux.time.Time;
import dev.infermux.vertx.CircuitTimers;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongBinaryOperator;

/** The router's own stages, guard and ledger, over a provider and instruments that may throw. */
final class BombedRouter {

  private static final Usd CENT = new Usd(10_000_000);
  private static final BudgetOptions BUDGETS =
      BudgetOptions.defaults()
          .withCallers(
              List.of(
                  new CallerBudget(
                      "anonymous", new BigDecimal("1000"), BudgetAction.HARD_STOP, null)));

  private final Bomb bomb;
  private final Admission admission = new Admission(10);
  private final ProviderState state;
  private final LocalLedger ledger =
      LocalLedger.inMemory(BUDGETS, InstantSource.system(), alert -> {});
  private final PipelineRig.Calls pipeline;

  BombedRouter(Vertx vertx, Bomb bomb) {
    this.bomb = bomb;
    Time time = VertxTimers.time(vertx);
    CircuitBreakers circuits =
        new CircuitBreakers(new CircuitTimers(vertx), time.ticker(), time.clock(), change -> {});
    CircuitOptions circuit = CircuitOptions.defaults();
    this.state =
        new ProviderState(
            "p",
            new ProviderCircuits(circuits, "p", circuit),
            new RateLimiter(RateLimitOptions.defaults(), time.ticker()),
            new Health(),
            new Latency(
                RoutingOptions.defaults().leastLatency(), time.ticker(), new LatencyPeers()));
    RegisteredProvider provider =
        new RegisteredProvider(
                ProviderOptions.of("p", ProviderType.OPENAI).withModels("m"),
                EnumSet.of(Operation.CHAT),
                (any, options) -> (Provider) this::answer)
            .guardedBy(plain -> new GuardedProvider(plain, state, circuit, time, true));
    Registry registry =
        new Registry(
            new ProviderSnapshot(RoutingOptions.defaults(), List.of(provider), List.of(state)));
    AttemptHandler handler = provider.handler(vertx);
    this.pipeline =
        PipelineRig.assemble(
            vertx,
            components(registry, time),
            (name, attempt) -> {
              bomb.at(Bomb.Step.SENDER);
              return handler.attempt(attempt);
            },
            new BombedLedger(ledger, bomb));
  }

  private RouterComponents components(Registry registry, Time time) {
    CallerLimitOptions one = CallerLimitOptions.defaults().withMaxInFlight(1);
    return new RouterComponents(
        "bombed",
        registry,
        new Router(registry, snapshot -> new Open()),
        new RulesInForce(new CallRules(RoutingOptions.defaults(), BUDGETS, new Bombed())),
        (call, model, characters) -> {
          bomb.at(Bomb.Step.ESTIMATE);
          return Usage.reported(1, 1);
        },
        new CallInstruments(
            call -> {
              bomb.at(Bomb.Step.TRACE);
              return new Traced();
            },
            record -> bomb.at(Bomb.Step.LISTENER),
            admission,
            new CallerLimits(one, Map.of(), time.ticker()),
            call -> {
              bomb.at(Bomb.Step.CAPTURE);
              return new Captured();
            },
            BufferedBytes.unlimited()),
        new IssuedIds(),
        time,
        () -> ThreadLocalRandom.current().nextLong());
  }

  /** As the cell's bus runs it. */
  Future<Answer> run(Call call) {
    try {
      return pipeline.run(call);
    } catch (Throwable bug) {
      return Future.failedFuture(bug);
    }
  }

  int inFlight() {
    return admission.inFlight();
  }

  int inFlightAtProvider() {
    return state.inFlight();
  }

  Usd held() {
    return ledger.account("anonymous").result().pending();
  }

  /** Forgets what the provider's failures have done to its circuit. */
  void close() {
    state.reset();
  }

  private Future<Answer> answer(Attempt attempt) {
    bomb.at(Bomb.Step.PROVIDER);
    Error later = bomb.errorAt(Bomb.Step.PROVIDER_LATER);
    if (later != null) {
      return Future.failedFuture(later);
    }
    if (!attempt.call().stream()) {
      return Future.succeededFuture(Answer.whole(Buffer.buffer("{}"), last()));
    }
    return Future.succeededFuture(Answer.streamed("m", new TwoEvents()));
  }

  private static End last() {
    return End.whole("m", null, "stop", 2);
  }

  /** Two events, and the end. */
  private final class TwoEvents extends QueuedStream {

    TwoEvents() {
      offer(Buffer.buffer("data: {}\n\n"));
      offer(Buffer.buffer("data: [DONE]\n\n"));
      seal();
    }

    @Override
    protected void flow() {}

    @Override
    protected End ending() {
      bomb.at(Bomb.Step.STREAM_END);
      return last();
    }

    @Override
    public void cancel() {
      drop(last());
    }
  }

  /** A cent a token. */
  private final class Bombed implements Pricing {

    @Override
    public Cost cost(String provider, String model, Usage usage) {
      bomb.at(Bomb.Step.PRICE);
      return new Cost(CENT, CostStatus.EXACT, Usd.ZERO, CENT);
    }

    @Override
    public UnitPrice bound(String provider, String model, long promptTokens, BodyFacts facts) {
      return new UnitPrice(Usd.ZERO, new Usd(CENT.nanos() * 1_000_000));
    }
  }

  /** A trace of which nothing is kept. */
  private final class Traced implements CallTrace {

    @Override
    public String traceId() {
      return "";
    }

    @Override
    public AttemptTrace attempt(String provider) {
      bomb.at(Bomb.Step.ATTEMPT_TRACE);
      return AttemptTrace.NONE;
    }

    @Override
    public void finished(CallRecord record) {
      bomb.at(Bomb.Step.TRACE_END);
    }
  }

  /** Content of which nothing is kept. */
  private final class Captured implements ContentCapture.Capturing {

    @Override
    public void answer(Buffer whole) {
      bomb.at(Bomb.Step.CAPTURED_ANSWER);
    }

    @Override
    public void events(Buffer events) {
      bomb.at(Bomb.Step.CAPTURED_ANSWER);
    }

    @Override
    public CallContent content() {
      bomb.at(Bomb.Step.CAPTURED_CONTENT);
      return CallContent.NONE;
    }
  }

  /** A catalogue of nothing. */
  private static final class Open implements ModelCatalog {

    @Override
    public ModelOwnership place(String provider, String model) {
      return ModelOwnership.OPEN;
    }

    @Override
    public LongBinaryOperator price(String provider, String model) {
      return (prompt, completion) -> 0;
    }
  }
}
