package dev.infermux.ledger.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.Reports;
import dev.infermux.ledger.report.ReportsJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The whole state as JSON that people can read. Its last field is the CRC-32C of everything before
 * it; whoever changes the file by hand removes that line.
 *
 * @param ledger names the ledger, so that its journals cannot be taken for another's
 * @param journal the first journal that is not in it
 */
record LedgerSnapshot(long ledger, long journal, LedgerState state) {

  static final String FORMAT = "infermux-ledger";
  static final int VERSION = 1;

  /** With holders of leases, which a program that knows none must not forget. */
  private static final int VERSION_WITH_HOLDERS = 2;

  private static final String SUM_LINE = ",\n  \"crc32c\" : \"";
  private static final String END = "\n}";

  byte[] bytes(Instant saved) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(printer);
      write(json, saved);
    }
    byte[] object = out.toByteArray();
    int end = object.length - END.length();
    out.reset();
    out.write(object, 0, end);
    out.write((SUM_LINE + checksum(object, end) + "\"" + END + "\n").getBytes(US_ASCII));
    return out.toByteArray();
  }

  private void write(JsonGenerator json, Instant saved) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    List<RecoveredHolder> holders = state.holders().all();
    json.writeNumberField("version", holders.isEmpty() ? VERSION : VERSION_WITH_HOLDERS);
    json.writeStringField("ledger", Long.toHexString(ledger));
    json.writeStringField("saved", saved.toString());
    json.writeNumberField("journal", journal);
    json.writeNumberField("sequence", state.lastSequence());
    json.writeArrayFieldStart("open");
    for (RecoveredReservation open : state.open()) {
      json.writeStartObject();
      json.writeNumberField("id", open.id());
      json.writeStringField("at", Instant.ofEpochMilli(open.atMillis()).toString());
      json.writeStringField("caller", open.caller());
      json.writeFieldName("usd");
      json.writeNumber(open.amount().toDecimal());
      HoldersJson.write(open, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    HoldersJson.write(holders, state.holders().current(), json);
    ReportsJson.write(state.reports(), json);
    json.writeEndObject();
  }

  /**
   * Reads what {@link #bytes} made.
   *
   * @throws IllegalArgumentException saying what else it is
   */
  static LedgerSnapshot read(byte[] bytes, ReportLimits limits) {
    JsonNode json = parse(bytes);
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException("JSON without \"format\": \"" + FORMAT + "\"");
    }
    int version = json.path("version").asInt();
    if (version != VERSION && version != VERSION_WITH_HOLDERS) {
      throw new IllegalArgumentException("version " + json.path("version"));
    }
    checkSum(bytes);
    try {
      return new LedgerSnapshot(
          Long.parseUnsignedLong(json.required("ledger").textValue(), 16),
          number(json, "journal"),
          state(json, limits));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("a field is wrong: " + e.getMessage(), e);
    }
  }

  private static LedgerState state(JsonNode json, ReportLimits limits) {
    Reports reports = ReportsJson.read(json, limits);
    List<RecoveredReservation> open = new ArrayList<>();
    for (JsonNode row : json.required("open")) {
      open.add(
          new RecoveredReservation(
              number(row, "id"),
              Instant.parse(row.required("at").textValue()).toEpochMilli(),
              row.required("caller").textValue(),
              ReportsJson.usd(row.required("usd")),
              HoldersJson.account(row),
              HoldersJson.holder(row)));
    }
    LedgerState state = new LedgerState(reports, open, number(json, "sequence"));
    HoldersJson.read(json, state.holders());
    return state;
  }

  private static JsonNode parse(byte[] bytes) {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    try {
      return mapper.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          bytes.length + " bytes that are not one whole JSON object", e);
    }
  }

  private static long number(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(field + ": " + value);
    }
    return value.longValue();
  }

  private static void checkSum(byte[] bytes) {
    String tail =
        new String(bytes, Math.max(0, bytes.length - 64), Math.min(64, bytes.length), UTF_8);
    int at = tail.lastIndexOf(SUM_LINE);
    if (at < 0) {
      return;
    }
    int from = at + SUM_LINE.length();
    String stated = tail.substring(from, Math.min(tail.length(), from + 8));
    String found = checksum(bytes, bytes.length - tail.substring(at).length());
    if (!stated.equals(found)) {
      throw new IllegalArgumentException("crc32c " + stated + " over content that has " + found);
    }
  }

  private static String checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return String.format("%08x", crc.getValue());
  }
}
