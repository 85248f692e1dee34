package dev.infermux.cluster.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.cluster.postgres.TestPostgres;
import dev.infermux.cluster.processes.FaultyProxy.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes on one PostgreSQL that are killed, stopped and cut off, and the database with
 * them; then the money is counted. {@code -Dinfermux.nodes.seconds=1200} for the long run, {@code
 * -Dinfermux.nodes.kills=200 -Dinfermux.nodes.pause=100} for so many kills as soon as can be.
 */
class KilledNodesTest {

  private static final int KILLS = Integer.getInteger("infermux.nodes.kills", 0);
  private static final int SECONDS =
      Integer.getInteger("infermux.nodes.seconds", KILLS > 0 ? 0 : 12);

  /** Between two troubles, in milliseconds: so long at least, three times that at most. */
  private static final int PAUSE = Integer.getInteger("infermux.nodes.pause", 500);

  /** What a kill, and the other troubles until the next one, take. */
  private static final long MILLIS_A_KILL = 1_300 + 5 * PAUSE;

  private static final int CALLERS = 5;
  private static final double RATE = 300;

  /** On a quiet machine the first caller asks for eight times as much, the last for less. */
  private static final long LIMIT = Math.max(SECONDS * 1_000L, KILLS * MILLIS_A_KILL) * 150_000L;

  private final Random random = new Random(Long.getLong("infermux.nodes.seed", System.nanoTime()));
  private final Map<String, Integer> happened = new TreeMap<>();

  @Test
  @Timeout(value = SECONDS_AT_MOST, unit = TimeUnit.SECONDS)
  void no_caller_passes_its_limit_and_each_cost_is_told_once(@TempDir Path directory)
      throws Exception {
    try (TestPostgres postgres = TestPostgres.start();
        FaultyProxy proxy = new FaultyProxy(postgres.port())) {
      String url = postgres.database("budgets");
      String proxied = url.replace(":" + postgres.port() + "/", ":" + proxy.port() + "/");
      List<NodeProcess> nodes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        nodes.add(new NodeProcess(directory.resolve("node-" + i), proxied, CALLERS, LIMIT, RATE));
      }
      for (NodeProcess node : nodes) {
        node.awaitReady();
      }
      Thread.sleep(1_000);
      long began = System.nanoTime();
      long end = began + TimeUnit.SECONDS.toNanos(SECONDS);
      while (System.nanoTime() < end || happened.getOrDefault("kills", 0) < KILLS) {
        trouble(nodes.get(random.nextInt(nodes.size())), proxy, postgres);
        Thread.sleep(PAUSE + random.nextInt(1 + 2 * PAUSE));
      }
      proxy.fault(Fault.NONE);
      for (NodeProcess node : nodes) {
        if (node.living()) {
          node.signal("CONT");
          node.kill();
        }
        node.startIdle();
      }
      for (NodeProcess node : nodes) {
        leaves(node);
      }

      long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      System.out.println(happened + " in " + took + " s");
      check(url, nodes);
    }
  }

  private static final int SECONDS_AT_MOST = 3_600;

  private void trouble(NodeProcess node, FaultyProxy proxy, TestPostgres postgres)
      throws Exception {
    int which = random.nextInt(100);
    if (which < 40) {
      happened("kills");
      node.kill();
      Thread.sleep(random.nextInt(300));
      node.startAgain();
    } else if (which < 58) {
      happened("pauses");
      node.signal("STOP");
      Thread.sleep(500 + random.nextInt(1_500));
      node.signal("CONT");
    } else if (which < 72) {
      happened("cuts");
      proxy.cut();
    } else if (which < 96) {
      Fault fault = random.nextBoolean() ? Fault.STALLED : Fault.ANSWERS_LOST;
      happened(fault == Fault.STALLED ? "stalls" : "answers lost");
      proxy.fault(fault);
      Thread.sleep(300 + random.nextInt(1_200));
      proxy.fault(Fault.NONE);
      if (fault == Fault.ANSWERS_LOST) {
        proxy.cut();
      }
    } else {
      happened("crashes of the database");
      postgres.stopImmediately();
      postgres.startAgain();
    }
  }

  private void happened(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  /** Waits until it has recovered what was left, and ends it. */
  private static void leaves(NodeProcess node) throws Exception {
    node.awaitReady();
    assertThat(node.leave()).isTrue();
    assertThat(node.lastLine()).isEqualTo("left");
  }

  private static void check(String url, List<NodeProcess> nodes) throws Exception {
    long[] truth = new long[CALLERS];
    for (NodeProcess node : nodes) {
      long[] own = node.truth();
      for (int i = 0; i < CALLERS; i++) {
        truth[i] += own[i];
      }
    }
    long all = Arrays.stream(truth).sum();
    long over = Arrays.stream(truth).map(charged -> Math.max(0, charged - LIMIT)).sum();
    System.out.printf("charged %.6f in all, over the limits %.6f%n", all / 1e9, over / 1e9);
    Vertx vertx = Vertx.vertx();
    try {
      PgConnection sql = get(PgConnection.connect(vertx, url));
      Map<String, long[]> budgets =
          rows(sql, "infermux.budget", "account", "authorised, settled, kept");
      Map<String, long[]> leases =
          rows(
              sql,
              "infermux.lease",
              "account",
              "sum(authorised)::bigint, sum(settled)::bigint, sum(kept)::bigint");
      Map<String, long[]> entries =
          rows(sql, "infermux.cost_entry", "caller", "sum(nanos)::bigint, 0::bigint, 0::bigint");
      Map<String, long[]> hours =
          rows(sql, "infermux.cost_hour", "caller", "sum(nanos)::bigint, 0::bigint, 0::bigint");
      for (int i = 0; i < CALLERS; i++) {
        String caller = "caller-" + i;
        long[] budget = budgets.get(caller);
        System.out.printf(
            "%s: charged %.6f, booked %.6f of %.6f%n",
            caller, truth[i] / 1e9, budget[1] / 1e9, LIMIT / 1e9);
        assertThat(truth[i]).as(caller + " is charged").isLessThanOrEqualTo(LIMIT);
        assertThat(budget[0]).as(caller + " is authorised").isLessThanOrEqualTo(LIMIT);
        assertThat(budget[1]).as(caller + " is booked").isGreaterThanOrEqualTo(truth[i]);
        assertThat(budget).as(caller).containsExactly(budget[1], budget[1], 0);
        assertThat(leases.get(caller)).as(caller + "'s leases").containsExactly(budget);
        assertThat(entries.get(caller)[0]).as(caller + "'s costs").isEqualTo(budget[1]);
        assertThat(hours.get(caller)[0]).as(caller + "'s hours").isEqualTo(budget[1]);
      }
      assertThat(all).isPositive();
      Row open =
          get(sql.query(
                      "SELECT (SELECT count(*) FROM infermux.lease WHERE NOT closed),"
                          + " (SELECT count(*) FROM infermux.holder WHERE state = 'active')")
                  .execute())
              .iterator()
              .next();
      assertThat(open.getLong(0)).isZero();
      assertThat(open.getLong(1)).isZero();
    } finally {
      get(vertx.close());
    }
  }

  private static Map<String, long[]> rows(
      PgConnection sql, String table, String name, String columns) throws Exception {
    Map<String, long[]> rows = new HashMap<>();
    String group = columns.contains("sum(") ? " GROUP BY 1" : "";
    String statement = "SELECT " + name + ", " + columns + " FROM " + table + group;
    for (Row row : get(sql.query(statement).execute())) {
      rows.put(row.getString(0), new long[] {row.getLong(1), row.getLong(2), row.getLong(3)});
    }
    return rows;
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
