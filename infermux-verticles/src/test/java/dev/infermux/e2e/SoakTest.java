package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Census;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reloads, providers that come, go and flap, streams and callers who leave: no call fails that
 * should not, memory stays flat, and nothing is left at the end. A few seconds long; as the soak
 * that the documents tell of with {@code -Dinfermux.soak=1200}, in seconds.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SoakTest {

  private static final int LONG = Integer.getInteger("infermux.soak", 0);
  private static final Duration LENGTH = Duration.ofSeconds(LONG > 0 ? LONG : 4);
  private static final long BETWEEN_CHANGES = LONG > 0 ? 10_000 : 100;
  private static final long PAUSE = LONG > 0 ? 20 : 2;

  /** So many calls that what keeps the last ones is full. */
  private static final int WARM = 1_500;

  @TempDir Path directory;

  @Test
  void nothing_fails_grows_or_is_left() throws Exception {
    Vertx vertx = Vertx.vertx();
    Vertx providers = Vertx.vertx();
    long sockets = socketsAtRest(providers);
    try (MockUpstream steady = MockUpstream.start(providers).forgetful();
        MockUpstream flapping = MockUpstream.start(providers).forgetful()) {
      steady.plays("ok x3, pace-2ms x2, repeat");
      flapping.plays("ok 1s, status-503 500ms, reset 500ms, repeat");
      soak(vertx, new SoakOperator(directory, steady, flapping), flapping);
    } finally {
      vertx.close().await();
      providers.close().await();
    }
    patiently().untilAsserted(() -> assertThat(sockets()).isLessThanOrEqualTo(sockets));
  }

  private void soak(Vertx vertx, SoakOperator operator, MockUpstream flapping) throws Exception {
    Path file = directory.resolve("infermux.yml");
    try (FileGateway gateway = FileGateway.start(vertx, file, operator.version(0), true)) {
      SoakLoad load = new SoakLoad(gateway.port(), PAUSE);
      List<Long> heap = new ArrayList<>();
      try {
        load.start();
        for (int i = 0; i < 10; i++) {
          operator.change(gateway, i);
        }
        patiently().until(() -> load.served() > WARM || !load.failures().isEmpty());
        load.stop();
        quiet(gateway);
        Census before = Census.take();
        int deployed = vertx.deploymentIDs().size();

        load.start();
        run(gateway, operator, load, heap);
        load.stop();
        quiet(gateway);
        Census after = Census.take();

        report(operator, load, before, after, heap);
        assertThat(load.failures()).isEmpty();
        assertThat(before.grownTo(after, SoakTest::counts)).isEmpty();
        assertThat(vertx.deploymentIDs()).hasSize(deployed);
        flat(heap);
        assertThat(gateway.reload(withoutFlapping(operator.version(0))).status()).isEqualTo(200);
        patiently().until(() -> flapping.openConnections() == 0);
      } finally {
        load.stop();
      }
    }
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  private static String withoutFlapping(String yaml) {
    return yaml.replaceFirst("(?s)  - name: flapping.*?recovery[^\n]*\n", "");
  }

  /** It ends where the warm-up ended: with the same providers. */
  private static void run(
      FileGateway gateway, SoakOperator operator, SoakLoad load, List<Long> heap)
      throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 10; System.nanoTime() - begin < LENGTH.toNanos() || i % 6 != 4; i++) {
      operator.change(gateway, i);
      if (LONG > 0 && i % 6 == 0) {
        heap.add(Census.take().bytes());
      }
      Thread.sleep(BETWEEN_CHANGES);
    }
    assertThat(load.served()).isGreaterThan(WARM);
  }

  /** Nothing is under way, held or kept open. */
  private static void quiet(FileGateway gateway) {
    patiently()
        .untilAsserted(
            () -> {
              String metrics = gateway.get("/_infermux/metrics").body();
              assertThat(metrics)
                  .contains(
                      "infermux_in_flight 0.0",
                      "infermux_budget_open_holds 0.0",
                      "infermux_budget_held_usd 0.0",
                      "infermux_event_streams 0.0");
              assertThat(metrics.lines())
                  .filteredOn(
                      line ->
                          line.startsWith("infermux_provider_in_flight{")
                              || line.startsWith("infermux_buffered_bytes{")
                                  && !line.contains("records")) // the last thousand stay
                  .isNotEmpty()
                  .allMatch(line -> line.endsWith(" 0.0"));
            });
  }

  /** The later half against the first, after what had to settle. */
  private static void flat(List<Long> heap) {
    if (heap.size() >= 8) {
      double early = median(heap.subList(heap.size() / 4, heap.size() / 2));
      double late = median(heap.subList(heap.size() * 3 / 4, heap.size()));
      assertThat(late).as("heap in bytes: %s", heap).isLessThan(early * 1.1 + 4_000_000);
    }
  }

  private static double median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  /** Of changes of circuits and requests of the mocks the last ones stay, so many at most. */
  private static boolean counts(String type) {
    return Stream.of("dev.infermux.", "io.vertx.", "io.netty.channel.", "ch.qos.logback.")
            .anyMatch(type::startsWith)
        && !type.endsWith("$Flip")
        && !type.endsWith(".MockRequest");
  }

  /** What the JVM itself opens with the first socket, and keeps, counts. */
  private static long socketsAtRest(Vertx vertx) throws IOException {
    try (MockUpstream first = MockUpstream.start(vertx)) {
      Wire.connect(first.port()).close();
    }
    return sockets();
  }

  private static long sockets() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    long count = 0;
    try (Stream<Path> open = Files.list(descriptors)) {
      for (Path one : open.toList()) {
        try {
          count += Files.readSymbolicLink(one).toString().startsWith("socket:") ? 1 : 0;
        } catch (IOException closedMeanwhile) {
          continue;
        }
      }
    }
    return count;
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private static void report(
      SoakOperator operator, SoakLoad load, Census before, Census after, List<Long> heap) {
    if (LONG > 0) {
      System.out.printf(
          Locale.ROOT,
          "soak: %d s, %d changes, %d calls, %d streams left by their callers, %d failed;"
              + " heap %.1f MB before, %.1f MB after; on the way %s%n",
          LONG,
          operator.reloads(),
          load.served(),
          load.left(),
          load.failures().size(),
          before.bytes() / 1e6,
          after.bytes() / 1e6,
          heap.stream().map(bytes -> String.format(Locale.ROOT, "%.1f", bytes / 1e6)).toList());
    }
  }
}
