package dev.infermux.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.cluster.trouble.HeardLog;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hints by way of a real PostgreSQL. */
class PgHintsTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private static TestPostgres postgres;
  private static Vertx vertx;

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private String database;
  private String url;
  private PgStore unguarded;
  private SharedStore store;

  @BeforeAll
  static void server() {
    postgres = TestPostgres.shared();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void end() {
    if (vertx != null) {
      vertx.close().await();
    }
  }

  @BeforeEach
  void open() {
    database = TestPostgres.unused("hints");
    url = postgres.database(database);
    unguarded = PgStoreTest.unguarded(vertx, "infermux", url);
    store = LoopStore.of(vertx, unguarded);
  }

  @AfterEach
  void close() {
    store.close().await();
  }

  private List<String> listeners() {
    String select = "SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN infermux_hints'";
    return postgres.value(database, select).lines().toList();
  }

  private void listen() {
    store.hear(heard::add).await();
    await().atMost(LONG).until(() -> listeners().size() == 1);
  }

  /** On the store's event loop, without a pause in which something could be sent. */
  private void tell(List<String> hints) {
    vertx.getOrCreateContext().runOnContext(on -> hints.forEach(unguarded::tell));
  }

  private static List<String> hints(int count) {
    return IntStream.range(0, count).mapToObj(i -> "hint " + i).toList();
  }

  @Test
  void what_is_told_at_once_is_heard_once_each_and_a_flood_is_cut_off() {
    listen();
    List<String> flood = hints(10_000);

    tell(flood);
    tell(flood);
    await().atMost(LONG).until(() -> heard.size() >= 501);
    store.tell("last").await();
    await().atMost(LONG).until(() -> heard.contains("last"));

    assertThat(heard.stream().limit(501)).containsExactlyElementsOf(hints(501));
    assertThat(heard).doesNotHaveDuplicates();
  }

  @Test
  void a_connection_that_is_lost_is_made_anew_and_holds_up_nothing() {
    listen();
    String lost = listeners().get(0);

    postgres.value(database, "SELECT pg_terminate_backend(" + lost + ")");
    store.register(UUID.randomUUID()).await();
    store.tell("while nobody hears").await();

    await()
        .atMost(LONG)
        .until(
            () -> {
              store.tell("again");
              return heard.contains("again");
            });
    assertThat(listeners()).hasSize(1).doesNotContain(lost);
  }

  @Test
  void where_there_is_no_connection_for_it_the_log_says_so_once() {
    String role = database + "_few";
    postgres.sql(database, "CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 0");
    String few = url.replace("infermux@", role + "@");
    SharedStore deaf = PgStoreTest.store(vertx, "infermux", few);

    try (HeardLog log = new HeardLog()) {
      deaf.hear(heard::add).await();

      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(log.containing("does not hear at once"))
                      .hasSize(1)
                      .allSatisfy(line -> assertThat(line).contains("no connection left")));
    }
    deaf.close().await();
  }

  @Test
  void through_a_pooler_hints_are_told_and_not_listened_for() {
    try (TestPgBouncer pooler = TestPgBouncer.start(postgres)) {
      SharedStore pooled = PgStoreTest.store(vertx, "infermux", pooler.through(url));
      Queue<String> unheard = new ConcurrentLinkedQueue<>();
      pooled.hear(unheard::add).await();
      listen();

      await()
          .atMost(LONG)
          .until(
              () -> {
                pooled.tell("told");
                return heard.contains("told");
              });

      assertThat(listeners()).hasSize(1);
      assertThat(unheard).isEmpty();
      pooled.close().await();
    }
  }
}
