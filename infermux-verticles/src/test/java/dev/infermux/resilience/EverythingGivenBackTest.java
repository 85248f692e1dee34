package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inference.Prefill;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever providers answer and callers do, in a process with little memory: all that was taken is
 * given back. {@code -Dgiven-back.seed} plays a run again, as far as timing lets it.
 */
@ExtendWith(VertxExtension.class)
final class EverythingGivenBackTest {

  private static final long SEED = Long.getLong("given-back.seed", System.nanoTime());
  private static final int MB = 1 << 20;
  private static final int CALLERS = 16;
  private static final Duration SHORT = Duration.ofMillis(700);

  private static final List<String> ZERO = HeldSeries.of("first", "second");

  @Test
  @Timeout(900)
  void all_that_calls_take_is_given_back(Vertx vertx) throws InterruptedException {
    RandomAnswers answers = new RandomAnswers(SEED);
    try (Gateway gateway = Gateway.start(vertx, EverythingGivenBackTest::configured)) {
      gateway.upstream().forgetful().always(answers::of);

      long calls = play(gateway);

      gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
      await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> nothingIsHeld(gateway, answers, calls));
      answered(gateway, Texts.CHAT_ANSWER);
      answered(gateway, Texts.CHAT_ANSWER.replace("Hello", "x".repeat(16 * MB)));
    }
  }

  /** In the end, whatever time it takes on a machine that has other things to do. */
  private static void answered(Gateway gateway, String text) {
    gateway.upstream().always(MockAnswer.json(text));
    await()
        .untilAsserted(
            () -> {
              var answer = gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));
              assertThat(answer.status()).as("seed %s", SEED).isEqualTo(200);
              assertThat(answer.body()).as("seed %s", SEED).hasSize(text.length());
            });
  }

  private static Config configured(Config config, MockUpstream upstream) {
    CallerBudget budget =
        new CallerBudget("team-a", new BigDecimal("1000000"), BudgetAction.HARD_STOP, null);
    RoutingOptions routing = RoutingOptions.defaults();
    return config
        .withHttp(
            config
                .http()
                .withConnections(
                    ConnectionOptions.defaults()
                        .withBodyTimeout(SHORT)
                        .withIdleTimeout(SHORT)
                        .withWriteTimeout(SHORT))
                .withLimits(config.http().limits().withMaxBufferedBytes(24L * MB)))
        .withGrpcListen(new ListenAddress("127.0.0.1", 0))
        .withCircuit(
            CircuitOptions.defaults()
                .withConsecutiveFailures(Integer.MAX_VALUE)
                .withMinRequests(Integer.MAX_VALUE))
        .withRouting(
            routing
                .withRetry(RetryOptions.defaults().withBackoff(Duration.ofMillis(5)))
                .withFailover(routing.failover().withMidStream(MidStream.CONTINUE)))
        .withBudgets(BudgetOptions.defaults().withCallers(List.of(budget)))
        .withProvider(provider("first", upstream))
        .withProvider(provider("second", upstream));
  }

  private static ProviderOptions provider(String name, MockUpstream upstream) {
    return ProviderOptions.of(name, ProviderType.OPENAI)
        .withBaseUrl(upstream.baseUrl())
        .withPrefill(PrefillOptions.all(Prefill.MESSAGE))
        .withModels(Gateway.MODEL, "text-embedding-3-small")
        .withTimeout(SHORT)
        .withFirstTokenTimeout(SHORT)
        .withStreamIdleTimeout(SHORT);
  }

  /** Gives how many calls there were. */
  private static long play(Gateway gateway) throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "127.0.0.1:" + gateway.listening().grpcPort(), InsecureChannelCredentials.create())
            .build();
    AtomicLong calls = new AtomicLong();
    Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Scale.of(3, 60));
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Thread caller =
          new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  new RandomCaller(gateway, channel, SEED, calls.incrementAndGet()).call();
                }
              });
      caller.setUncaughtExceptionHandler((thread, bug) -> bugs.add(bug));
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    channel.shutdownNow();
    assertThat(bugs).as("seed %s", SEED).isEmpty();
    return calls.get();
  }

  private static void nothingIsHeld(Gateway gateway, RandomAnswers answers, long calls) {
    String metrics = gateway.get("/_infermux/metrics").body();
    List<String> held =
        metrics
            .lines()
            .filter(line -> ZERO.stream().anyMatch(one -> line.startsWith(one + " ")))
            .filter(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))) != 0)
            .toList();
    assertThat(held).as("seed %s, %s calls", SEED, calls).isEmpty();
    assertThat(answers.answering()).as("seed %s: requests at the provider", SEED).isEmpty();
  }
}
