package dev.infermux.cluster.postgres;

import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.cluster.lease.Step;
import dev.infermux.cluster.lease.StepAnswer;
import dev.infermux.cluster.lease.StoreException;
import dev.infermux.cluster.lease.StoreException.Kind;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.NodesLedger.Node;
import dev.infermux.ledger.SharedLedgerStatus;
import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.SharedSpend;
import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The shared store in PostgreSQL. One event loop's. */
final class PgStore implements SharedStore {

  private static final String REGISTER =
      """
      INSERT INTO infermux.holder (holder, node, version, state, lost_after)
        VALUES ($1, $2, $3, 'active', $4::bigint * interval '1 ms') ON CONFLICT DO NOTHING
      """;
  private static final String BEAT =
      """
      UPDATE infermux.holder SET seen = clock_timestamp(), backlog = $2, skew_ms = $3
        WHERE holder = $1 AND state = 'active'
      """;
  private static final String GREET =
      """
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now,
        (SELECT count(*) FROM infermux.holder
          WHERE state = 'active' AND seen > clock_timestamp() - interval '30 s')::int AS nodes,
        (SELECT count(DISTINCT version) FROM infermux.holder
          WHERE state = 'active' AND seen > clock_timestamp() - interval '30 s')::int AS versions,
        (SELECT version FROM infermux.meta)::int AS tables,
        (SELECT coalesce(sum(l.authorised - l.settled), 0)
          FROM infermux.holder h JOIN infermux.lease l USING (holder)
          WHERE h.state = 'active' AND h.seen < clock_timestamp() - h.lost_after
            AND NOT l.closed)::bigint AS unsettled
      """;
  private static final String END = "SELECT infermux.end_holder($1, $2, $3, $4, $5, $6)";
  private static final String SETTLE = "SELECT infermux.settle_holder($1, $2)";

  private final PgAddress address;
  private final PgSchema schema;
  private final PgLane schemaLane;
  private final PgLanes stepLanes;
  private final PgLanes others;
  private final PgSteps steps;
  private final PgCosts costs;
  private final PgReports reports;
  private final PgChanges changes;
  private final PgHints hints;
  private final PgNode self;
  private final InstantSource clock;
  private @Nullable Future<Void> prepared;
  private long skewMillis;

  PgStore(Vertx vertx, PgNode self, InstantSource clock) {
    this.address = new PgAddress(self.options().url().reveal());
    this.self = self;
    this.clock = clock;
    this.schemaLane = new PgLane(vertx, address);
    this.schema = new PgSchema(schemaLane, self.cluster());
    this.stepLanes = new PgLanes(vertx, address, Math.max(1, self.options().pool() - 1));
    this.others = new PgLanes(vertx, address, 1);
    this.steps = new PgSteps(stepLanes);
    this.costs = new PgCosts(others, stepLanes);
    this.reports = new PgReports(others);
    this.changes = new PgChanges(others);
    this.hints = new PgHints(vertx, address, stepLanes);
  }

  private Future<Void> prepare() {
    Future<Void> under = prepared;
    if (under == null || under.failed()) {
      under = schema.prepare().eventually(schemaLane::close);
      prepared = under;
    }
    return under;
  }

  @Override
  public Future<Greeting> register(UUID holder) {
    long lost = self.options().lostAfter().toMillis();
    return prepare()
        .compose(ready -> others.run(REGISTER, Tuple.of(holder, self.name(), self.version(), lost)))
        .compose(taken -> greet());
  }

  @Override
  public Future<Greeting> heartbeat(UUID holder, Signs signs) {
    return others
        .run(BEAT, Tuple.of(holder, signs.backlog(), skewMillis))
        .compose(
            beaten ->
                beaten.rowCount() == 1
                    ? greet()
                    : Future.failedFuture(
                        new StoreException(
                            Kind.FENCED, "holder " + holder + " is not active any more")));
  }

  private Future<Greeting> greet() {
    long asked = clock.millis();
    return others
        .run(GREET, Tuple.tuple())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              skewMillis = Greeting.skewMillis(asked, row.getLong("now"), clock.millis());
              return new Greeting(
                  row.getInteger("nodes"),
                  skewMillis,
                  row.getLong("unsettled"),
                  row.getInteger("versions"),
                  new SharedLedgerStatus.Tables(row.getInteger("tables"), PgSchema.VERSION));
            });
  }

  @Override
  public Future<List<StepAnswer>> step(UUID holder, List<Step> asked) {
    return steps.take(holder, asked);
  }

  @Override
  public Future<Void> end(UUID holder, boolean left, List<Total> totals) {
    Tuple values =
        Tuple.tuple()
            .addUUID(holder)
            .addString(left ? "left" : "recovered")
            .addArrayOfString(
                totals.stream().map(total -> PgText.encode(total.account())).toArray(String[]::new))
            .addArrayOfLocalDate(
                totals.stream().map(total -> total.month().atDay(1)).toArray(LocalDate[]::new))
            .addArrayOfLong(totals.stream().map(Total::limit).toArray(Long[]::new))
            .addArrayOfLong(totals.stream().map(Total::spent).toArray(Long[]::new));
    return prepare().compose(ready -> others.run(END, values)).mapEmpty();
  }

  @Override
  public Future<Usd> settle(UUID holder, @Nullable Usd spent) {
    Tuple values = Tuple.tuple().addUUID(holder).addLong(spent == null ? null : spent.nanos());
    return others.run(SETTLE, values).map(PgStore::freed);
  }

  private static Usd freed(RowSet<Row> rows) {
    return new Usd(Math.max(0, rows.iterator().next().getLong(0)));
  }

  @Override
  public Future<Void> add(List<SharedEntry> entries) {
    return costs.add(entries);
  }

  @Override
  public Future<List<Node>> nodes(UUID holder) {
    return reports.nodes(holder);
  }

  @Override
  public Future<List<SharedSpend>> month(YearMonth month) {
    return reports.month(month);
  }

  @Override
  public Future<List<SharedSpend>> since(Instant from, boolean byMinute) {
    return reports.since(from, byMinute);
  }

  @Override
  public Future<ChangeState> changes(long known) {
    return prepare().compose(ready -> changes.read(known));
  }

  @Override
  public Future<ChangeAnswer> change(UUID holder, ChangeAttempt attempt) {
    return prepare().compose(ready -> changes.change(holder, attempt));
  }

  @Override
  public Future<Void> applied(UUID holder, long version, List<String> problems) {
    return prepare().compose(ready -> changes.applied(holder, version, problems));
  }

  @Override
  public Future<Integer> prune() {
    return reports.prune();
  }

  @Override
  public Future<Void> tell(String hint) {
    return hints.tell(hint);
  }

  @Override
  public Future<Void> hear(Consumer<String> heard) {
    // A pooler is seen by then, if there is one.
    return prepare().transform(tried -> hints.hear(heard));
  }

  @Override
  public Future<Void> close() {
    return Future.join(hints.close(), stepLanes.close(), others.close(), schemaLane.close())
        .mapEmpty();
  }
}
