package dev.infermux.cluster.postgres;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.NodesLedger.Changes;
import dev.infermux.ledger.NodesLedger.Node;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.SharedSpend;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the database says of costs and nodes. */
final class PgReports {

  private static final String SUMS =
      ", caller, project, grp, provider, model, sum(nanos)::bigint, sum(requests)::bigint,"
          + " sum(prompt_tokens)::bigint, sum(completion_tokens)::bigint ";
  private static final String MONTH =
      "SELECT min(hour)"
          + SUMS
          + "FROM infermux.cost_hour WHERE hour >= $1 AND hour < $2"
          + " GROUP BY 2, 3, 4, 5, 6";
  private static final String HOURS =
      "SELECT hour" + SUMS + "FROM infermux.cost_hour WHERE hour >= $1 GROUP BY 1, 2, 3, 4, 5, 6";
  private static final String MINUTES =
      "SELECT date_trunc('minute', at)"
          + SUMS.replace("sum(requests)", "count(*) FILTER (WHERE last)")
          + "FROM infermux.cost_entry WHERE at >= $1 GROUP BY 1, 2, 3, 4, 5, 6";
  private static final String NODES =
      """
      SELECT h.holder, h.node, h.version, h.started, h.seen, h.backlog, h.skew_ms,
        CASE WHEN h.state = 'active' AND h.seen < clock_timestamp() - h.lost_after THEN 'lost'
          ELSE h.state END AS state,
        count(l.account)::int AS leases, coalesce(sum(l.authorised), 0)::bigint AS authorised,
        coalesce(sum(l.authorised - l.settled), 0)::bigint AS held,
        a.version AS changes, a.problems, (SELECT v.version FROM infermux.change_version v) AS newest
      FROM infermux.holder h LEFT JOIN infermux.lease l ON l.holder = h.holder AND NOT l.closed
        LEFT JOIN infermux.change_applied a ON a.holder = h.holder
      WHERE h.state = 'active' OR h.seen > clock_timestamp() - interval '1 day'
      GROUP BY h.holder, a.holder ORDER BY h.state <> 'active', h.seen DESC LIMIT 200
      """;

  /** Each with a bound, so that no statement takes long; two nodes do not wait for each other. */
  private static final List<String> PRUNE =
      List.of(
          """
          DELETE FROM infermux.cost_entry WHERE (holder, seq) IN (
            SELECT holder, seq FROM infermux.cost_entry
              WHERE at < clock_timestamp() - interval '40 days'
              LIMIT 10000 FOR UPDATE SKIP LOCKED)
          """,
          """
          DELETE FROM infermux.cost_hour WHERE (hour, caller, project, grp, provider, model) IN (
            SELECT hour, caller, project, grp, provider, model FROM infermux.cost_hour
              WHERE hour < clock_timestamp() - interval '400 days'
              LIMIT 10000 FOR UPDATE SKIP LOCKED)
          """,
          """
          DELETE FROM infermux.lease WHERE (account, month, holder) IN (
            SELECT account, month, holder FROM infermux.lease
              WHERE closed AND month < clock_timestamp() - interval '400 days'
              LIMIT 10000 FOR UPDATE SKIP LOCKED)
          """,
          """
          DELETE FROM infermux.change_history WHERE (version, kind, name) IN (
            SELECT version, kind, name FROM infermux.change_history
              WHERE at < clock_timestamp() - interval '400 days'
              LIMIT 10000 FOR UPDATE SKIP LOCKED)
          """,
          """
          DELETE FROM infermux.change_applied WHERE at < clock_timestamp() - interval '2 days'
          """);

  private final PgLanes lanes;

  PgReports(PgLanes lanes) {
    this.lanes = lanes;
  }

  Future<List<SharedSpend>> month(YearMonth month) {
    return lanes
        .ask(MONTH, Tuple.of(start(month), start(month.plusMonths(1))))
        .map(PgReports::spends);
  }

  Future<List<SharedSpend>> since(Instant from, boolean byMinute) {
    return lanes.ask(byMinute ? MINUTES : HOURS, Tuple.of(utc(from))).map(PgReports::spends);
  }

  Future<List<Node>> nodes(UUID self) {
    return lanes.ask(NODES, Tuple.tuple()).map(rows -> nodes(rows, self));
  }

  /** How many rows went. */
  Future<Integer> prune() {
    Future<Integer> all = Future.succeededFuture(0);
    for (String statement : PRUNE) {
      all =
          all.compose(
              before -> lanes.ask(statement, Tuple.tuple()).map(rows -> before + rows.rowCount()));
    }
    return all;
  }

  private static List<Node> nodes(RowSet<Row> rows, UUID self) {
    List<Node> nodes = new ArrayList<>();
    for (Row row : rows) {
      UUID holder = row.getUUID("holder");
      nodes.add(
          new Node(
              holder,
              PgText.decode(row.getString("node")),
              row.getString("state"),
              row.getString("version"),
              row.getOffsetDateTime("started").toInstant(),
              row.getOffsetDateTime("seen").toInstant(),
              row.getInteger("leases"),
              new Usd(row.getLong("authorised")),
              new Usd(row.getLong("held")),
              row.getLong("backlog"),
              row.getLong("skew_ms"),
              holder.equals(self),
              changes(row)));
    }
    return nodes;
  }

  private static @Nullable Changes changes(Row row) {
    Long version = row.getLong("changes");
    return version == null
        ? null
        : new Changes(
            version,
            row.getLong("newest"),
            Arrays.stream(row.getArrayOfStrings("problems")).map(PgText::decode).toList());
  }

  private static List<SharedSpend> spends(RowSet<Row> rows) {
    List<SharedSpend> spends = new ArrayList<>(rows.size());
    for (Row row : rows) {
      CostEntry entry =
          new CostEntry(
              text(row, 2),
              text(row, 3),
              text(row, 4),
              text(row, 5),
              new Usd(row.getLong(6)),
              row.getLong(8),
              row.getLong(9));
      long at = row.getOffsetDateTime(0).toInstant().toEpochMilli();
      spends.add(new SharedSpend(at, text(row, 1), row.getLong(7), entry));
    }
    return spends;
  }

  private static String text(Row row, int column) {
    return PgText.decode(row.getString(column));
  }

  private static OffsetDateTime start(YearMonth month) {
    return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
