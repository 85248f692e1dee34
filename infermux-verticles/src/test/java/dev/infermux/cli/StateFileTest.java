package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The state file of budgets under a real process that fails to start, stops, and is killed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StateFileTest {

  private static final String CALL =
      "{\"model\":\"m\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private static final int ROUNDS = 5;
  private static final int CALLERS = 8;

  /** The prompt's bound of 600 tokens at 1 USD, and 20 of completion at 2 USD a million. */
  private static final long MOST_A_CALL = 640_000;

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void a_foreign_state_file_is_exit_code_2_with_one_message_and_is_left_alone() throws Exception {
    Path state = Files.writeString(directory.resolve("state.json"), "my shopping list\n");

    try (ServerProcess server = serve("ok")) {
      assertThat(server.exitCode()).isEqualTo(2);
      assertThat(server.err())
          .contains("budgets.state_file: ", "state.json", "(expected: ", "nothing was changed")
          .doesNotContain("\tat ");
    }
    assertThat(state).hasContent("my shopping list\n");
  }

  @Test
  void a_state_file_that_another_process_has_is_exit_code_2_and_names_it() throws Exception {
    try (ServerProcess first = serve("ok")) {
      first.url();
      try (ServerProcess second = serve("ok")) {
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err())
            .contains("budgets.state_file: ", Long.toString(first.pid()), "(expected: ")
            .doesNotContain("\tat ");
      }
      first.signal("TERM");
      assertThat(first.exitCode()).isZero();
    }
  }

  @Test
  void costs_are_the_same_after_a_stop() throws Exception {
    JsonObject before;
    try (ServerProcess server = serve("ok")) {
      URI url = server.url();
      for (int i = 0; i < 10; i++) {
        post(url);
      }
      before = costs(url);
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }

    try (ServerProcess server = serve("ok")) {
      assertThat(costs(server.url())).isEqualTo(before);
      assertThat(before.getInteger("requests")).isEqualTo(10);
    }
  }

  @Test
  void a_killed_process_forgets_nothing_that_a_caller_was_answered() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    AtomicLong answered = new AtomicLong();
    AtomicLong unanswered = new AtomicLong();
    for (int round = 0; round < ROUNDS; round++) {
      try (ServerProcess server = serve("latency-5ms+jitter-20ms")) {
        URI url = server.url();
        check(spent(url), answered, unanswered, seed);
        killWhile(server, answered, random.nextInt(400), () -> calls(url, answered, unanswered));
      }
    }
    try (ServerProcess server = serve("ok")) {
      check(spent(server.url()), answered, unanswered, seed);
    }
    assertThat(answered.get()).as("seed %s", seed).isPositive();
  }

  /** Not less than was answered, and no more than that with all reservations that were pending. */
  private static void check(long spent, AtomicLong answered, AtomicLong unanswered, long seed) {
    assertThat(spent)
        .as("seed %s", seed)
        .isBetween(answered.get(), answered.get() + unanswered.get() * MOST_A_CALL);
  }

  /** One call after another, until the server is gone. */
  private void calls(URI url, AtomicLong answered, AtomicLong unanswered) {
    while (true) {
      try {
        answered.addAndGet(nanos(post(url)));
      } catch (IOException gone) {
        unanswered.incrementAndGet();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** At any moment, once there was an answer at all. */
  private static void killWhile(
      ServerProcess server, AtomicLong answered, int afterMillis, Runnable caller)
      throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    List<Future<?>> running = new ArrayList<>();
    IntStream.range(0, CALLERS).forEach(i -> running.add(callers.submit(caller)));
    await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() > 0);
    new CountDownLatch(1).await(afterMillis, TimeUnit.MILLISECONDS);
    server.signal("KILL");
    for (Future<?> each : running) {
      each.get(30, TimeUnit.SECONDS);
    }
    callers.shutdown();
    assertThat(server.exitCode()).isEqualTo(137);
  }

  private ServerProcess serve(String script) throws IOException {
    Files.writeString(
        directory.resolve("infermux.yml"),
        """
        providers:
          - { name: mocked, type: mock, models: [m], mock: { script: "%s" } }
        pricing:
          mocked: { m: { input_per_million: 1, output_per_million: 2 } }
        budgets:
          state_file: %s
          callers:
            - { caller: anonymous, monthly_usd: 1000 }
        """
            .formatted(script, directory.resolve("state.json")));
    return ServerProcess.start(directory, "serve", "--listen", "127.0.0.1:0");
  }

  private HttpResponse<String> post(URI url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
            .POST(BodyPublishers.ofString(CALL))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private long spent(URI url) throws Exception {
    return nanos(costs(url).getValue("total_usd").toString());
  }

  private JsonObject costs(URI url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(url.resolve("/_infermux/costs")).build();
    return new JsonObject(http.send(request, BodyHandlers.ofString()).body());
  }

  private static long nanos(HttpResponse<String> answer) {
    return nanos(answer.headers().firstValue("X-Infermux-Cost").orElseThrow());
  }

  private static long nanos(String usd) {
    return new BigDecimal(usd).movePointRight(9).longValueExact();
  }
}
