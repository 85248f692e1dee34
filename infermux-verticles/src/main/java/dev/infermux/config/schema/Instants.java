package dev.infermux.config.schema;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Kinds of moments. */
public final class Instants {

  private Instants() {}

  /** As RFC 3339 has them, with a zone. */
  public static Kind<Instant> rfc3339() {
    return Kind.of(
        "time",
        "a time such as 2026-12-31T23:59:59Z",
        Instants::parse,
        Instant::toString,
        new JsonObject().put("type", "string").put("format", "date-time"));
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }
}
