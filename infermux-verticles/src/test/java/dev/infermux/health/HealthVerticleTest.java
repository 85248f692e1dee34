package dev.infermux.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.infermux.events.ProviderHealthEvent;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Secret;
import dev.infermux.policy.health.HealthMode;
import dev.infermux.policy.health.HealthView;
import dev.infermux.policy.ratelimit.Cooldowns;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.ProviderVerticle;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@ExtendWith(VertxExtension.class)
class HealthVerticleTest {

  private static final String COMPLETION =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"p\"},"
          + "\"finish_reason\":\"length\"}]}";

  private HealthRig rig;
  private MockUpstream upstream;

  @BeforeEach
  void open(Vertx vertx) {
    rig = new HealthRig(vertx);
    upstream = MockUpstream.start(rig.vertx());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private ProviderOptions provider(String name) {
    return ProviderOptions.of(name, ProviderType.OPENAI)
        .withBaseUrl(upstream.baseUrl())
        .withApiKey(Secret.of("sk-own"));
  }

  private static MockAnswer models() {
    return MockAnswer.json("{\"data\":[]}");
  }

  @Test
  void all_providers_are_asked_at_once_and_the_start_waits_for_the_last() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<Void> lastGate = new CompletableFuture<>();
    upstream.next(models().after(gate), models().after(gate), models().after(lastGate));
    List<HealthTarget> patients =
        List.of(
            rig.add(provider("a"), HealthRig.ONCE),
            rig.add(provider("b"), HealthRig.ONCE),
            rig.add(provider("c"), HealthRig.ONCE));

    Future<String> started = rig.open();
    await().until(() -> upstream.requests().size() == 3);
    gate.complete(null);
    await().until(() -> checked(patients) == 2);
    assertThat(started.isComplete()).isFalse();
    lastGate.complete(null);
    started.await();

    assertThat(checked(patients)).isEqualTo(3);
    assertThat(patients).allMatch(target -> target.health().healthy());
  }

  private static long checked(List<HealthTarget> patients) {
    return patients.stream().filter(one -> one.health().view().checkedAt() != null).count();
  }

