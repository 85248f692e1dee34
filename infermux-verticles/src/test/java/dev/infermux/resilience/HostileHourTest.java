package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.TestTls;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * All attacks at once, from another process, on the program, beside honest callers, who lose
 * nothing; afterwards all is back to zero. A few seconds with every build; twelve minutes, and each
 * attack alone before, with {@code -Dresilience=full}; {@code -Dhostile.all} and {@code
 * -Dhostile.alone} say other times, in seconds.
 */
@Timeout(1800)
@ExtendWith(VertxExtension.class)
final class HostileHourTest {

  private static final Duration WARM_UP = Duration.ofSeconds(Scale.of(1, 20));
  private static final Duration QUIET = Duration.ofSeconds(Scale.of(1, 60));
  private static final Duration ALONE = Duration.ofSeconds(Integer.getInteger("hostile.alone", 15));
  private static final Duration ALL =
      Duration.ofSeconds(Integer.getInteger("hostile.all", Scale.of(4, 720)));
  private static final int PARTS = Scale.of(1, 12);
  private static final Duration LONGEST_REST = Duration.ofSeconds(90);
  private static final int MOST_SOCKETS_LEFT = 10;
  private static final int MOST_MEGABYTES_LEFT = 32;

  private static final List<String> ZERO = HeldSeries.of("upstream", "flood");

  private final StringBuilder table =
      new StringBuilder("| | calls | lost | median ms | p99 ms | CPU s/s | RSS MB |\n")
          .append("|---|---|---|---|---|---|---|\n");

  @Test
  void honest_callers_lose_nothing(Vertx vertx, @TempDir Path directory) throws Exception {
    try (MockUpstream upstream = MockUpstream.start(vertx).forgetful().always(this::answer);
        AttackerProcess attackers = AttackerProcess.start();
        AttackedGateway gateway =
            AttackedGateway.start(directory, upstream.baseUrl(), attackers.flood())) {
      attackers.tell(gateway.target());
      HonestCallers honest = new HonestCallers(gateway.api(), TestTls.trusting());
      honest.during(WARM_UP);
      HonestCallers.Figures quiet = measured("quiet", gateway, honest, QUIET);
      long sockets = gateway.sockets();

      if (Scale.FULL) {
        for (Attack attack : Attack.values()) {
          attackers.tell("start " + attack.name());
          lossless(measured(attack.words(), gateway, honest, ALONE));
          told(attackers.tell("stop"));
        }
      }
      // By now all tables that are read when first needed are there, such as that of the tokenizer.
      long live = Scale.FULL ? gateway.liveMegabytes() : 0;
      double worst = 0;
      attackers.tell("start ALL");
      for (int part = 1; part <= PARTS; part++) {
        String name = "all at once, part " + part + " of " + PARTS;
        HonestCallers.Figures all = measured(name, gateway, honest, ALL.dividedBy(PARTS));
        lossless(all);
        worst = Math.max(worst, all.p99());
      }
      told(attackers.tell("stop"));
      attackers.close();

      lossless(measured("afterwards", gateway, honest, WARM_UP));
      backToZero(gateway, sockets);
      if (Scale.FULL) {
        assertThat(gateway.liveMegabytes()).isLessThan(live + MOST_MEGABYTES_LEFT);
        assertThat(worst).as("p99 in ms").isLessThan(2 * quiet.p99());
      }
      assertThat(gateway.end()).doesNotContain("OutOfMemoryError", "exit code");
    } finally {
      Scale.report("hostile", table.toString());
    }
  }

  private MockAnswer answer(MockRequest request) {
    return request.body().contains("\"stream\":true")
        ? Texts.streamAnswer()
        : MockAnswer.json(Texts.CHAT_ANSWER);
  }

  private HonestCallers.Figures measured(
      String name, AttackedGateway gateway, HonestCallers honest, Duration time) {
    double cpu = gateway.cpuSeconds();
    long begin = System.nanoTime();
    HonestCallers.Figures figures = honest.during(time);
    double perSecond = (gateway.cpuSeconds() - cpu) / ((System.nanoTime() - begin) / 1e9);
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.2f | %d |%n",
            name,
            figures,
            perSecond,
            gateway.residentMegabytes()));
    return figures;
  }

  private static void lossless(HonestCallers.Figures figures) {
    assertThat(figures.lost()).isEmpty();
  }

  private void told(String stopped) {
    table.append("<!-- ").append(stopped).append(" -->\n");
    assertThat(stopped).startsWith("stopped").doesNotContain("surprises");
  }

  private static void backToZero(AttackedGateway gateway, long sockets) {
    await()
        .atMost(LONGEST_REST)
        .untilAsserted(
            () -> {
              for (String series : ZERO) {
                assertThat(gateway.metric(series)).as(series).isZero();
              }
              assertThat(gateway.sockets()).isLessThanOrEqualTo(sockets + MOST_SOCKETS_LEFT);
            });
  }
}
