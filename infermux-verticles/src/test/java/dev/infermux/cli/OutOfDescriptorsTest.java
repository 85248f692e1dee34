package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process without descriptors says so in one line each, blames no provider, and recovers. */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class OutOfDescriptorsTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String PLAIN = Texts.chat(Gateway.MODEL, "Hi");
  private static final int DESCRIPTORS_LEFT = 40;
  private static final int CALLERS = 60;

  @Test
  void shortage_is_one_line_and_a_503(Vertx vertx, @TempDir Path directory) throws Exception {
    try (MockUpstream upstream = MockUpstream.start(vertx);
        ServerProcess server = start(directory, upstream)) {
      int port = server.url().getPort();
      // What a call needs of the class path is loaded by now, and its jars are open.
      upstream.next(MockAnswer.json(Texts.CHAT_ANSWER), MockAnswer.json(500, "{}"));
      assertThat(ask(port).status()).isEqualTo(200);
      assertThat(ask(port).status()).isEqualTo(502);
      upstream.always(MockAnswer.silence());
      limit(server, open(server) + DESCRIPTORS_LEFT);

      List<Wire> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Wire.connect(port).request("POST", CHAT, PLAIN));
      }
      WireAnswer refused = firstAnswer(callers);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.error().getString("code")).isEqualTo("overloaded");
      assertThat(refused.error().getString("message")).contains("file descriptors (ulimit -n)");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      await().atMost(Duration.ofSeconds(30)).until(() -> lines(directory, "not accepted") > 0);

      callers.forEach(Wire::close);
      upstream.always(MockAnswer.json(Texts.CHAT_ANSWER));
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> ask(port).status() == 200);
      assertThat(lines(directory, "file descriptors (ulimit -n) left")).isBetween(1L, 4L);
      assertThat(lines(directory, "not accepted")).isBetween(1L, 4L);
      assertThat(lines(directory, "\tat ")).isZero();
    }
  }

  private static ServerProcess start(Path directory, MockUpstream upstream) throws Exception {
    Path file = directory.resolve("infermux.yml");
    Files.writeString(
        file,
        """
        listen: "127.0.0.1:0"
        http: { max_connections: 1000 }
        routing: { retry: { attempts: 0 } }
        providers:
          - name: upstream
            type: openai
            api_key: k
            base_url: "%s"
            models: [gpt-4o-mini]
            health_check: { disabled: true }
        """
            .formatted(upstream.baseUrl()));
    return ServerProcess.startLogging(
        directory, directory.resolve("log"), "serve", "--config", file.toString());
  }

  private static WireAnswer ask(int port) {
    try (Wire wire = Wire.connect(port)) {
      return wire.post(CHAT, PLAIN);
    }
  }

  private static WireAnswer firstAnswer(List<Wire> callers) {
    Wire[] answered = new Wire[1];
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              callers.stream()
                  .filter(Wire::answered)
                  .findFirst()
                  .ifPresent(one -> answered[0] = one);
              return answered[0] != null;
            });
    return answered[0].read();
  }

  private static long open(ServerProcess server) throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
      return open.count();
    }
  }

  private static void limit(ServerProcess server, long descriptors) throws Exception {
    String limit = "--nofile=" + descriptors + ":" + descriptors;
    Process set =
        new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), limit)
            .inheritIO()
            .start();
    assertThat(set.waitFor()).isZero();
  }

  private static long lines(Path directory, String text) throws Exception {
    try (Stream<String> lines = Files.lines(directory.resolve("log"))) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }
}
