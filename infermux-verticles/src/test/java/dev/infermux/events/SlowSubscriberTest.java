package dev.infermux.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.Payload;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subscribers of a program's own, on the bus that the events are published on. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(VertxExtension.class)
class SlowSubscriberTest {

  private static final int MOST = 100;

  @RegisterExtension private final HeardLog log = new HeardLog(EventPublisher.class.getName());

  private final List<Integer> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private Vertx vertx;
  private EventPublisher publisher;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    publisher = new EventPublisher(vertx);
    publisher.limit(() -> MOST);
  }

  @AfterEach
  void release() {
    release.countDown();
    publisher.close();
  }

  @Test
  void while_one_blocks_no_more_wait_for_it_than_may_and_the_rest_is_counted_and_said() {
    deploy(new Blocking());
    publish(EventAddresses.COST, 0, 1);
    await().until(() -> entered.getCount() == 0);

    publish(EventAddresses.COST, 1, 5_000);

    assertThat(publisher.dropped()).isEqualTo(5_000 - MOST);
    assertThat(lines()).hasSize(1).first().asString().contains(EventAddresses.COST, "keep up");
    release.countDown();
    await().until(() -> heard.size() == 1 + MOST);
    await().until(() -> passes(9_000));
    assertThat(lines()).hasSize(2).last().asString().contains("published again");
  }

  @Test
  void other_addresses_are_published_meanwhile() {
    deploy(new Blocking());
    publish(EventAddresses.COST, 0, 1);
    await().until(() -> entered.getCount() == 0);
    publish(EventAddresses.COST, 1, 5 * MOST);
    vertx.eventBus().consumer(EventAddresses.CONFIG, this::take);

    publish(EventAddresses.CONFIG, 7, 1);

    await().until(() -> heard.contains(7));
  }

  @Test
  void one_that_keeps_up_loses_nothing() {
    deploy(new Listening());

    for (int from = 0; from < 10_000; from += MOST / 2) {
      publish(EventAddresses.COST, from, MOST / 2);
      int until = from + MOST / 2;
      await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> heard.size() == until);
    }

    assertThat(publisher.dropped()).isZero();
  }

  @Test
  void one_that_has_left_is_not_waited_for() {
    Listening listening = new Listening();
    deploy(listening);
    publish(EventAddresses.COST, 0, 1);
    await().until(() -> heard.size() == 1);
    listening.leave().await();

    for (int i = 0; i < 5 * MOST; i++) {
      publish(EventAddresses.COST, i, 1);
      listening.past().await();
    }

    assertThat(publisher.dropped()).isZero();
  }

  /** Whether an event that is published now arrives. */
  private boolean passes(int number) {
    publish(EventAddresses.COST, number, 1);
    return heard.contains(number);
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void publish(String address, int from, int count) {
    for (int i = from; i < from + count; i++) {
      publisher.publish(address, "event.test", new Numbered(i));
    }
  }

  private void take(Message<Envelope> message) {
    heard.add(((Numbered) message.body().payload()).number());
  }

  private void deploy(VerticleBase verticle) {
    vertx
        .deployVerticle(verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
        .await();
  }

  private record Numbered(int number) implements Payload {
    @Override
    public byte[] json() {
      return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Hangs at its first event until released. */
  private final class Blocking extends VerticleBase {
    @Override
    public Future<?> start() {
      return vertx.eventBus().consumer(EventAddresses.COST, this::block).completion();
    }

    private void block(Message<Envelope> message) {
      entered.countDown();
      try {
        release.await(90, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      take(message);
    }
  }

  private final class Listening extends VerticleBase {
    private MessageConsumer<Envelope> consumer;
    private Context here;

    @Override
    public Future<?> start() {
      here = vertx.getOrCreateContext();
      consumer = vertx.eventBus().consumer(EventAddresses.COST, SlowSubscriberTest.this::take);
      return consumer.completion();
    }

    Future<Void> leave() {
      return consumer.unregister();
    }

    /** Completes when its context has done all that it was asked before. */
    Future<Void> past() {
      Promise<Void> past = Promise.promise();
      here.runOnContext(past::complete);
      return past.future();
    }
  }
}
