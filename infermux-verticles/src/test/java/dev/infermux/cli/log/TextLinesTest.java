package dev.infermux.cli.log;

import static dev.infermux.cli.log.LogEvents.event;
import static dev.infermux.cli.log.LogEvents.line;
import static dev.infermux.cli.log.LogEvents.withCause;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class TextLinesTest {

  private final TextLines lines = new TextLines(false);

  @Test
  void a_line_has_time_level_source_message_and_fields() {
    String line =
        line(new TextLines(true), event(Level.INFO, "answered", "model", "gpt-4o", "status", 200));

    assertThat(line)
        .isEqualTo("2026-01-31T12:00:00.120Z INFO  request: answered model=gpt-4o status=200\n");
  }

  @Test
  void a_value_of_several_words_is_quoted() {
    assertThat(line(lines, event(Level.WARN, "refused", "why", "no \"room\" left", "who", "")))
        .isEqualTo("WARN  request: refused why=\"no \\\"room\\\" left\" who=\"\"\n");
  }

  @Test
  void nothing_from_outside_can_begin_a_line_of_its_own() {
    String line =
        line(lines, event(Level.INFO, "asked\nINFO forged", "caller", "a\r\nINFO forged\u001b[2J"));

    assertThat(line)
        .isEqualTo(
            "INFO  request: asked\\nINFO forged caller=\"a\\u000d\\nINFO forged\\u001b[2J\"\n");
  }

  @Test
  void connection_to_another_node_that_fails_is_one_line_with_its_reason() {
    LoggingEvent failed = event(Level.WARN, "Connecting to server 1 failed");
    failed.setLoggerName("io.vertx.core.eventbus.impl.clustered.ClusteredEventBus");
    Throwable why = new IllegalStateException("TLS", new IllegalStateException("timed out"));

    String json = line(new JsonLines(false), withCause(failed, why));

    assertThat(line(lines, failed))
        .isEqualTo("WARN  ClusteredEventBus: Connecting to server 1 failed: timed out\n");
    assertThat(json).contains("\"reason\":\"timed out\"").doesNotContain("stack_trace");
  }

  @Test
  void a_stack_trace_follows_its_line() {
    String text =
        line(lines, withCause(event(Level.ERROR, "broken"), new IllegalStateException("why")));

    assertThat(text)
        .startsWith("ERROR request: broken\njava.lang.IllegalStateException: why")
        .contains("\tat ");
  }
}
