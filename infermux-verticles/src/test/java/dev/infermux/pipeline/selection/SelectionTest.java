package dev.infermux.pipeline.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
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
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(VertxExtension.class)
class SelectionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final RoutingOptions PRIORITY =
      RoutingOptions.defaults().withStrategy(RoutingStrategy.PRIORITY);

  private Vertx vertx;
  private ProviderState a;
  private ProviderState b;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    a = standing("a", RateLimitOptions.defaults());
    b = standing("b", RateLimitOptions.defaults());
  }

  @Test
  void choice_names_provider_strategy_and_group() {
    RoutingOptions options =
        PRIORITY.withGroups(List.of(new GroupOptions("fast", List.of("m"), null, List.of("b"))));

    Choice chosen = selection(options, a, b).next(call("m"), Set.of());

    assertThat(chosen).isEqualTo(new Choice(new Candidate("b", "m"), "priority", "fast"));
  }

  @Test
  void each_provider_is_chosen_once_and_then_none() {
    Selection selection = selection(PRIORITY, a, b);

    assertThat(next(selection, Set.of())).isEqualTo(new Candidate("a", "m"));
    assertThat(next(selection, Set.of("a"))).isEqualTo(new Candidate("b", "m"));
    assertThat(selection.next(call("m"), Set.of("a", "b"))).isNull();
  }

  @Test
  void provider_in_bad_shape_is_left_out_until_it_recovers() {
    Selection selection = selection(PRIORITY, a, b);

    a.health().failed("connection refused", NOW);
    assertThat(next(selection, Set.of())).isEqualTo(new Candidate("b", "m"));
    a.health().succeeded(NOW);
    assertThat(next(selection, Set.of())).isEqualTo(new Candidate("a", "m"));
    a.circuits().open();
    assertThat(next(selection, Set.of())).isEqualTo(new Candidate("b", "m"));
  }

  @Test
  void model_that_nobody_serves_is_not_found_and_near_names_are_told() {
    Failure failure = failure(selection(PRIORITY, a, b), "m1");

    assertThat(failure).isInstanceOf(Failure.ModelNotFound.class);
    assertThat(failure.message())
        .isEqualTo(
            "model: \"m1\" is served by no configured provider for chat (did you mean m?);"
                + " GET /v1/models lists all");
  }

  @Test
  void model_whose_group_has_nobody_for_it_is_not_found_there() {
    RoutingOptions options =
        PRIORITY.withGroups(
            List.of(new GroupOptions("fast", List.of("other"), null, List.of("a"))));

    assertThat(failure(selection(options, a, b), "other").message())
        .contains("for chat in route group \"fast\"");
  }

  @Test
  void every_provider_is_told_with_its_reason_and_the_soonest_recovery_counts() {
    a.rateLimiter().cooldowns().limited("m", Duration.ofSeconds(90));
    b.circuits().open();
    b.health().failed("connection refused", NOW);

    Failure failure = failure(selection(PRIORITY, a, b), "m");

    assertThat(failure)
        .isEqualTo(
            new Failure.NoHealthyProviders(
                "no provider of model \"m\" may be called now:"
                    + " a (rate_limit of its model \"m\", for 90 s), b (circuit_open, for 30 s; its"
                    + " health check: connection refused)",
                Duration.ofSeconds(30)));
  }

  @Test
  void a_failed_health_check_leaves_out_nobody_who_is_the_last() {
    a.health().failed("connection refused", NOW);
    Selection selection = selection(PRIORITY, a, b);

    assertThat(next(selection, Set.of())).isEqualTo(new Candidate("b", "m"));
    assertThat(next(selection, Set.of("b"))).isEqualTo(new Candidate("a", "m"));
    b.circuits().open();
    assertThat(next(selection, Set.of())).isEqualTo(new Candidate("a", "m"));
    a.circuits().open();
    assertThat(failure(selection, "m")).isInstanceOf(Failure.NoHealthyProviders.class);
  }

  @Test
  void rate_limits_alone_make_a_rate_limit_until_the_first_has_room() {
    ProviderState full = standing("full", new RateLimitOptions(1, RateLimitOptions.UNLIMITED));
    ProviderState closed = standing("closed", RateLimitOptions.defaults());
    assertThat(full.rateLimiter().reserve(1)).isNotNull();
    closed.rateLimiter().cooldowns().limited("m", Duration.ofSeconds(5));

    Failure failure = failure(selection(PRIORITY, full, closed), "m");

    assertThat(failure).isInstanceOf(Failure.RateLimited.class);
    assertThat(failure.status()).isEqualTo(429);
    assertThat(failure.message())
        .startsWith("every provider of model \"m\" is at its rate limit: full (rate_limit, for ");
    assertThat(failure.retryAfter()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  @Test
  void one_rate_limit_among_other_reasons_is_no_rate_limit() {
    a.rateLimiter().cooldowns().limited("m", Duration.ofSeconds(5));
    b.circuits().open();

    Failure failure = failure(selection(PRIORITY, a, b), "m");

    assertThat(failure).isInstanceOf(Failure.NoHealthyProviders.class);
    assertThat(failure.retryAfter()).isPositive();
  }

  @Test
  void explanation_has_the_same_facts_and_changes_nothing() {
    b.circuits().open();
    Router router = routes(RoutingOptions.defaults(), a, b);

    RoutePlan plan = router.explain(call("m"));

    assertThat(plan.strategy()).isEqualTo("round_robin");
    assertThat(plan.order()).containsExactly("a");
    assertThat(plan.maxAttempts()).isEqualTo(3);
    assertThat(plan.providers())
        .extracting(RoutePlan.Row::exclusion)
        .containsExactly(null, "circuit_open");
    assertThat(router.explain(call("m"))).isEqualTo(plan);
  }

  @Test
  void each_choice_is_one_line_in_the_debug_log() {
    Logger logger = (Logger) LoggerFactory.getLogger(Selection.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.DEBUG);
    a.circuits().open();
    try {
      selection(PRIORITY, a, b).next(call("m"), Set.of());
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "request req-1: model \"m\" goes to b by priority (group none); tried: [];"
                + " left out: a=circuit_open");
  }

  private Failure failure(Selection selection, String model) {
    return catchThrowableOfType(
            InferenceException.class, () -> selection.next(call(model), Set.of()))
        .failure();
  }

  private static Candidate next(Selection selection, Set<String> tried) {
    return selection.next(call("m"), tried).candidate();
  }

  private static Call call(String model) {
    String body =
        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    return TestCall.of(Operation.CHAT, body).call();
  }

  private static Selection selection(RoutingOptions options, ProviderState... standings) {
    return new Selection(routes(options, standings), CLOCK, new SplittableRandom(1));
  }

  private static Router routes(RoutingOptions options, ProviderState... standings) {
    List<RegisteredProvider> providers =
        Stream.of(standings).map(state -> provider(state.provider())).toList();
    return new Router(
        new Registry(new ProviderSnapshot(options, providers, List.of(standings))),
        snapshot -> new Unpriced());
  }

  private static RegisteredProvider provider(String name) {
    return new RegisteredProvider(
        ProviderOptions.of(name, ProviderType.ECHO).withModels("m"),
        EnumSet.of(Operation.CHAT),
        (vertx, options) -> new EchoProvider(vertx, System::nanoTime));
  }

  private ProviderState standing(String name, RateLimitOptions rateLimits) {
    CircuitBreakers circuits =
        new CircuitBreakers(new CircuitTimers(vertx), System::nanoTime, CLOCK, change -> {});
    return new ProviderState(
        name,
        new ProviderCircuits(circuits, name, CircuitOptions.defaults()),
        new RateLimiter(rateLimits, System::nanoTime),
        new Health(),
        new Latency(PRIORITY.leastLatency(), System::nanoTime, new LatencyPeers()));
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
