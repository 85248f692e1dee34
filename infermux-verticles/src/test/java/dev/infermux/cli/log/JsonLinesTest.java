package dev.infermux.cli.log;

import static dev.infermux.cli.log.LogEvents.event;
import static dev.infermux.cli.log.LogEvents.line;
import static dev.infermux.cli.log.LogEvents.withCause;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void an_event_is_one_flat_object_a_line() {
    String line =
        line(
            new JsonLines(true),
            event(
                Level.INFO,
                "answered",
                "model",
                "gpt-4o",
                "status",
                200,
                "cost_usd",
                new BigDecimal("0.00000012"),
                "stream",
                false,
                "group",
                null));

    assertThat(line)
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00.120Z\",\"level\":\"INFO\","
                + "\"logger\":\"dev.infermux.request\",\"message\":\"answered\","
                + "\"model\":\"gpt-4o\",\"status\":200,\"cost_usd\":0.00000012,"
                + "\"stream\":false,\"group\":null}\n");
  }

  @Test
  void a_field_cannot_hide_what_every_line_has() throws Exception {
    JsonNode line =
        JSON.readTree(line(new JsonLines(false), event(Level.INFO, "asked", "level", "forged")));

    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("field_level").asText()).isEqualTo("forged");
    assertThat(line.has("time")).isFalse();
  }

  @Test
  void any_text_and_any_number_stay_json() throws Exception {
    String text =
        line(
            new JsonLines(false),
            event(Level.INFO, "a\n\"b\"\u0000", "half", "\ud800", "ratio", Double.NaN));

    JsonNode line = JSON.readTree(text);
    assertThat(text).hasLineCount(1);
    assertThat(line.path("message").asText()).isEqualTo("a\n\"b\"\u0000");
    assertThat(line.path("ratio").asText()).isEqualTo("NaN");
  }

  @Test
  void a_stack_trace_is_a_field() throws Exception {
    JsonNode line =
        JSON.readTree(
            line(
                new JsonLines(false),
                withCause(event(Level.ERROR, "broken"), new IllegalStateException("why"))));

    assertThat(line.path("stack_trace").asText())
        .startsWith("java.lang.IllegalStateException: why")
        .contains("\tat ");
  }
}
