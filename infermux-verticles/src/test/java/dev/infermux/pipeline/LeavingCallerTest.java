package dev.infermux.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.echo.EchoProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import dev.infermux.testing.TestCall;
import dev.infermux.vertx.CircuitTimers;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LeavingCallerTest {

  private static final RoutingOptions ROUTING = RoutingOptions.defaults();
  private static final Failure REFUSED =
      new Failure.UpstreamError(FailureClass.RATE_LIMITED, 429, "slow down", null);

  private Vertx vertx;
  private final CallContext context =
      new CallContext(TestCall.chat().call(), CallTrace.NONE, System::nanoTime);

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void call_whose_caller_leaves_as_an_attempt_fails_is_cancelled_and_not_failed() {
    Registry registry = registry(standing());
    FailoverStage failover =
        new FailoverStage(
            new Backoff(vertx, VertxTimers.time(vertx), new SplittableRandom(1)),
            selection(registry),
            registry,
            ROUTING,
            this::leave);

    Future<Answer> answer = failover.run(context);

    assertThat(answer.cause()).isInstanceOf(InferenceException.class);
    assertThat(((InferenceException) answer.cause()).failure())
        .isInstanceOf(Failure.Cancelled.class);
  }

  private Future<AttemptResult> leave(CallContext context, AttemptContext attempt) {
    context.cancellation().cancel();
    return Future.failedFuture(new InferenceException(REFUSED));
  }

  private static Selection selection(Registry registry) {
    return new Selection(
        new Router(registry, snapshot -> new Unpriced()),
        Clock.systemUTC(),
        new SplittableRandom(1));
  }

  private static Registry registry(ProviderState state) {
    RegisteredProvider only =
        new RegisteredProvider(
            ProviderOptions.of("a", ProviderType.ECHO).withModels("gpt-4o-mini"),
            EnumSet.of(Operation.CHAT),
            (vertx, options) -> new EchoProvider(vertx, System::nanoTime));
    return new Registry(new ProviderSnapshot(ROUTING, List.of(only), List.of(state)));
  }

  private ProviderState standing() {
    CircuitBreakers circuits =
        new CircuitBreakers(
            new CircuitTimers(vertx), System::nanoTime, Clock.systemUTC(), change -> {});
    return new ProviderState(
        "a",
        new ProviderCircuits(circuits, "a", CircuitOptions.defaults()),
        new RateLimiter(RateLimitOptions.defaults(), System::nanoTime),
        new Health(),
        new Latency(ROUTING.leastLatency(), System::nanoTime, new LatencyPeers()));
  }

  /** A catalogue of nothing. */
  private static final class Unpriced implements ModelCatalog {
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
