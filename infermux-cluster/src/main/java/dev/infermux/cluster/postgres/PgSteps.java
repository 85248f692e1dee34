package dev.infermux.cluster.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.cluster.lease.Step;
import dev.infermux.cluster.lease.StepAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Steps on their way to the database: what comes while all connections are busy goes together, in
 * the order that all nodes keep. Those that a call waits for go first. One event loop's.
 */
final class PgSteps {

  private static final int MOST_TOGETHER = 100;

  /** One that goes alone needs no loop in the database, which takes a fifth of its time there. */
  private static final String ONE =
      "SELECT * FROM infermux.step($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

  private static final String MANY =
      "SELECT * FROM infermux.steps($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

  /** As the database compares bytes. */
  static final Comparator<Queued> ORDER =
      Comparator.<Queued, byte[]>comparing(queued -> queued.bytes, Arrays::compareUnsigned)
          .thenComparing(queued -> queued.step.month());

  private final PgLanes lanes;
  private final Deque<Queued> urgent = new ArrayDeque<>();
  private final Deque<Queued> queue = new ArrayDeque<>();

  PgSteps(PgLanes lanes) {
    this.lanes = lanes;
  }

  Future<List<StepAnswer>> take(UUID holder, List<Step> steps) {
    List<Future<StepAnswer>> answers = new ArrayList<>(steps.size());
    for (Step step : steps) {
      Queued queued = new Queued(holder, step);
      (step.need() > 0 ? urgent : queue).add(queued);
      answers.add(queued.answer.future());
    }
    pump();
    return Future.all(answers).map(all -> all.<StepAnswer>list());
  }

  private void pump() {
    while (lanes.idle() && !(urgent.isEmpty() && queue.isEmpty())) {
      List<Queued> together = new ArrayList<>();
      fill(together, urgent);
      fill(together, queue);
      together.sort(ORDER);
      (together.size() == 1
              ? lanes.run(ONE, together.get(0).tuple())
              : lanes.run(MANY, tuple(together)))
          .onComplete(
              (rows, failure) -> {
                if (failure == null) {
                  answered(together, rows);
                } else {
                  together.forEach(queued -> queued.answer.fail(failure));
                }
                pump();
              });
    }
  }

  private static void fill(List<Queued> together, Deque<Queued> from) {
    while (!from.isEmpty()
        && together.size() < MOST_TOGETHER
        && (together.isEmpty() || together.get(0).holder.equals(from.peek().holder))) {
      together.add(from.poll());
    }
  }

  private static void answered(List<Queued> together, RowSet<Row> rows) {
    int i = 0;
    for (Row row : rows) {
      together
          .get(i++)
          .answer
          .complete(
              new StepAnswer(
                  row.getLong(0),
                  row.getLong(1),
                  row.getLong(2),
                  row.getBoolean(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getBoolean(6)));
    }
  }

  /** The values as they stand: the database refuses what is not in order. */
  static Tuple tuple(List<Queued> steps) {
    return Tuple.tuple()
        .addUUID(steps.get(0).holder)
        .addArrayOfString(steps.stream().map(queued -> queued.account).toArray(String[]::new))
        .addArrayOfLocalDate(
            steps.stream().map(queued -> queued.step.month().atDay(1)).toArray(LocalDate[]::new))
        .addArrayOfLong(longs(steps, Step::number))
        .addArrayOfLong(longs(steps, Step::after))
        .addArrayOfLong(longs(steps, Step::known))
        .addArrayOfLong(longs(steps, Step::limit))
        .addArrayOfLong(longs(steps, Step::spent))
        .addArrayOfLong(longs(steps, Step::keep))
        .addArrayOfLong(longs(steps, Step::want))
        .addArrayOfLong(longs(steps, Step::need));
  }

  private static Long[] longs(List<Queued> steps, ToLongFunction<Step> value) {
    return steps.stream().map(queued -> value.applyAsLong(queued.step)).toArray(Long[]::new);
  }

  /** A step that has no connection yet. */
  static final class Queued {
    final UUID holder;
    final Step step;
    final String account;
    final byte[] bytes;
    final Promise<StepAnswer> answer = Promise.promise();

    Queued(UUID holder, Step step) {
      this.holder = holder;
      this.step = step;
      this.account = PgText.encode(step.account());
      this.bytes = account.getBytes(UTF_8);
    }

    private Tuple tuple() {
      return Tuple.tuple()
          .addUUID(holder)
          .addString(account)
          .addLocalDate(step.month().atDay(1))
          .addLong(step.number())
          .addLong(step.after())
          .addLong(step.known())
          .addLong(step.limit())
          .addLong(step.spent())
          .addLong(step.keep())
          .addLong(step.want())
          .addLong(step.need());
    }
  }
}
