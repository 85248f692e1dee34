package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A provider of the server's answer, in the words of a table. */
record ProviderTableRow(JsonNode json) {

  private static final String NOTHING = "-";

  String name() {
    return json.path("name").asText();
  }

  String type() {
    return json.path("type").asText();
  }

  String models() {
    JsonNode models = json.path("models");
    return models.isArray()
        ? StreamSupport.stream(models.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "))
        : "any";
  }

  boolean healthy() {
    return json.path("healthy").asBoolean();
  }

  String unhealthyReason() {
    return json.path("unhealthy_reason").asText();
  }

  /** {@code closed}, {@code half-open} or {@code open}. */
  String circuit() {
    return json.path("circuit").asText();
  }

  boolean closed() {
    return circuit().equals("closed");
  }

  boolean open() {
    return circuit().equals("open");
  }

  String errorRate() {
    return String.format(Locale.ROOT, "%.1f%%", json.path("error_rate").asDouble() * 100);
  }

  String p95Latency() {
    long millis = json.path("p95_latency_ms").asLong();
    return millis == 0 ? NOTHING : millis + "ms";
  }

  String requestsLastMinute() {
    return json.path("requests_last_minute").asText();
  }

  /** How long an open circuit will stay open. */
  String untilRecovery(Instant now) {
    return time("circuit_recovery_at")
        .map(recovery -> "in " + DurationText.text(Duration.between(now, recovery)))
        .orElse("by hand");
  }

  String lastCheck(Instant now) {
    return time("last_health_check")
        .map(checked -> DurationText.text(Duration.between(checked, now)) + " ago")
        .orElse("never");
  }

  private Optional<Instant> time(String field) {
    try {
      return Optional.of(json.path(field))
          .filter(JsonNode::isTextual)
          .map(text -> Instant.parse(text.textValue()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
