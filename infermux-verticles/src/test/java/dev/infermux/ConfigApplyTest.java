package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.assembly.AppliedConfig;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigSection;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Secret;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mock.Mock;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Providers that join, leave and change while an InferMux answers calls. */
@ExtendWith(VertxExtension.class)
@Timeout(120)
class ConfigApplyTest {

  private static final ProviderOptions ONE = provider("one");
  private static final ProviderOptions TWO = provider("two");
  private static final Config BASE =
      Config.defaults()
          .withRouting(RoutingOptions.defaults().withStrategy(RoutingStrategy.PRIORITY));

  private Vertx vertx;
  private final Mock one = Mock.named("one").models("m").answer("from one");
  private final Mock two = Mock.named("two").models("m").answer("from two");

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void no_call_fails_while_providers_join_leave_and_change() {
    InferMux infermux = start(BASE.withProvider(ONE));
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Void>> callers =
        Stream.generate(() -> callUntil(stop, infermux)).limit(16).toList();

    for (int i = 1; i <= 10; i++) {
      apply(infermux, BASE.withProvider(TWO).withProvider(ONE.withTimeout(seconds(i))));
      long before = two.count();
      await().until(() -> two.count() > before);
      apply(infermux, BASE.withProvider(TWO.withTimeout(seconds(i))));
      apply(infermux, BASE.withProvider(ONE));
      long former = one.count();
      await().until(() -> one.count() > former);
    }
    stop.set(true);

    assertThat(Future.all(callers).await().succeeded()).isTrue();
    assertThat(infermux.circuitStates()).containsOnlyKeys("one");
  }

  @Test
  void a_stream_ends_well_at_a_provider_that_was_removed_meanwhile() {
    one.always(MockBehaviour.ok().text("word ".repeat(400)).pace(Duration.ofMillis(1)));
    InferMux infermux = start(BASE.withProvider(ONE).withProvider(TWO));
    AnswerStream stream = infermux.inferStream(request()).await();

    AppliedConfig applied = apply(infermux, BASE.withProvider(TWO));
    String meanwhile = infermux.infer(request()).await().content();

    assertThat(applied.change().providers().removed()).containsExactly("one");
    assertThat(applied.drained().isComplete()).isFalse();
    assertThat(meanwhile).isEqualTo("from two");
    assertThat(infermux.circuitStates()).containsOnlyKeys("two");
    assertThat(infermux.health()).containsOnlyKeys("two");
    assertThat(text(stream)).endsWith("data: [DONE]\n\n");
    applied.drained().await();
  }

  @Test
  void a_provider_that_comes_back_is_reached_again() {
    InferMux infermux = start(BASE.withProvider(ONE).withProvider(TWO));

    apply(infermux, BASE.withProvider(TWO)).drained().await();
    apply(infermux, BASE.withProvider(ONE).withProvider(TWO));

    assertThat(infermux.infer(request()).await().content()).isEqualTo("from one");
  }

  @Test
  void what_is_known_of_a_provider_lasts_while_its_upstream_is_the_same() {
    InferMux infermux = start(BASE.withProvider(ONE).withProvider(TWO));
    infermux.openCircuit("one");
    infermux.openCircuit("two");

    apply(infermux, BASE.withProvider(ONE).withProvider(TWO.withTimeout(seconds(9))));
    Map<String, CircuitState> used = infermux.circuitStates();
    apply(infermux, BASE.withProvider(ONE).withProvider(TWO.withApiKey(Secret.of("another"))));

    assertThat(used).containsEntry("one", CircuitState.OPEN);
    assertThat(used).containsEntry("two", CircuitState.OPEN);
    assertThat(infermux.circuitStates()).containsEntry("one", CircuitState.OPEN);
    assertThat(infermux.circuitStates()).containsEntry("two", CircuitState.CLOSED);
  }

  @Test
  void a_provider_that_joins_has_been_checked_once() {
    InferMux infermux = start(BASE.withProvider(ONE));

    apply(infermux, BASE.withProvider(ONE).withProvider(TWO));

    assertThat(infermux.health().get("two").checkedAt()).isNotNull();
  }

  @Test
  void what_needs_a_restart_is_said_and_left_as_it_was() {
    InferMux infermux = start(BASE.withProvider(ONE));
    Config next =
        BASE.withProvider(TWO)
            .withBudgets(BudgetOptions.defaults().withStateFile(Path.of("spent.json")));

    AppliedConfig first = apply(infermux, next);
    AppliedConfig again = apply(infermux, next);

    assertThat(first.change().afterRestart()).containsExactly(ConfigSection.STATE_FILE);
    assertThat(again.change().providers().none()).isTrue();
    assertThat(again.change().afterRestart()).containsExactly(ConfigSection.STATE_FILE);
  }

  @Test
  void a_configuration_that_cannot_be_applied_changes_nothing() {
    InferMux infermux = start(BASE.withProvider(ONE));

    assertThatThrownBy(() -> apply(infermux, BASE.withProvider(TWO).withProvider(TWO)))
        .hasMessageContaining("two named \"two\"");

    assertThat(infermux.infer(request()).await().content()).isEqualTo("from one");
    assertThat(apply(infermux, BASE.withProvider(TWO)).change().providers().added())
        .containsExactly("two");
  }

  @Test
  void a_provider_that_cannot_be_deployed_takes_no_other_with_it() {
    InferMux infermux = start(BASE.withProvider(ONE));
    ProviderOptions nowhere =
        ProviderOptions.of("nowhere", ProviderType.OPENAI).withBaseUrl(URI.create("nowhere"));

    assertThatThrownBy(() -> apply(infermux, BASE.withProvider(TWO).withProvider(nowhere)))
        .isInstanceOf(RuntimeException.class);

    assertThat(infermux.circuitStates()).containsOnlyKeys("one");
    assertThat(infermux.infer(request()).await().content()).isEqualTo("from one");
    apply(infermux, BASE.withProvider(TWO));
    assertThat(infermux.infer(request()).await().content()).isEqualTo("from two");
  }

  private InferMux start(Config config) {
    InferMuxOptions mocked = InferMuxOptions.defaults().withMocks(one, two);
    InferMux infermux = InferMux.create(vertx, BASE, mocked).await();
    apply(infermux, config).drained().await();
    return infermux;
  }

  private static AppliedConfig apply(InferMux infermux, Config config) {
    return infermux.apply(config).await();
  }

  /** One after the other; no chain of futures, which would be as long as there are calls. */
  private static Future<Void> callUntil(AtomicBoolean stop, InferMux infermux) {
    Promise<Void> over = Promise.promise();
    call(stop, infermux, over);
    return over.future();
  }

  private static void call(AtomicBoolean stop, InferMux infermux, Promise<Void> over) {
    infermux
        .infer(request())
        .onComplete(
            (answer, cause) -> {
              if (cause != null) {
                over.fail(cause);
              } else if (stop.get()) {
                over.complete();
              } else {
                call(stop, infermux, over);
              }
            });
  }

  private static String text(AnswerStream stream) {
    Promise<Buffer> whole = Promise.promise();
    Buffer collected = Buffer.buffer();
    stream.exceptionHandler(whole::tryFail);
    stream.endHandler(ended -> whole.tryComplete(collected));
    stream.handler(collected::appendBuffer);
    stream.resume();
    return whole.future().await().toString();
  }

  private static ProviderOptions provider(String name) {
    return ProviderOptions.of(name, ProviderType.MOCK).withModels("m");
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static InferRequest request() {
    return new InferRequest("m", "", List.of(ChatMessage.of("user", "Hi")), Map.of(), Map.of());
  }
}
