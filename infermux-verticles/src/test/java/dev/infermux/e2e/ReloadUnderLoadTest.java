package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Reloads while calls and streams are under way: none of them fails. */
@ExtendWith(VertxExtension.class)
class ReloadUnderLoadTest {

  private static final int CALLERS = 6;
  private static final int RELOADS = 30;
  private static final String STREAM =
      "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @TempDir Path directory;

  @Test
  void no_call_and_no_stream_fails_while_everything_is_reloaded(Vertx vertx) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    List<String> failures = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2 * CALLERS);
    try (FileGateway gateway =
        FileGateway.start(vertx, directory.resolve("infermux.yml"), version(0))) {
      List<CompletableFuture<Void>> callers = new ArrayList<>();
      for (int i = 0; i < 2 * CALLERS; i++) {
        String body = i < CALLERS ? STREAM : STREAM.replace("true", "false");
        callers.add(
            CompletableFuture.runAsync(
                () -> {
                  try (Wire wire = Wire.connect(gateway.port())) {
                    while (!stop.get()) {
                      WireAnswer answer =
                          wire.post("/v1/chat/completions", body, "Authorization: Bearer k");
                      served.incrementAndGet();
                      if (!ended(answer)) {
                        synchronized (failures) {
                          failures.add(answer.status() + " " + answer.body());
                        }
                      }
                    }
                  }
                },
                threads));
      }
      for (int i = 1; i <= RELOADS; i++) {
        int before = served.get();
        WireAnswer answer = gateway.reload(version(i));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        await().pollInterval(Duration.ofMillis(5)).until(() -> served.get() > before + CALLERS);
      }
      stop.set(true);
      CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).join();

      assertThat(failures).isEmpty();
      String metrics = gateway.get("/_infermux/metrics").body();
      assertThat(metrics).contains("infermux_in_flight 0.0", "infermux_budget_open_holds 0.0");
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  /** Providers come, go and change with every version, and so does all else that can. */
  private static String version(int i) {
    return """
    providers:
      - { name: a%d, type: mock, models: [m], timeout: %ds, mock: { script: pace-2ms } }
      - { name: kept, type: mock, models: [m], rate_limits: { requests_per_minute: %d } }
    routing:
      strategy: %s
      retry: { attempts: %d }
      failover: { max_attempts: %d, mid_stream: %s }
      least_latency: { min_samples: %d }
    pricing: { kept: { "*": { input_per_million: %d, output_per_million: 1 } } }
    budgets: [{ caller: team, monthly_usd: %d }]
    auth: { mode: static_key, keys: [{ key: k, caller: team, limits: { max_in_flight: %d } }] }
    limits: { max_in_flight: %d }
    """
        .formatted(
            i % 3,
            30 + i,
            100_000 + i,
            i % 2 == 0 ? "round_robin" : "least_latency",
            i % 3,
            2 + i % 2,
            i % 2 == 0 ? "error" : "continue",
            1 + i % 4,
            1 + i,
            1_000 + i,
            500 + i,
            500 + i);
  }

  private static boolean ended(WireAnswer answer) {
    return answer.status() == 200
        && (answer.body().endsWith("data: [DONE]\n\n") || answer.body().startsWith("{"));
  }
}
