package dev.infermux.tokentrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.tokentrace.TelemetryOptions.Format;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.export.DropReason;
import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.testing.TokenTraceStandIn;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTraceExportTest extends ReporterTest {
  private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  private final TokenTraceStandIn tokentrace = closing(TokenTraceStandIn.start(vertx));

  private TokenTraceReporter to(String url, Format format, String secret) {
    TokenTrace to = new TokenTrace(URI.create(url), format, secret, true);
    return reporter(TelemetryOptions.defaults().withTokentrace(to).withExport(QUICK));
  }

  private JsonObject span(String operation) {
    return tokentrace.spans().stream()
        .filter(span -> span.getString("operation").equals(operation))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_request_becomes_an_envelope_for_the_call_and_one_for_each_attempt() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST, null);

    request(reporter.spans(), SpanParent.remote(CALLER, null));

    eventually(() -> assertThat(tokentrace.spans()).hasSize(2));
    JsonObject infer = span("infermux.infer");
    JsonObject attempt = span("infermux.attempt");
    assertThat(infer.getString("trace_id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(infer.getLong("start_ns")).isEqualTo(START + 1);
    assertThat(infer.getLong("end_ns")).isEqualTo(END - 1);
    assertThat(attempt.getString("parent_id")).isEqualTo(infer.getString("span_id"));
    assertThat(tokentrace.envelopes().get(0).getString("source")).isEqualTo("infermux");
    assertThat(tokentrace.refusals()).isEmpty();
  }

  @Test
  void the_call_hangs_under_the_callers_span_for_tokentrace_gets_no_server_spans() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST, null);

    request(reporter.spans(), SpanParent.remote(CALLER, null));
    request(reporter.spans(), SpanParent.none());

    eventually(() -> assertThat(tokentrace.spans()).hasSize(4));
    List<JsonObject> calls =
        tokentrace.spans().stream()
            .filter(span -> span.getString("operation").equals("infermux.infer"))
            .toList();
    assertThat(calls)
        .extracting(span -> span.getString("parent_id"))
        .containsExactlyInAnyOrder("b7ad6b7169203331", null);
  }

  @Test
  void attempts_stay_away_unless_they_are_asked_for() {
    for (Format format : Format.values()) {
      TokenTrace to = new TokenTrace(URI.create(tokentrace.url()), format, null);
      TokenTraceReporter reporter =
          reporter(TelemetryOptions.defaults().withTokentrace(to).withExport(QUICK));

      request(reporter.spans(), SpanParent.none());
      request(reporter.spans(), SpanParent.none());
      reporter.close().await();

      List<JsonObject> sent = format == Format.MIST ? tokentrace.spans() : tokentrace.batched();
      assertThat(sent)
          .hasSize(2)
          .allSatisfy(span -> assertThat(span.toString()).contains("infermux.infer"));
    }
  }

  @Test
  void parent_is_the_span_that_a_mist_tool_names_in_tracestate() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST, null);
    String mist = "c0ffee00c0ffee00b7ad6b7169203331";

    request(reporter.spans(), SpanParent.remote(CALLER, "vendor=1, mist=" + mist));

    eventually(() -> assertThat(tokentrace.spans()).hasSize(2));
    JsonObject infer = span("infermux.infer");
    assertThat(infer.getString("parent_id")).isEqualTo(mist);
    assertThat(span("infermux.attempt").getString("parent_id"))
        .isEqualTo(infer.getString("span_id"));
  }

  @Test
  void tracestate_that_names_no_span_leaves_the_parent_of_traceparent() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST, null);

    for (String state : List.of("mist=b7ad6b7169203331", "mist=ZZ", "other=1", "xmist=" + CALLER)) {
      request(reporter.spans(), SpanParent.remote(CALLER, state));
    }

    eventually(() -> assertThat(tokentrace.spans()).hasSize(8));
    assertThat(
            tokentrace.spans().stream()
                .filter(span -> span.getString("operation").equals("infermux.infer")))
        .allSatisfy(span -> assertThat(span.getString("parent_id")).isEqualTo("b7ad6b7169203331"));
  }

  @Test
  void usage_is_told_once_and_in_numbers() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST, null);

    request(reporter.spans(), SpanParent.none());

    eventually(() -> assertThat(tokentrace.spans()).hasSize(2));
    assertThat(span("infermux.infer").getJsonObject("attrs").getMap())
        .containsEntry("tokens_in", 11)
        .containsEntry("tokens_out", 7)
        .containsEntry("cost_usd", 0.25)
        .containsEntry("latency_ms", 1500)
        .doesNotContainKey("project");
    assertThat(span("infermux.attempt").getJsonObject("attrs").getMap())
        .containsEntry("provider", "openai")
        .doesNotContainKeys("tokens_in", "tokens_out", "cost_usd");
    assertThat(tokentrace.stats().getLong("tokens_in")).isEqualTo(11);
    assertThat(tokentrace.stats().getJsonObject("operations").getInteger("infermux.infer"))
        .isEqualTo(1);
  }

  @Test
  void a_failed_span_is_an_error_with_its_text() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST, null);

    OpenSpan span = reporter.spans().start(SpanKind.INTERNAL, SpanParent.none(), START);
    span.end(END, Facts.infer().failing("no provider"));

    eventually(() -> assertThat(tokentrace.spans()).hasSize(1));
    assertThat(span("infermux.infer").getString("status")).isEqualTo("error");
    assertThat(span("infermux.infer").getJsonObject("attrs").getString("error"))
        .isEqualTo("no provider");
    assertThat(tokentrace.stats().getInteger("errors")).isEqualTo(1);
  }

  @Test
  void envelopes_are_signed_where_a_secret_is_shared() {
    tokentrace.requiresSecret("s3cret");

    TokenTraceReporter stranger = to(tokentrace.url(), Format.MIST, "other");
    request(stranger.spans(), SpanParent.none());
    on(stranger.close());
    TokenTraceReporter friend = to(tokentrace.url(), Format.MIST, "s3cret");
    request(friend.spans(), SpanParent.none());
    on(friend.close());

    assertThat(stranger.counts().exports().get(0).dropped()).containsEntry(DropReason.REJECTED, 2L);
    assertThat(friend.counts().exports().get(0).exported()).isEqualTo(2);
    assertThat(tokentrace.spans()).hasSize(2);
  }

  @Test
  void many_envelopes_share_few_connections() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.MIST, null);

    for (int i = 0; i < 200; i++) {
      request(reporter.spans(), SpanParent.none());
    }

    eventually(() -> assertThat(tokentrace.spans()).hasSize(400));
    assertThat(tokentrace.connections()).isLessThanOrEqualTo(64);
  }

  @Test
  void the_newer_format_takes_arrays_and_has_fields_of_its_own() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.SPANS, null);

    request(reporter.spans(), SpanParent.remote(CALLER, null));

    eventually(() -> assertThat(tokentrace.batched()).hasSize(2));
    JsonObject infer =
        tokentrace.batched().stream()
            .filter(span -> span.getString("name").equals("infermux.infer"))
            .findFirst()
            .orElseThrow();
    assertThat(infer.getMap())
        .containsEntry("model", "gpt-4o")
        .containsEntry("provider", "openai")
        .containsEntry("prompt_tokens", 11)
        .containsEntry("comp_tokens", 7)
        .containsEntry("total_tokens", 18)
        .containsEntry("cost_usd", 0.25)
        .containsEntry("latency_ms", 1500)
        .containsEntry("status", "ok")
        .containsEntry("caller", "team-a")
        .containsEntry("parent_span_id", "b7ad6b7169203331");
    assertThat(infer.getJsonObject("attributes")).isEqualTo(JsonObject.of("finish_reason", "stop"));
    assertThat(tokentrace.refusals()).isEmpty();
  }

  @Test
  void the_newer_format_tells_a_timeout_from_other_failures() {
    TokenTraceReporter reporter = to(tokentrace.url(), Format.SPANS, null);

    reporter
        .spans()
        .start(SpanKind.INTERNAL, SpanParent.none(), START)
        .end(END, Facts.infer().outOfTime());

    eventually(() -> assertThat(tokentrace.batched()).hasSize(1));
    assertThat(tokentrace.batched().get(0).getString("status")).isEqualTo("timeout");
  }

  @Test
  void a_file_takes_one_envelope_a_line(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spans.jsonl");
    TokenTraceReporter reporter = to(file.toUri().toString(), Format.MIST, null);

    request(reporter.spans(), SpanParent.none());
    on(reporter.close());

    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(new JsonObject(line).getString("type")).isEqualTo("trace.span"));
  }
}
