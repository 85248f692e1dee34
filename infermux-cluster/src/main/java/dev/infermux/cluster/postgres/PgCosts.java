package dev.infermux.cluster.postgres;

import dev.infermux.ledger.journal.SharedEntry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Brings costs into the database, each once, and their sums by hour with them. One event loop's.
 */
final class PgCosts {

  /**
   * Costs of one holder. Those of one sum stand side by side, so that what they have in common is
   * told once for all of them, with the places of the first and the last.
   */
  private static final String COSTS =
      """
      SELECT $1::uuid AS holder, unnest(($2::bigint[])[first:final]) AS seq,
          to_timestamp(unnest(($3::float8[])[first:final])) AS at, caller, project, grp, provider,
          model, unnest(($4::bigint[])[first:final]) AS nanos,
          unnest(($5::boolean[])[first:final]) AS last,
          unnest(($6::bigint[])[first:final]) AS prompt_tokens,
          unnest(($7::bigint[])[first:final]) AS completion_tokens
        FROM (SELECT unnest($8::text[]) AS caller, unnest($9::text[]) AS project,
          unnest($10::text[]) AS grp, unnest($11::text[]) AS provider, unnest($12::text[]) AS model,
          unnest($13::int[]) AS first, unnest($14::int[]) AS final) AS alike
      """;

  /**
   * All of them, or none where one is there already. The sums are made here, and arrays are taken
   * apart side by side rather than in {@code FROM}: it takes half the time of {@link #ADD_MISSING}.
   * PostgreSQL begins with what stands last: rows of sums, which others want too, are locked for
   * the end of it only.
   */
  static final String ADD =
      """
      WITH hour AS (
        INSERT INTO infermux.cost_hour (caller, project, grp, provider, model, hour, nanos,
            requests, prompt_tokens, completion_tokens)
          SELECT unnest($8::text[]), unnest($9::text[]), unnest($10::text[]), unnest($11::text[]),
            unnest($12::text[]), unnest($15::timestamptz[]), unnest($16::bigint[]),
            unnest($17::bigint[]), unnest($18::bigint[]), unnest($19::bigint[])
          ORDER BY 6, 1, 2, 3, 4, 5
        ON CONFLICT (hour, caller, project, grp, provider, model) DO UPDATE
          SET nanos = cost_hour.nanos + excluded.nanos,
            requests = cost_hour.requests + excluded.requests,
            prompt_tokens = cost_hour.prompt_tokens + excluded.prompt_tokens,
            completion_tokens = cost_hour.completion_tokens + excluded.completion_tokens)
      INSERT INTO infermux.cost_entry (holder, seq, at, caller, project, grp, provider, model,
          nanos, last, prompt_tokens, completion_tokens)
      """
          + COSTS;

  /** Leaves out those that are there already, of the sums too. */
  private static final String ADD_MISSING =
      """
      SELECT infermux.add_costs(array_agg(holder), array_agg(seq), array_agg(at),
          array_agg(caller), array_agg(project), array_agg(grp), array_agg(provider),
          array_agg(model), array_agg(nanos), array_agg(last), array_agg(prompt_tokens),
          array_agg(completion_tokens))
        FROM (
      """
          + COSTS
          + ") AS cost";

  /** In one statement, which is one holder's. */
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
    Map<UUID, List<SharedEntry>> byHolder = new LinkedHashMap<>();
    for (SharedEntry entry : entries) {
      byHolder.computeIfAbsent(entry.holder(), holder -> new ArrayList<>()).add(entry);
    }
    List<Future<?>> statements = new ArrayList<>();
    for (List<SharedEntry> all : byHolder.values()) {
      for (int from = 0; from < all.size(); from += MOST) {
        List<SharedEntry> together = all.subList(from, Math.min(all.size(), from + MOST));
        boolean second = !statements.isEmpty() && aside.spare();
        statements.add(add(together, second ? aside : lanes));
      }
    }
    return Future.join(statements).mapEmpty();
  }

  private static Future<?> add(List<SharedEntry> entries, PgLanes lanes) {
    Collection<HourSum> sums = HourSum.of(entries);
    Tuple costs = costs(entries, sums);
    Tuple all = Tuple.tuple();
    for (int i = 0; i < costs.size(); i++) {
      all.addValue(costs.getValue(i));
    }
    add(all, sums);
    return lanes
        .run(ADD, all)
        .recover(
            failure ->
                PgFailures.duplicate(failure)
                    ? lanes.run(ADD_MISSING, costs)
                    : Future.failedFuture(failure));
  }

  private static Tuple costs(List<SharedEntry> entries, Collection<HourSum> sums) {
    CostArrays costs = new CostArrays(entries.size());
    List<Integer> first = new ArrayList<>();
    List<Integer> last = new ArrayList<>();
    for (HourSum sum : sums) {
      first.add(costs.size() + 1);
      sum.costs.forEach(costs::add);
      last.add(costs.size());
    }
    Tuple values = Tuple.of(entries.get(0).holder());
    costs.to(values);
    return values
        .addArrayOfString(texts(sums, sum -> sum.of.caller()))
        .addArrayOfString(texts(sums, sum -> sum.of.project()))
        .addArrayOfString(texts(sums, sum -> sum.of.group()))
        .addArrayOfString(texts(sums, sum -> sum.of.provider()))
        .addArrayOfString(texts(sums, sum -> sum.of.model()))
        .addArrayOfInteger(first.toArray(Integer[]::new))
        .addArrayOfInteger(last.toArray(Integer[]::new));
  }

  private static void add(Tuple values, Collection<HourSum> sums) {
    values
        .addArrayOfOffsetDateTime(
            sums.stream().map(sum -> hour(sum.of)).toArray(OffsetDateTime[]::new))
        .addArrayOfLong(longs(sums, sum -> sum.nanos))
        .addArrayOfLong(longs(sums, sum -> sum.requests))
        .addArrayOfLong(longs(sums, sum -> sum.promptTokens))
        .addArrayOfLong(longs(sums, sum -> sum.completionTokens));
  }

  private static OffsetDateTime hour(HourSum.Of of) {
    return Instant.ofEpochMilli(of.hourMillis()).atOffset(ZoneOffset.UTC);
  }

  private static Long[] longs(Collection<HourSum> sums, ToLongFunction<HourSum> value) {
    return sums.stream().map(value::applyAsLong).toArray(Long[]::new);
  }

  private static String[] texts(Collection<HourSum> sums, Function<HourSum, String> value) {
    return sums.stream().map(sum -> PgText.encode(value.apply(sum))).toArray(String[]::new);
  }
}