  @Test
  void a_silent_provider_holds_the_start_up_for_its_timeout_and_is_let_go() {
    upstream.always(MockAnswer.silence());
    HealthTarget target =
        rig.add(provider("silent"), HealthRig.ONCE.withTimeout(Duration.ofMillis(150)));

    rig.start();

    assertThat(target.health().view().healthy()).isFalse();
    assertThat(target.health().view().reason()).isEqualTo("no answer within 150ms");
    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void a_provider_that_never_ends_its_check_is_unhealthy_all_the_same() {
    HealthTarget target =
        rig.add(
            ProviderOptions.of("stuck", ProviderType.MOCK),
            HealthRig.ONCE.withTimeout(Duration.ofMillis(20)),
            (vertx, options) -> new Custom(Promise.<Void>promise().future()));

    rig.start();

    assertThat(target.health().view().reason()).isEqualTo("no answer within 20ms");
  }

  @Test
  void a_provider_whose_check_is_broken_is_unhealthy() {
    HealthTarget target =
        rig.add(
            ProviderOptions.of("broken", ProviderType.MOCK),
            HealthRig.ONCE,
            (vertx, options) -> new Custom(null));

    rig.start();

    assertThat(target.health().view().reason()).isEqualTo("failed inside the gateway; see its log");
  }

  @Test
  void only_flips_are_published() {
    upstream.next(models(), models(), MockAnswer.html(500), models());
    upstream.next(MockAnswer.html(502), MockAnswer.html(503), MockAnswer.html(502));
    upstream.always(models());
    HealthTarget target = rig.add(provider("up"), HealthRig.OFTEN);

    rig.start();

    assertThat(rig.events(2))
        .extracting(ProviderHealthEvent::provider, ProviderHealthEvent::healthy)
        .containsExactly(tuple("up", false), tuple("up", true));
    assertThat(rig.events(2).get(0).reason()).isEqualTo("answered 503 to GET /models");
    await().until(() -> upstream.requests().size() > 12);
    assertThat(rig.events(2)).hasSize(2);
    assertThat(target.health().healthy()).isTrue();
  }

  @Test
  void a_provider_that_is_down_at_the_start_is_an_event_too() {
    rig.add(provider("down").withBaseUrl(URI.create("http://127.0.0.1:1/v1")), HealthRig.ONCE);

    rig.start();

    assertThat(rig.events(1).get(0).reason()).isEqualTo("connection refused");
  }

  @ParameterizedTest
  @CsvSource({"401, true, false", "401, false, true", "403, false, true", "429, true, true"})
  void what_a_refusal_means_depends_on_whose_key_it_is(int status, boolean own, boolean healthy) {
    upstream.always(MockAnswer.json(status, "{\"error\":{\"message\":\"no sk-own\"}}"));
    ProviderOptions options = own ? provider("up") : provider("up").withApiKey(null);
    HealthTarget target = rig.add(options, HealthRig.ONCE);

    rig.start();

    HealthView view = target.health().view();
    assertThat(view.healthy()).isEqualTo(healthy);
    assertThat(view.reason()).isEqualTo(healthy ? "" : "answered 401; check its api_key");
  }

  @Test
  void checks_of_one_provider_never_overlap() {
    upstream.always(models().after(Duration.ofMillis(15)));
    rig.add(provider("up"), HealthRig.OFTEN.withInterval(Duration.ofMillis(1)));

    rig.start();
    await().until(() -> upstream.requests().size() >= 8);

    List<MockRequest> checks = upstream.requests();
    for (int i = 1; i < checks.size(); i++) {
      assertThat(checks.get(i).arrivedNanos())
          .isGreaterThanOrEqualTo(checks.get(i - 1).endedNanos());
    }
    assertThat(rig.plans()).as("each wait is jittered").isGreaterThanOrEqualTo(7);
  }

  @Test
  void nothing_is_asked_while_the_provider_has_closed_its_rate_limit() {
    upstream.always(models());
    AtomicLong now = new AtomicLong();
    Cooldowns limiter = new Cooldowns(now::get);
    limiter.limited("m", Duration.ofSeconds(30));
    HealthTarget target = rig.absent(provider("up"), HealthRig.OFTEN, HealthRig.OPENAI, limiter);
    rig.vertx()
        .deployVerticle(new ProviderVerticle(HealthRig.INSTANCE, target.provider(), 0))
        .await();

    rig.start();
    await().until(() -> rig.plans() > 3);
    assertThat(upstream.requests()).isEmpty();

    now.set(Duration.ofSeconds(30).toNanos());
    await().until(() -> target.health().view().checkedAt() != null);
  }

  @Test
  void a_provider_that_is_not_to_be_checked_is_not() {
    HealthTarget target = rig.add(provider("up"), HealthRig.OFTEN.withDisabled(true));
    upstream.always(models());
    rig.add(provider("other").withApiKey(Secret.of("sk-other")), HealthRig.OFTEN);

    rig.start();
    await().until(() -> upstream.requests().size() > 3);

    assertThat(target.health().view()).isEqualTo(HealthView.UNCHECKED);
    assertThat(upstream.requests())
        .allMatch(request -> "Bearer sk-other".equals(request.headers().get("authorization")));
  }

  @Test
  void a_completion_of_one_token_is_asked_where_it_is_wished_for() {
    upstream.next(MockAnswer.json(COMPLETION), MockAnswer.html(500), MockAnswer.html(500));
    upstream.always(MockAnswer.json(400, "{\"error\":{\"message\":\"max_tokens is too small\"}}"));
    HealthTarget target =
        rig.add(
            provider("up").withModels("gpt-4o", "other"),
            HealthRig.OFTEN.withMode(HealthMode.COMPLETION));

    rig.start();

    assertThat(target.health().healthy()).isTrue();
    assertThat(upstream.requests().get(0).target()).isEqualTo("/v1/chat/completions");
    assertThat(upstream.requests().get(0).body())
        .contains("\"model\":\"gpt-4o\"", "\"max_tokens\":1");
    assertThat(rig.events(2).get(0).reason()).isEqualTo("answered 500 with an HTML page");
    assertThat(rig.events(2).get(1).healthy()).isTrue();
  }

  @Test
  void without_a_known_model_the_list_of_models_is_asked_for() {
    upstream.always(models());
    rig.add(provider("up"), HealthRig.ONCE.withMode(HealthMode.COMPLETION));

    rig.start();

    assertThat(upstream.lastRequest().target()).isEqualTo("/v1/models");
  }

  @Test
  void a_provider_that_has_left_the_bus_is_neither_unhealthy_nor_watched_on() {
    HealthTarget gone =
        rig.absent(
            provider("gone"), HealthRig.OFTEN, HealthRig.OPENAI, new Cooldowns(System::nanoTime));

    rig.start();

    assertThat(gone.health().view()).isEqualTo(HealthView.UNCHECKED);
    assertThat(rig.plans()).isZero();
  }

  @Test
  void stopping_lets_go_of_the_running_check_and_finds_nothing() {
    upstream.always(MockAnswer.silence());
    upstream.next(models());
    HealthTarget target = rig.add(provider("up"), HealthRig.OFTEN);
    rig.start();
    await().until(() -> upstream.requests().size() == 2);

    rig.stop();

    await().until(() -> upstream.openConnections() == 0);
    assertThat(target.health().healthy()).isTrue();
    assertThat(rig.events(0)).isEmpty();
  }

  @Test
  void nothing_is_asked_after_the_stop() {
    upstream.always(models());
    rig.add(provider("up"), HealthRig.OFTEN);
    rig.start();
    await().until(() -> upstream.requests().size() > 3);

    rig.stop();

    AtomicInteger before = new AtomicInteger();
    await()
        .during(Duration.ofMillis(200))
        .until(() -> before.getAndSet(upstream.requests().size()) == upstream.requests().size());
  }

  /** A program's own provider; a null check throws. */
  private record Custom(Future<Void> checked) implements Provider {
    @Override
    public Future<Answer> call(Attempt attempt) {
      throw new IllegalStateException("nobody calls it");
    }

    @Override
    public Future<Void> check(HealthCheck check) {
      if (checked == null) {
        throw new IllegalStateException("a bug on purpose");
      }
      return checked;
    }
  }
}
