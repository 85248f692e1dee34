package dev.infermux.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.infermux.events.ProviderHealthEvent;
import dev.infermux.inference.Secret;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.inference.call.Attempt;
import dev.infermux.policy.ceiling.Ceiling;
import dev.infermux.policy.ceiling.CeilingOptions;
import dev.infermux.policy.health.HealthMode;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.HealthCheck;
import dev.infermux.provider.Provider;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderOptionsBuilder;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.ProviderVerticle;
import dev.infermux.provider.openai.OpenAiProvider;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HealthVerticleTest {

  private static final String COMPLETION =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"p\"},"
          + "\"finish_reason\":\"length\"}]}";

  private final Ward ward = new Ward();
  private final MockUpstream upstream = MockUpstream.start(ward.vertx());

  @AfterEach
  void close() {
    ward.close();
  }

  private ProviderOptionsBuilder provider(String name) {
    return ProviderOptions.builder(name, ProviderType.OPENAI)
        .baseUrl(upstream.baseUrl())
        .apiKey(Secret.of("sk-own"));
  }

  private static MockAnswer models() {
    return MockAnswer.json("{\"data\":[]}");
  }

  @Test
  void all_providers_are_asked_at_once_and_the_start_waits_for_the_last() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<Void> lastGate = new CompletableFuture<>();
    upstream.next(models().after(gate), models().after(gate), models().after(lastGate));
    List<Patient> patients =
        List.of(
            ward.add(provider("a"), Ward.ONCE),
            ward.add(provider("b"), Ward.ONCE),
            ward.add(provider("c"), Ward.ONCE));

    Future<String> started = ward.open();
    await().until(() -> upstream.requests().size() == 3);
    gate.complete(null);
    await().until(() -> checked(patients) == 2);
    assertThat(started.isComplete()).isFalse();
    lastGate.complete(null);
    started.await();

    assertThat(checked(patients)).isEqualTo(3);
    assertThat(patients).allMatch(patient -> patient.health().healthy());
  }

  private static long checked(List<Patient> patients) {
    return patients.stream().filter(one -> one.health().view().checkedAt() != null).count();
  }

  @Test
  void a_silent_provider_holds_the_start_up_for_its_timeout_and_is_let_go() {
    upstream.always(MockAnswer.silence());
    Patient patient = ward.add(provider("silent"), Ward.ONCE.withTimeout(Duration.ofMillis(150)));

    ward.start();

    assertThat(patient.health().view().healthy()).isFalse();
    assertThat(patient.health().view().reason()).isEqualTo("no answer within 150ms");
    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void a_provider_that_never_ends_its_check_is_unhealthy_all_the_same() {
    Patient patient =
        ward.add(
            ProviderOptions.builder("stuck", ProviderType.MOCK),
            Ward.ONCE.withTimeout(Duration.ofMillis(20)),
            (vertx, options) -> new Custom(Promise.<Void>promise().future()));

    ward.start();

    assertThat(patient.health().view().reason()).isEqualTo("no answer within 20ms");
  }

  @Test
  void a_provider_whose_check_is_broken_is_unhealthy() {
    Patient patient =
        ward.add(
            ProviderOptions.builder("broken", ProviderType.MOCK),
            Ward.ONCE,
            (vertx, options) -> new Custom(null));

    ward.start();

    assertThat(patient.health().view().reason())
        .isEqualTo("failed inside the gateway; see its log");
  }

  @Test
  void only_flips_are_published() {
    upstream.next(models(), models());
    upstream.next(MockAnswer.html(503), MockAnswer.html(502), MockAnswer.html(503));
    upstream.always(models());
    Patient patient = ward.add(provider("up"), Ward.OFTEN);

    ward.start();

    assertThat(ward.events(2))
        .extracting(ProviderHealthEvent::provider, ProviderHealthEvent::healthy)
        .containsExactly(tuple("up", false), tuple("up", true));
    assertThat(ward.events(2).get(0).reason()).isEqualTo("answered 503 to GET /models");
    await().until(() -> upstream.requests().size() > 12);
    assertThat(ward.events(2)).hasSize(2);
    assertThat(patient.health().healthy()).isTrue();
  }

  @Test
  void a_provider_that_is_down_at_the_start_is_an_event_too() {
    ward.add(provider("down").baseUrl(URI.create("http://127.0.0.1:1/v1")), Ward.ONCE);

    ward.start();

    assertThat(ward.events(1).get(0).reason()).isEqualTo("connection refused");
  }

  @ParameterizedTest
  @CsvSource({"401, true, false", "401, false, true", "403, false, true", "429, true, true"})
  void what_a_refusal_means_depends_on_whose_key_it_is(int status, boolean own, boolean healthy) {
    upstream.always(MockAnswer.json(status, "{\"error\":{\"message\":\"no sk-own\"}}"));
    ProviderOptionsBuilder options = own ? provider("up") : provider("up").apiKey(null);
    Patient patient = ward.add(options, Ward.ONCE);

    ward.start();

    HealthView view = patient.health().view();
    assertThat(view.healthy()).isEqualTo(healthy);
    assertThat(view.reason()).isEqualTo(healthy ? "" : "answered 401; check its api_key");
  }

  @Test
  void checks_of_one_provider_never_overlap() {
    upstream.always(models().after(Duration.ofMillis(15)));
    ward.add(provider("up"), Ward.OFTEN.withInterval(Duration.ofMillis(1)));

    ward.start();
    await().until(() -> upstream.requests().size() >= 8);

    List<MockRequest> checks = upstream.requests();
    for (int i = 1; i < checks.size(); i++) {
      assertThat(checks.get(i).arrivedNanos())
          .isGreaterThanOrEqualTo(checks.get(i - 1).endedNanos());
    }
    assertThat(ward.plans()).as("each wait is jittered").isGreaterThanOrEqualTo(7);
  }

  @Test
  void nothing_is_asked_while_the_provider_has_closed_its_ceiling() {
    upstream.always(models());
    AtomicLong now = new AtomicLong();
    Ceiling ceiling = new Ceiling(CeilingOptions.unlimited(), now::get);
    ceiling.closeFor(Duration.ofSeconds(30));
    Patient patient = ward.absent(provider("up"), Ward.OFTEN, OpenAiProvider::new, ceiling);
    ward.vertx().deployVerticle(new ProviderVerticle("ward", patient.provider(), 0)).await();

    ward.start();
    await().until(() -> ward.plans() > 3);
    assertThat(upstream.requests()).isEmpty();

    now.set(Duration.ofSeconds(30).toNanos());
    await().until(() -> patient.health().view().checkedAt() != null);
  }

  @Test
  void a_provider_that_is_not_to_be_checked_is_not() {
    Patient patient = ward.add(provider("up"), Ward.OFTEN.withDisabled(true));
    upstream.always(models());
    ward.add(provider("other").apiKey(Secret.of("sk-other")), Ward.OFTEN);

    ward.start();
    await().until(() -> upstream.requests().size() > 3);

    assertThat(patient.health().view()).isEqualTo(HealthView.UNCHECKED);
    assertThat(upstream.requests())
        .allMatch(request -> "Bearer sk-other".equals(request.headers().get("authorization")));
  }

  @Test
  void a_completion_of_one_token_is_asked_where_it_is_wished_for() {
    upstream.next(MockAnswer.json(COMPLETION), MockAnswer.html(500));
    upstream.always(MockAnswer.json(400, "{\"error\":{\"message\":\"max_tokens is too small\"}}"));
    Patient patient =
        ward.add(
            provider("up").models("gpt-4o", "other"), Ward.OFTEN.withMode(HealthMode.COMPLETION));

    ward.start();

    assertThat(patient.health().healthy()).isTrue();
    assertThat(upstream.requests().get(0).target()).isEqualTo("/v1/chat/completions");
    assertThat(upstream.requests().get(0).body())
        .contains("\"model\":\"gpt-4o\"", "\"max_tokens\":1");
    assertThat(ward.events(2).get(0).reason()).isEqualTo("answered 500");
    assertThat(ward.events(2).get(1).healthy()).isTrue();
  }

  @Test
  void without_a_known_model_the_list_of_models_is_asked_for() {
    upstream.always(models());
    ward.add(provider("up"), Ward.ONCE.withMode(HealthMode.COMPLETION));

    ward.start();

    assertThat(upstream.lastRequest().target()).isEqualTo("/v1/models");
  }

  @Test
  void a_provider_that_has_left_the_bus_is_neither_unhealthy_nor_watched_on() {
    Patient gone =
        ward.absent(
            provider("gone"),
            Ward.OFTEN,
            OpenAiProvider::new,
            new Ceiling(CeilingOptions.unlimited(), System::nanoTime));

    ward.start();

    assertThat(gone.health().view()).isEqualTo(HealthView.UNCHECKED);
    assertThat(ward.plans()).isZero();
  }

  @Test
  void stopping_lets_go_of_the_running_check_and_finds_nothing() {
    upstream.always(MockAnswer.silence());
    upstream.next(models());
    Patient patient = ward.add(provider("up"), Ward.OFTEN);
    ward.start();
    await().until(() -> upstream.requests().size() == 2);

    ward.stop();

    await().until(() -> upstream.openConnections() == 0);
    assertThat(patient.health().healthy()).isTrue();
    assertThat(ward.events(0)).isEmpty();
  }

  @Test
  void nothing_is_asked_after_the_stop() {
    upstream.always(models());
    ward.add(provider("up"), Ward.OFTEN);
    ward.start();
    await().until(() -> upstream.requests().size() > 3);

    ward.stop();

    AtomicInteger before = new AtomicInteger();
    await()
        .during(Duration.ofMillis(200))
        .until(() -> before.getAndSet(upstream.requests().size()) == upstream.requests().size());
  }

  /** A program's own provider; a null check throws. */
  private record Custom(Future<Void> checked) implements Provider {
    @Override
    public Future<ProviderAnswer> call(Attempt attempt) {
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
