package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.ChangesReport;
import dev.infermux.inbound.management.view.HoldersView;
import dev.infermux.inbound.management.view.HoldersView.Changes;
import dev.infermux.inbound.management.view.HoldersView.Row;
import dev.infermux.inbound.management.view.HoldersView.Tables;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usd;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The holders of shared budgets as JSON, and the end of one by the operator's word. */
record HolderReplies(HoldersView holders) {

  private static final String SPENT = "spent_usd";
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000_000);

  /** Adds them to what is told of nodes; nothing where one node has its budgets alone. */
  Future<JsonObject> addTo(JsonObject nodes) {
    if (!holders.shared()) {
      return Future.succeededFuture(nodes.put("shared", false));
    }
    ChangesReport changes = holders.changes();
    if (changes != null) {
      nodes.put("changes", json(changes));
    }
    Tables tables = holders.tables();
    if (tables.version() > 0) {
      nodes.put(
          "tables", new JsonObject().put("version", tables.version()).put("known", tables.known()));
    }
    return holders
        .all()
        .map(rows -> nodes.put("shared", true).put("holders", array(rows)))
        .otherwise(away -> nodes.put("shared", true).put("partial", true));
  }

  private static JsonArray array(List<Row> rows) {
    JsonArray all = new JsonArray();
    rows.forEach(row -> all.add(json(row)));
    return all;
  }

  private static JsonObject json(ChangesReport changes) {
    return new JsonObject()
        .put("version", changes.version())
        .put("newest", changes.newest())
        .put("behind", changes.silent() || changes.version() < changes.newest())
        .put("read_ms", changes.age().toMillis())
        .put("problems", new JsonArray(changes.problems()));
  }

  private static JsonObject json(Row row) {
    Changes changes = row.changes();
    boolean living = row.state().equals("active");
    return new JsonObject()
        .put("holder", row.holder().toString())
        .put("name", row.name())
        .put("state", row.state())
        .put("self", row.self())
        .put("version", row.version())
        .put("started", row.started().toString())
        .put("seen", row.seen().toString())
        .put("leases", row.leases())
        .put("authorised_usd", usd(row.authorised()))
        .put("unsettled_usd", usd(row.unsettled()))
        .put("backlog", row.backlog())
        .put("clock_skew_ms", row.skewMillis())
        .put("changes_version", changes == null ? null : changes.version())
        .put("changes_behind", living && (changes == null || changes.version() < changes.newest()))
        .put(
            "changes_problems",
            changes == null ? new JsonArray() : new JsonArray(changes.problems()));
  }

  Future<JsonObject> settle(@Nullable String holder, JsonObject word) {
    UUID id = id(holder);
    if (!holders.shared()) {
      throw new InferenceException(
          new Failure.Unservable(
              "not_shared", 409, "budgets.shared: absent (expected: nodes that share budgets)"));
    }
    return holders
        .settle(id, spent(word))
        .map(freed -> new JsonObject().put("holder", id.toString()).put("freed_usd", usd(freed)));
  }

  private static BigDecimal usd(Usd amount) {
    return new BigDecimal(amount.toDecimal());
  }

  private static UUID id(@Nullable String text) {
    try {
      return UUID.fromString(String.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw new InferenceException(
          new Failure.InvalidRequest(
              "holder: " + Query.quoted(text) + " (expected: an id that GET nodes lists)",
              "holder"));
    }
  }

  /** Absent = all that the leases of the node allowed it. */
  private static @Nullable Usd spent(JsonObject word) {
    Object value = word.getValue(SPENT);
    if (value == null) {
      return null;
    }
    try {
      BigDecimal usd = new BigDecimal(value.toString());
      if (usd.signum() >= 0 && usd.compareTo(MOST_USD) <= 0) {
        return Usd.of(usd);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InferenceException(
        new Failure.InvalidRequest(
            SPENT + ": " + Query.quoted(value.toString()) + " (expected: dollars, 0 or more)",
            SPENT));
  }
}
