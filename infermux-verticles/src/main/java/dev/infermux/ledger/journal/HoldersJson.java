package dev.infermux.ledger.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.RecoveredHolder.Spent;
import dev.infermux.ledger.report.ReportsJson;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a snapshot says of holders of leases; nothing where there are none. */
final class HoldersJson {

  private static final String HOLDERS = "holders";
  private static final String HOLDER = "holder";
  private static final String ACCOUNT = "account";

  private HoldersJson() {}

  static void write(RecoveredReservation open, JsonGenerator json) throws IOException {
    UUID holder = open.holder();
    if (holder != null) {
      json.writeStringField(ACCOUNT, open.account());
      json.writeStringField(HOLDER, holder.toString());
    }
  }

  static String account(JsonNode open) {
    return open.path(ACCOUNT).asText(open.required("caller").textValue());
  }

  static @Nullable UUID holder(JsonNode json) {
    return json.has(HOLDER) ? UUID.fromString(json.required(HOLDER).textValue()) : null;
  }

  static void write(List<RecoveredHolder> holders, @Nullable UUID current, JsonGenerator json)
      throws IOException {
    if (holders.isEmpty()) {
      return;
    }
    if (current != null) {
      json.writeStringField(HOLDER, current.toString());
    }
    json.writeObjectFieldStart(HOLDERS);
    for (RecoveredHolder holder : holders) {
      json.writeObjectFieldStart(holder.holder().toString());
      json.writeStringField("place", holder.place());
      json.writeArrayFieldStart("spent");
      for (Spent row : holder.accounts()) {
        json.writeStartObject();
        json.writeStringField(ACCOUNT, row.account());
        json.writeStringField("month", row.month().toString());
        json.writeFieldName("usd");
        json.writeNumber(new Usd(row.nanos()).toDecimal());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  static void read(JsonNode json, HolderTotals totals) {
    if (!json.has(HOLDERS)) {
      return;
    }
    UUID current = holder(json);
    for (var named : json.required(HOLDERS).properties()) {
      UUID holder = UUID.fromString(named.getKey());
      List<Spent> rows = new ArrayList<>();
      for (JsonNode row : named.getValue().required("spent")) {
        rows.add(
            new Spent(
                row.required(ACCOUNT).textValue(),
                YearMonth.parse(row.required("month").textValue()),
                ReportsJson.usd(row.required("usd")).nanos()));
      }
      String place = named.getValue().required("place").textValue();
      totals.restore(new RecoveredHolder(holder, place, rows), holder.equals(current));
    }
  }
}
