package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PublicationsTest {

  private static final String HERE = "test.here";

  private final List<String> told = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private Publications publications;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    publications = new Publications(vertx, Set.of(HERE));
  }

  @Test
  void all_listeners_are_told_on_the_thread_that_publishes() {
    listen(message -> told.add(Thread.currentThread().getName() + message.body()));
    listen(message -> told.add("second" + message.body()));

    vertx.eventBus().publish(HERE, 1);

    assertThat(told).containsExactly(Thread.currentThread().getName() + 1, "second1");
  }

  @Test
  void one_that_throws_hinders_neither_the_others_nor_the_bus() {
    List<Object> consumed = new CopyOnWriteArrayList<>();
    vertx.eventBus().consumer(HERE, message -> consumed.add(message.body())).completion().await();
    listen(
        message -> {
          throw new IllegalStateException("on purpose");
        });
    listen(message -> told.add("second"));

    vertx.eventBus().publish(HERE, 1);

    assertThat(told).containsExactly("second");
    await().until(() -> consumed.equals(List.of(1)));
  }

  @Test
  void what_is_published_elsewhere_or_sent_to_one_is_not_for_them() {
    listen(message -> told.add("told"));

    vertx.eventBus().publish("test.elsewhere", 1).send(HERE, 2);

    assertThat(told).isEmpty();
  }

  @Test
  void ended_one_is_told_nothing_more_and_the_others_are() {
    Listening first = listen(message -> told.add("first"));
    Listening second = listen(message -> told.add("second"));
    first.end().await();
    first.end().await();

    vertx.eventBus().publish(HERE, 1);
    assertThat(told).containsExactly("second");

    second.end().await();
    vertx.eventBus().publish(HERE, 2);
    assertThat(told).containsExactly("second");
  }

  @Test
  void unknown_address_is_refused() {
    assertThatThrownBy(
            () ->
                publications.listen(
                    new MessageConsumerOptions().setAddress("test.elsewhere"), message -> {}))
        .hasMessage("test.elsewhere (expected: [test.here])");
  }

  private Listening listen(Handler<Message<?>> listener) {
    Listening listening =
        publications.listen(new MessageConsumerOptions().setAddress(HERE), listener);
    assertThat(listening.begun().succeeded()).isTrue();
    return listening;
  }
}
