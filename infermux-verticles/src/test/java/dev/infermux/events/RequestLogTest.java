package dev.infermux.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.testing.VirtualTime;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestLogTest {

  @RegisterExtension final HeardLog lines = new HeardLog(RequestLog.LOGGER);
  private final VirtualTime time = new VirtualTime();
  private final RequestLog log = new RequestLog(time.time().timers());

  @Test
  void a_call_is_one_line_with_every_routing_field() {
    log.finished(Samples.failedOver());

    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("request_id", "req-1"),
                Map.entry("trace_id", "0af7651916cd43dd8448eb211c80319c"),
                Map.entry("caller", "team-a"),
                Map.entry("project", "search"),
                Map.entry("env", "production"),
                Map.entry("ingress", "http"),
                Map.entry("operation", "chat"),
                Map.entry("requested_model", "gpt-4o-mini"),
                Map.entry("provider", "openai"),
                Map.entry("model", "gpt-4o"),
                Map.entry("strategy", "priority"),
                Map.entry("route_group", "fast"),
                Map.entry("attempts", 2),
                Map.entry("stream", true),
                Map.entry("status", "ok"),
                Map.entry("http_status", 200),
                Map.entry("tokens_in", 120L),
                Map.entry("tokens_out", 30L),
                Map.entry("cost_usd", new BigDecimal("0.000575")),
                Map.entry("cost_status", "exact"),
                Map.entry("latency_ms", 1234L),
                Map.entry("ttft_ms", 45L),
                Map.entry("finish_reason", "stop")));
  }

  @Test
  void a_failure_of_ours_or_a_providers_is_a_warning_that_quotes_nobody() {
    log.finished(
        Samples.failed(
            new Failure.UpstreamError(FailureClass.SERVER_ERROR, 500, Samples.ERROR_TEXT, null),
            FailureClass.SERVER_ERROR));

    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);
    assertThat(fields())
        .containsEntry("error_code", "upstream_error")
        .containsEntry("error", "upstream_error: server_error, provider status 500");
    assertThat(fields().toString()).doesNotContain(Samples.PROMPT, Samples.KEY);
  }

  @Test
  void the_callers_own_fault_is_no_warning() {
    log.finished(Samples.refused(new Failure.ModelNotFound("no model \"x\"")));

    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(fields()).containsEntry("error", "model_not_found: no model \"x\"");
  }

  @Test
  void with_info_off_only_failures_are_written() {
    lines.level(Level.WARN);

    log.finished(Samples.failedOver());
    log.finished(
        Samples.failed(new Failure.UpstreamTimeout("no answer in 60s"), FailureClass.SILENCE));

    assertThat(lines.list).hasSize(1);
    assertThat(fields()).containsEntry("error_code", "upstream_timeout");
  }

  @Test
  void flood_of_refusals_is_told_in_sum_and_hides_no_call() {
    for (int i = 0; i < FloodGate.MOST + 30; i++) {
      log.finished(Samples.refused(new Failure.InvalidApiKey("no")));
    }
    for (int i = 0; i < 5; i++) {
      log.finished(Samples.refused(new Failure.ModelNotFound("no")));
    }
    log.finished(Samples.failedOver());

    assertThat(lines.list).hasSize(FloodGate.MOST + 1);
    time.pass(FloodGate.WINDOW);

    assertThat(lines.list).hasSize(FloodGate.MOST + 2);
    ILoggingEvent told = lines.list.get(FloodGate.MOST + 1);
    assertThat(told.getLevel()).isEqualTo(Level.WARN);
    assertThat(told.getKeyValuePairs())
        .extracting(pair -> pair.key + "=" + pair.value)
        .containsExactly("count=35", "window_s=10", "invalid_api_key=30", "model_not_found=5");
  }

  @Test
  void after_a_flood_each_refusal_has_its_line_again() {
    for (int i = 0; i <= FloodGate.MOST; i++) {
      log.finished(Samples.refused(new Failure.InvalidApiKey("no")));
    }
    time.pass(FloodGate.WINDOW);
    lines.list.clear();

    log.finished(Samples.refused(new Failure.InvalidApiKey("no")));
    time.pass(FloodGate.WINDOW);

    assertThat(lines.list).hasSize(1);
    assertThat(fields()).containsEntry("error_code", "invalid_api_key");
  }

  private Map<String, Object> fields() {
    return lines.list.get(0).getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
  }
}
