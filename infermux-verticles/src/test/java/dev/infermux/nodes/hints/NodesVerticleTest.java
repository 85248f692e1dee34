package dev.infermux.nodes.hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.nodes.ClusterOptions;
import dev.infermux.time.Time;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told and seen at once, where no second ever passes. */
class NodesVerticleTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<Due> due = new ConcurrentLinkedQueue<>();
  private final Queue<JsonObject> told = new ConcurrentLinkedQueue<>();
  private final Time time =
      new Time(
          nanos::get,
          InstantSource.system(),
          (delay, task) -> {
            due.add(new Due(delay, task));
            return () -> {};
          });
  private final NodeHints hints =
      new NodeHints(
          new NodeIdentity("here", "here", "1", 0),
          ClusterOptions.defaults().withEnabled(true).withExpected(2),
          new HintNetwork(1, 600).targets(),
          time);
  private final NodesVerticle verticle =
      new NodesVerticle(
          hints, ClusterOptions.defaults().withEnabled(true).withExpected(2), time, new Sight());
  private volatile Runnable membersChanged = () -> {};
  private volatile boolean unwatched;

  private record Due(Duration delay, Runnable task) {}

  @BeforeEach
  void deploy() {
    vertx
        .eventBus()
        .<JsonObject>consumer(
            HintAddresses.STATE,
            message -> {
              if ("here".equals(message.body().getString("node"))) {
                told.add(message.body());
              }
            });
    vertx.deployVerticle(verticle).await();
    await().atMost(LONG).until(() -> told.size() == 1 && due.size() == 1);
    due.clear();
  }

  @AfterEach
  void close() {
    vertx.close().await();
    assertThat(unwatched).isTrue();
  }

  @Test
  void a_node_that_is_new_hears_of_this_one_at_once_and_only_once() {
    say("there");
    await().atMost(LONG).until(() -> hints.living() == 2);
    await().atMost(LONG).until(() -> due.size() == 1);
    say("there");
    say("third");
    await().atMost(LONG).until(() -> hints.living() == 3);
    assertThat(due).as("one answer for all that come together").hasSize(1);
    assertThat(due.element().delay()).isLessThan(Duration.ofSeconds(1));

    due.remove().task().run();

    await().atMost(LONG).until(() -> told.size() == 2);
    say("fourth");
    await().atMost(LONG).until(() -> due.size() == 1);
  }

  @Test
  void a_node_is_ready_as_soon_as_it_hears_all() {
    assertThat(verticle.obstacle()).contains("1 of 2");

    say("there");

    await().atMost(LONG).until(() -> hints.living() == 2);
    await().atMost(LONG).until(() -> verticle.obstacle().isEmpty());
  }

  @Test
  void a_change_of_the_members_is_seen_at_once() {
    say("there");
    await().atMost(LONG).until(() -> hints.living() == 2);
    nanos.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThat(hints.living()).isEqualTo(2);

    membersChanged.run();

    await().atMost(LONG).until(() -> hints.living() == 1);
  }

  private void say(String node) {
    vertx
        .eventBus()
        .publish(HintAddresses.STATE, new JsonObject().put("node", node).put("started", 1));
  }

  private final class Sight implements ClusterSight {
    @Override
    public boolean settled(Vertx asked) {
      return true;
    }

    @Override
    public Runnable watch(Vertx asked, Runnable changed) {
      membersChanged = changed;
      return () -> unwatched = true;
    }
  }
}
