package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/**
 * Callers who come 50 times a second, whatever becomes of those before, over TLS; 20 times in a
 * short run, which shares its machine.
 */
final class HonestCallers {

  private static final long PACE_NANOS = Scale.of(50, 20) * 1_000_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client;
  private final URI base;

  HonestCallers(int port, SSLContext tls) {
    this.client =
        HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    this.base = URI.create("https://127.0.0.1:" + port);
  }

  /**
   * What a while was like.
   *
   * @param millis of each call from when it was due, sorted
   * @param lost calls that were not answered as they should be, in words
   */
  record Figures(double[] millis, List<String> lost) {

    double median() {
      return millis[millis.length / 2];
    }

    double p99() {
      return millis[(int) (millis.length * 0.99)];
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%d | %d | %.1f | %.1f", millis.length, lost.size(), median(), p99());
    }
  }

  Figures during(Duration time) {
    Queue<Double> millis = new ConcurrentLinkedQueue<>();
    Queue<String> lost = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i * PACE_NANOS < time.toNanos(); i++) {
      long due = begin + i * PACE_NANOS;
      LockSupport.parkNanos(due - System.nanoTime());
      calls.add(
          call(i)
              .handle(
                  (wrong, cause) -> {
                    millis.add((System.nanoTime() - due) / 1e6);
                    String why = cause == null ? wrong : cause.toString();
                    if (!why.isEmpty()) {
                      lost.add(why);
                    }
                    return null;
                  }));
    }
    calls.forEach(CompletableFuture::join);
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Figures(sorted, List.copyOf(lost));
  }

  /** What is wrong with the answer to the next one; empty when nothing is. */
  private CompletableFuture<String> call(int number) {
    boolean messages = number % 3 == 2;
    boolean stream = number % 3 == 1;
    String body = stream ? Texts.stream(Gateway.MODEL, "Hi") : Texts.chat(Gateway.MODEL, "Hi");
    String sent = messages ? "{\"max_tokens\":50," + body.substring(1) : body;
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(messages ? "/v1/messages" : "/v1/chat/completions"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + AttackedGateway.KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(sent))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString(UTF_8))
        .thenApply(answer -> wrong(answer, stream));
  }

  private static String wrong(HttpResponse<String> answer, boolean stream) {
    String body = answer.body();
    boolean whole =
        stream
            ? body.contains("Hello") && body.contains(" there") && body.endsWith("[DONE]\n\n")
            : body.contains("Hello there");
    return answer.statusCode() == 200 && whole ? "" : answer.statusCode() + " " + body;
  }
}
