package dev.infermux.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Failure;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.EnvelopeWriter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class EventPublisherTest {

  private Vertx vertx;
  private EventPublisher publisher;
  private final List<Envelope> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    publisher = new EventPublisher(vertx);
  }

  @Test
  void every_finished_call_is_published_once_ok_or_not() {
    listen(EventAddresses.INFERENCE);

    publisher.finished(Samples.ok("openai", "gpt-4o"));
    publisher.finished(Samples.refused(new Failure.ModelNotFound("no")));

    await().until(() -> heard.size() == 2);
    assertThat(heard).extracting(Envelope::type).containsOnly("event.inference_request");
    assertThat(heard).extracting(Envelope::source).containsOnly("infermux");
    assertThat(heard).extracting(Envelope::id).doesNotHaveDuplicates();
  }

  @Test
  void only_charged_attempts_are_published_as_costs() {
    listen(EventAddresses.COST);

    publisher.finished(Samples.refused(new Failure.ModelNotFound("no")));
    publisher.finished(Samples.failedOver());

    await().until(() -> heard.size() == 1);
    ProviderCostEvent event = (ProviderCostEvent) heard.get(0).payload();
    assertThat(event.number()).isEqualTo(2);
    assertThat(event.attempt().provider()).isEqualTo("openai");
    assertThat(event.charge().cost().amount().toDecimal()).isEqualTo("0.000575");
  }

  @Test
  void an_event_survives_a_wire() {
    listen(EventAddresses.COST);
    publisher.finished(Samples.failedOver());
    await().until(() -> heard.size() == 1);

    Envelope sent = heard.get(0);
    Envelope read = EnvelopeReader.read(EnvelopeWriter.write(sent));

    assertThat(read.header()).isEqualTo(sent.header());
    assertThat(read.payload().json()).isEqualTo(sent.payload().json());
  }

  @Test
  void a_throwing_or_stuck_subscriber_disturbs_nobody() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    deploy(new Stuck(release));
    vertx
        .eventBus()
        .consumer(
            EventAddresses.INFERENCE,
            message -> {
              throw new IllegalStateException("on purpose");
            });
    listen(EventAddresses.INFERENCE);
    CallRecord record = Samples.ok("openai", "gpt-4o");

    for (int i = 0; i < 20; i++) {
      publisher.finished(record);
    }

    await().until(() -> heard.size() == 20);
    assertThat(publisher.dropped()).isZero();
    release.countDown();
  }

  @Test
  void a_closed_bus_is_counted_and_not_thrown() throws Exception {
    Vertx closed = Vertx.vertx();
    EventPublisher late = new EventPublisher(closed);
    closed.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

    late.finished(Samples.ok("openai", "gpt-4o"));

    assertThat(late.dropped()).isEqualTo(2);
  }

  private void listen(String address) {
    vertx.eventBus().<Envelope>consumer(address, message -> heard.add(message.body()));
  }

  private void deploy(VerticleBase verticle) throws Exception {
    DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    vertx
        .deployVerticle(verticle, worker)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  /** Hangs on its first event until released. */
  private static final class Stuck extends VerticleBase {
    private final CountDownLatch release;

    Stuck(CountDownLatch release) {
      this.release = release;
    }

    @Override
    public Future<?> start() {
      return vertx.eventBus().consumer(EventAddresses.INFERENCE, message -> hang()).completion();
    }

    private void hang() {
      try {
        release.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
