package dev.infermux.tokentrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.mist.TraceAlert;
import dev.infermux.tokentrace.TelemetryOptions.Format;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.export.ExportOptions;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.testing.TokenTraceStandIn;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenTraceAlertTest extends ReporterTest {
  private static final TraceAlert ALERT =
      new TraceAlert("warning", "budget.spent_usd", 8.1, 8, "80 % of the budget of team-a");

  private final TokenTraceStandIn tokentrace = closing(TokenTraceStandIn.start(vertx));

  /** Tries for as long as a test may take. */
  private static final ExportOptions PATIENT =
      new ExportOptions(
          QUICK.queueSize(),
          QUICK.batchSize(),
          QUICK.flushInterval(),
          QUICK.timeout(),
          100,
          QUICK.backoff(),
          QUICK.closeTimeout());

  private TokenTraceReporter to(String url, Format format) {
    TokenTrace to = new TokenTrace(URI.create(url), format, "the secret");
    return reporter(TelemetryOptions.defaults().withTokentrace(to).withExport(PATIENT));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void an_alert_is_a_signed_envelope_whatever_the_format_of_the_spans(Format format) {
    tokentrace.takesAlerts();
    tokentrace.requiresSecret("the secret");

    to(tokentrace.url() + (format == Format.SPANS ? "/spans" : ""), format).alert(ALERT);

    eventually(() -> assertThat(tokentrace.alerts()).hasSize(1));
    JsonObject envelope = tokentrace.alerts().get(0);
    assertThat(envelope.getString("type")).isEqualTo("trace.alert");
    assertThat(envelope.getString("source")).isEqualTo("infermux");
    assertThat(envelope.getJsonObject("payload").encode())
        .isEqualTo(
            "{\"level\":\"warning\",\"metric\":\"budget.spent_usd\",\"value\":8.1,"
                + "\"threshold\":8,\"message\":\"80 % of the budget of team-a\"}");
  }

  @Test
  void an_alert_is_sent_again_to_a_server_that_is_down_for_a_moment() {
    tokentrace.takesAlerts();
    tokentrace.answers(503);
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST);

    reporter.alert(ALERT);
    eventually(() -> assertThat(tokentrace.connections()).isPositive());
    tokentrace.recovers();

    eventually(() -> assertThat(tokentrace.alerts()).hasSize(1));
  }

  @Test
  void a_server_that_knows_no_alerts_is_asked_once_for_each_and_goes_on_getting_spans() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST);

    reporter.alert(ALERT);
    eventually(() -> assertThat(tokentrace.refusals()).hasSize(1));
    request(reporter.spans(), SpanParent.none());

    eventually(() -> assertThat(tokentrace.spans()).hasSize(1));
    assertThat(tokentrace.refusals()).containsExactly("unsupported message type: trace.alert");
  }

  @Test
  void a_file_gets_it_as_a_line(@TempDir Path directory) {
    Path file = directory.resolve("spans.jsonl");

    to(file.toUri().toString(), Format.MIST).alert(ALERT);

    eventually(() -> assertThat(file).content().contains("\"type\":\"trace.alert\""));
    assertThat(Files.exists(file)).isTrue();
  }

  @Test
  void without_tokentrace_an_alert_goes_nowhere() {
    reporter(TelemetryOptions.defaults()).alert(ALERT);

    assertThat(tokentrace.connections()).isZero();
  }
}
