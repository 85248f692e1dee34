package dev.infermux.cluster.postgres;

import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.CostEntry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Brings costs into the database, each once, and their sums by hour with them. One event loop's.
 */
final class PgCosts {

  /**
   * All of them, or none where one is there already. The sums are made here, and arrays are taken
   * apart side by side rather than in {@code FROM}: it takes half the time of {@link #ADD_MISSING}.
   * PostgreSQL begins with what stands last: rows of sums, which others want too, are locked for
   * the end of it only.
   */
  static final String ADD =
      """
      WITH hour AS (
        INSERT INTO infermux.cost_hour (hour, caller, project, grp, provider, model, nanos,
            requests, prompt_tokens, completion_tokens)
          SELECT unnest($13::timestamptz[]), unnest($14::text[]), unnest($15::text[]),
            unnest($16::text[]), unnest($17::text[]), unnest($18::text[]), unnest($19::bigint[]),
            unnest($20::bigint[]), unnest($21::bigint[]), unnest($22::bigint[])
          ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (hour, caller, project, grp, provider, model) DO UPDATE
          SET nanos = cost_hour.nanos + excluded.nanos,
            requests = cost_hour.requests + excluded.requests,
            prompt_tokens = cost_hour.prompt_tokens + excluded.prompt_tokens,
            completion_tokens = cost_hour.completion_tokens + excluded.completion_tokens)
      INSERT INTO infermux.cost_entry (holder, seq, at, caller, project, grp, provider, model,
          nanos, last, prompt_tokens, completion_tokens)
        SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::timestamptz[]),
          unnest($4::text[]), unnest($5::text[]), unnest($6::text[]), unnest($7::text[]),
          unnest($8::text[]), unnest($9::bigint[]), unnest($10::boolean[]),
          unnest($11::bigint[]), unnest($12::bigint[])
      """;

  /** Leaves out those that are there already, of the sums too. */
  private static final String ADD_MISSING =
      "SELECT infermux.add_costs($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

  /** In one statement. */
  private static final int MOST = 500;

  private final PgLanes lanes;
  private final PgLanes aside;

  /**
   * @param aside what may take a second statement meanwhile, where it has nothing else to do
   */
  PgCosts(PgLanes lanes, PgLanes aside) {
    this.lanes = lanes;
    this.aside = aside;
  }

  /**
   * Adds them, each once; some may be there already, of a statement whose answer was lost. Where it
   * fails, some of them may have been added, and none is under way.
   */
  Future<Void> add(List<SharedEntry> entries) {
    List<Future<?>> statements = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += MOST) {
      List<SharedEntry> together = entries.subList(from, Math.min(entries.size(), from + MOST));
      statements.add(add(together, from > 0 && aside.spare() ? aside : lanes));
    }
    return Future.join(statements).mapEmpty();
  }

  private static Future<?> add(List<SharedEntry> entries, PgLanes lanes) {
    Tuple all = values(entries);
    add(all, HourSum.of(entries));
    return lanes
        .run(ADD, all)
        .recover(
            failure ->
                PgFailures.duplicate(failure)
                    ? lanes.run(ADD_MISSING, values(entries))
                    : Future.failedFuture(failure));
  }

  private static Tuple values(List<SharedEntry> entries) {
    return Tuple.tuple()
        .addArrayOfUUID(each(entries, SharedEntry::holder).toArray(UUID[]::new))
        .addArrayOfLong(longs(entries, SharedEntry::sequence))
        .addArrayOfOffsetDateTime(times(entries, entry -> entry.entry().atMillis()))
        .addArrayOfString(texts(entries, entry -> entry.entry().caller()))
        .addArrayOfString(texts(entries, entry -> cost(entry).project()))
        .addArrayOfString(texts(entries, entry -> cost(entry).group()))
        .addArrayOfString(texts(entries, entry -> cost(entry).provider()))
        .addArrayOfString(texts(entries, entry -> cost(entry).model()))
        .addArrayOfLong(longs(entries, entry -> cost(entry).cost().nanos()))
        .addArrayOfBoolean(each(entries, entry -> entry.entry().last()).toArray(Boolean[]::new))
        .addArrayOfLong(longs(entries, entry -> cost(entry).promptTokens()))
        .addArrayOfLong(longs(entries, entry -> cost(entry).completionTokens()));
  }

  private static void add(Tuple values, Collection<HourSum> sums) {
    values
        .addArrayOfOffsetDateTime(times(sums, sum -> sum.of.hourMillis()))
        .addArrayOfString(texts(sums, sum -> sum.of.caller()))
        .addArrayOfString(texts(sums, sum -> sum.of.project()))
        .addArrayOfString(texts(sums, sum -> sum.of.group()))
        .addArrayOfString(texts(sums, sum -> sum.of.provider()))
        .addArrayOfString(texts(sums, sum -> sum.of.model()))
        .addArrayOfLong(longs(sums, sum -> sum.nanos))
        .addArrayOfLong(longs(sums, sum -> sum.requests))
        .addArrayOfLong(longs(sums, sum -> sum.promptTokens))
        .addArrayOfLong(longs(sums, sum -> sum.completionTokens));
  }

  private static CostEntry cost(SharedEntry entry) {
    return entry.entry().entry();
  }

  private static <R, T> List<T> each(Collection<R> rows, Function<R, T> value) {
    return rows.stream().map(value).toList();
  }

  private static <R> Long[] longs(Collection<R> rows, ToLongFunction<R> value) {
    return rows.stream().map(value::applyAsLong).toArray(Long[]::new);
  }

  private static <R> OffsetDateTime[] times(Collection<R> rows, ToLongFunction<R> millis) {
    return rows.stream()
        .map(row -> Instant.ofEpochMilli(millis.applyAsLong(row)).atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  private static <R> String[] texts(Collection<R> rows, Function<R, String> value) {
    return rows.stream().map(row -> PgText.encode(value.apply(row))).toArray(String[]::new);
  }
}
