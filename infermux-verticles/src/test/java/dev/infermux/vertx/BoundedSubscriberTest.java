package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.memory.BufferedBytes;
import io.vertx.core.AsyncResult;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(VertxExtension.class)
class BoundedSubscriberTest {

  private static final String BOUNDED = "test.bounded";
  private static final String OTHER = "test.other";
  private static final int MOST = 10;

  private final List<Integer> got = new CopyOnWriteArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Losses losses = new Losses();
  private BufferedBytes account = new BufferedBytes(1 << 20);
  private Vertx vertx;
  private Publications publications;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    publications = new Publications(vertx, Set.of(BOUNDED));
  }

  @AfterEach
  void release() {
    release.countDown();
  }

  @Test
  void while_it_blocks_what_finds_no_place_is_lost_and_counted() {
    deploy(own -> own.eventBus().consumer(BOUNDED, this::block));
    publish(BOUNDED, 0, 1);
    entered();

    publish(BOUNDED, 1, 50);

    await().until(() -> losses.lost.size() == 40);
    assertThat(account.held()).isEqualTo(MOST << 10);
    release.countDown();
    await().until(() -> got.size() == 1 + MOST);
    assertThat(got).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(losses.begun).containsExactly(BOUNDED);
    assertThat(losses.ended).containsExactly(40L);
    assertThat(account.held()).isZero();
    publish(BOUNDED, 51, 1);
    await().until(() -> got.contains(51));
  }

  @Test
  void what_finds_no_room_in_the_process_is_lost() {
    account = new BufferedBytes(3 << 10);
    deploy(own -> own.eventBus().consumer(BOUNDED, this::block));
    publish(BOUNDED, 0, 1);
    entered();

    publish(BOUNDED, 1, 5);

    await().until(() -> losses.lost.size() == 2);
    release.countDown();
    await().until(() -> got.size() == 4);
    assertThat(got).containsExactly(0, 1, 2, 3);
  }

  @Test
  void consumers_of_other_addresses_are_as_ever() {
    deploy(
        own -> {
          own.eventBus().consumer(OTHER, this::block);
          own.eventBus().<Integer>consumer("test.asked", asked -> asked.reply(asked.body() + 1));
        });
    publish(OTHER, 0, 1);
    entered();
    publish(OTHER, 1, 50);
    release.countDown();

    await().until(() -> got.size() == 51);
    assertThat(vertx.eventBus().<Integer>request("test.asked", 1).await().body()).isEqualTo(2);
    assertThat(losses.lost).isEmpty();
  }

  @Test
  void paused_consumer_gets_what_it_fetches_in_order() {
    MessageConsumer<Integer> paused =
        made(own -> own.eventBus().consumer(new MessageConsumerOptions().setAddress(BOUNDED)));
    paused.pause().handler(this::take);
    paused.completion().await();
    publish(BOUNDED, 0, MOST + 2);
    await().until(() -> losses.lost.size() == 2);
    assertThat(got).isEmpty();

    paused.fetch(3);

    await().until(() -> got.size() == 3);
    assertThat(got).containsExactly(0, 1, 2);
    paused.resume();
    await().until(() -> got.size() == MOST);
  }

  @Test
  void stream_of_bodies_ends_with_its_consumer_and_gives_its_room_back() {
    MessageConsumer<Integer> consumer = made(own -> own.eventBus().localConsumer(BOUNDED));
    CountDownLatch ended = new CountDownLatch(1);
    consumer.bodyStream().endHandler(end -> ended.countDown()).handler(got::add);
    consumer.completion().await();
    publish(BOUNDED, 7, 1);
    await().until(() -> got.contains(7));
    consumer.pause();
    publish(BOUNDED, 8, 1);
    await().until(() -> account.held() > 0);

    consumer.unregister().await();

    await().until(() -> ended.getCount() == 0);
    assertThat(consumer.isRegistered()).isFalse();
    assertThat(account.held()).isZero();
  }

  @Test
  void bus_that_a_call_on_it_returns_is_bounded_too() {
    deploy(own -> own.eventBus().publish("test.nobody", 1).consumer(BOUNDED, this::block));
    publish(BOUNDED, 0, 1);
    entered();

    publish(BOUNDED, 1, MOST + 5);

    await().until(() -> losses.lost.size() == 5);
  }

  @Test
  void handler_that_throws_gets_the_next_message() {
    deploy(
        own ->
            own.eventBus()
                .<Integer>consumer(
                    BOUNDED,
                    message -> {
                      take(message);
                      throw new IllegalStateException("on purpose");
                    }));

    publish(BOUNDED, 0, 3);

    await().until(() -> got.size() == 3);
  }

  @Test
  void its_children_are_bounded_too() {
    deploy(
        own ->
            own.deployVerticle(
                    () -> verticle(child -> child.eventBus().consumer(BOUNDED, this::block)),
                    worker())
                .onSuccess(id -> own.eventBus().publish(BOUNDED, 0)));
    entered();

    publish(BOUNDED, 1, MOST + 5);

    await().until(() -> losses.lost.size() == 5);
  }

  @Test
  void consumers_end_with_their_verticle() {
    String id = deploy(own -> own.eventBus().consumer(BOUNDED, this::take));
    publish(BOUNDED, 1, 1);
    await().until(() -> got.size() == 1);

    vertx.undeploy(id).await();

    assertThat(vertx.eventBus().request(BOUNDED, 2).transform(this::failed).await()).isTrue();
  }

  private Future<Boolean> failed(AsyncResult<?> result) {
    return Future.succeededFuture(result.failed());
  }

  private void block(Message<Integer> message) {
    entered.countDown();
    try {
      release.await(90, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    take(message);
  }

  private void take(Message<Integer> message) {
    got.add(message.body());
  }

  private void entered() {
    await().until(() -> entered.getCount() == 0);
  }

  private void publish(String address, int from, int count) {
    IntStream.range(from, from + count).forEach(i -> vertx.eventBus().publish(address, i));
  }

  private <T> T made(Function<Vertx, T> maker) {
    AtomicReference<T> made = new AtomicReference<>();
    deploy(own -> made.set(maker.apply(own)));
    return made.get();
  }

  private String deploy(Consumer<Vertx> start) {
    WaitingRoom room = new WaitingRoom(publications, () -> MOST, account, losses);
    return vertx.deployVerticle(new BoundedSubscriber(verticle(start), room), worker()).await();
  }

  private static DeploymentOptions worker() {
    return new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
  }

  private static VerticleBase verticle(Consumer<Vertx> start) {
    return new VerticleBase() {
      @Override
      public Future<?> start() {
        start.accept(vertx);
        return Future.succeededFuture();
      }
    };
  }

  private static final class Losses implements MessageLosses {
    final List<String> begun = new CopyOnWriteArrayList<>();
    final List<Boolean> lost = new CopyOnWriteArrayList<>();
    final List<Long> ended = new CopyOnWriteArrayList<>();

    @Override
    public void begin(String address) {
      begun.add(address);
    }

    @Override
    public void lost() {
      lost.add(true);
    }

    @Override
    public void caughtUp(String address, long count) {
      ended.add(count);
    }
  }
}
