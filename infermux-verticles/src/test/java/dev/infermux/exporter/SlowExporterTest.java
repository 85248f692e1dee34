package dev.infermux.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.config.Config;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.events.EventAddresses;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An exporter that blocks for good costs a gateway no memory, and another exporter no event. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@ExtendWith(VertxExtension.class)
class SlowExporterTest {

  private static final int EVENTS = 50_000;
  private static final int MOST = 5_000;
  private static final String DROPS = "infermux_event_drops_total";

  private static volatile CountDownLatch release = new CountDownLatch(1);
  private static final AtomicInteger ARRIVED_AT_BLOCKED = new AtomicInteger();
  private static final AtomicInteger ARRIVED_AT_FAST = new AtomicInteger();
  private static final AtomicInteger LAST = new AtomicInteger();

  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    release = new CountDownLatch(1);
    ARRIVED_AT_BLOCKED.set(0);
    ARRIVED_AT_FAST.set(0);
    LAST.set(0);
  }

  @AfterEach
  void release() {
    release.countDown();
  }

  @Test
  void events_that_a_blocked_exporter_does_not_take_are_lost_counted_and_not_held() {
    try (Gateway gateway = Gateway.start(vertx, SlowExporterTest::two)) {
      List<WeakReference<Payload>> lost = new ArrayList<>();
      publish(0);
      await().until(() -> ARRIVED_AT_BLOCKED.get() == 1);
      for (int i = 1; i < EVENTS; i++) {
        Payload payload = publish(i);
        if (i > EVENTS - MOST) {
          lost.add(new WeakReference<>(payload));
        }
        if ((i + 1) % (MOST / 2) == 0) {
          arrivedAtFast(i + 1);
        }
      }

      await().until(() -> gateway.metric(DROPS) == EVENTS - 1 - MOST);
      assertThat(gateway.buffered("events")).isEqualTo(MOST << 10);
      await().until(() -> isGone(lost));
      release.countDown();
      await().until(() -> ARRIVED_AT_BLOCKED.get() == 1 + MOST);
      await().until(() -> LAST.get() == MOST);
      assertThat(gateway.buffered("events")).isZero();
      publish(EVENTS);
      await().until(() -> LAST.get() == EVENTS);
      assertThat(gateway.metric(DROPS)).isEqualTo(EVENTS - 1 - MOST);
    }
  }

  @Test
  void bound_is_that_of_the_file_as_it_was_read_last(@TempDir Path directory) {
    Path file = directory.resolve("infermux.yml");
    try (FileGateway gateway = FileGateway.start(vertx, file, yaml(5))) {
      publish(0);
      await().until(() -> ARRIVED_AT_BLOCKED.get() == 1);
      IntStream.range(1, 21).forEach(this::publish);
      await().until(() -> metrics(gateway).contains(DROPS + " 15.0"));

      assertThat(gateway.reload(yaml(10)).status()).isEqualTo(200);
      IntStream.range(21, 31).forEach(this::publish);

      await().until(() -> metrics(gateway).contains(DROPS + " 20.0"));
      release.countDown();
    }
  }

  private static String yaml(int most) {
    return """
    providers: [{ name: a, type: echo }]
    limits: { max_waiting_events: %d }
    exporters: [{ class: "%s" }]
    """
        .formatted(most, Blocking.class.getName().replace("$", "$$"));
  }

  private static String metrics(FileGateway gateway) {
    return gateway.get("/_infermux/metrics").body();
  }

  private static Config two(Config config, MockUpstream upstream) {
    LimitsOptions limits = config.http().limits().withMaxWaitingEvents(MOST);
    return config
        .withHttp(config.http().withLimits(limits))
        .withExporters(List.of(exporter(0, Blocking.class), exporter(1, Fast.class)));
  }

  private static ExporterOptions exporter(int number, Class<?> type) {
    return ExporterOptions.of("exporters[" + number + "]", type.getName(), List.of());
  }

  private static void arrivedAtFast(int count) {
    await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> ARRIVED_AT_FAST.get() == count);
  }

  private static boolean isGone(List<WeakReference<Payload>> payloads) {
    System.gc();
    return payloads.stream().allMatch(payload -> payload.get() == null);
  }

  private Payload publish(int number) {
    Payload payload = new Numbered(number);
    vertx
        .eventBus()
        .publish(
            EventAddresses.COST,
            Envelope.of(MistSource.INFERMUX, MistType.EVENT_PROVIDER_COST, payload));
    return payload;
  }

  private record Numbered(int number) implements Payload {
    @Override
    public byte[] json() {
      return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Hangs at its first event until released. */
  public static final class Blocking extends VerticleBase {
    @Override
    public Future<?> start() {
      return vertx.eventBus().consumer(EventAddresses.COST, this::block).completion();
    }

    private void block(Message<Envelope> message) {
      ARRIVED_AT_BLOCKED.incrementAndGet();
      try {
        release.await(150, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      LAST.set(((Numbered) message.body().payload()).number());
    }
  }

  /** Takes each event at once. */
  public static final class Fast extends VerticleBase {
    @Override
    public Future<?> start() {
      return vertx
          .eventBus()
          .consumer(EventAddresses.COST, message -> ARRIVED_AT_FAST.incrementAndGet())
          .completion();
    }
  }
}
