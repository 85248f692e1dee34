package dev.infermux.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitReason;
import dev.infermux.policy.circuit.CircuitState;
import org.junit.jupiter.api.Test;

class EventJsonTest {

  @Test
  void a_finished_call_tells_its_route_and_its_attempts() {
    assertThat(inference(Samples.failedOver()))
        .isEqualTo(
            """
            {"request_id":"req-1","trace_id":"0af7651916cd43dd8448eb211c80319c","caller":"team-a",\
            "project":"search","env":"production","ingress":"http","operation":"chat",\
            "requested_model":"gpt-4o-mini","model":"gpt-4o","provider":"openai",\
            "strategy":"priority","route_group":"fast","stream":true,"attempts":[\
            {"provider":"first","model":"gpt-4o","status":"error","error_kind":"server_error",\
            "http_status":503,"span_id":"00000000000000a1","started_ns":1795262400124456789,\
            "duration_ms":150},{"provider":"openai","model":"gpt-4o","status":"ok",\
            "http_status":200,"span_id":"00000000000000a2","started_ns":1795262400323456789,\
            "duration_ms":150}],"status":"ok","http_status":200,\
            "tokens_in":120,"tokens_out":30,"cost_usd":0.000575,\
            "started_ns":1795262400123456789,"latency_ms":1234,"ttft_ms":45,\
            "finish_reason":"stop"}\
            """);
  }

  @Test
  void a_refused_call_tells_its_code_and_no_provider() {
    assertThat(inference(Samples.refused(new Failure.ModelNotFound("no such model"))))
        .isEqualTo(
            """
            {"request_id":"req-1","caller":"team-a","project":"search","env":"production",\
            "ingress":"http","operation":"chat","requested_model":"gpt-4o","stream":false,\
            "attempts":[],"status":"error","http_status":404,"error_code":"model_not_found",\
            "tokens_in":0,"tokens_out":0,"cost_usd":0,\
            "started_ns":1795262400123456789,"latency_ms":0}\
            """);
  }

  @Test
  void a_charge_tells_tokens_money_and_unit_prices() {
    assertThat(cost(Samples.failedOver(), 1))
        .isEqualTo(
            """
            {"request_id":"req-1","trace_id":"0af7651916cd43dd8448eb211c80319c","caller":"team-a",\
            "project":"search","env":"production","provider":"openai","model":"gpt-4o",\
            "route_group":"fast","attempt":2,"tokens_in":120,"tokens_out":30,"tokens_cached":20,\
            "tokens_cache_write":0,"tokens_reasoning":10,"estimated":false,"cost_usd":0.000575,\
            "cost_status":"exact","input_usd_per_million":2.5,"output_usd_per_million":10,\
            "started_ns":1795262400323456789,"latency_ms":150}\
            """);
  }

  @Test
  void the_smallest_amount_is_written_exactly_and_without_an_exponent() {
    CallRecord tiny =
        Samples.charged(Samples.ok("openai", "gpt-4o"), Usage.estimated(4, 0), Samples.cost(1));

    assertThat(cost(tiny, 0)).contains("\"cost_usd\":0.000000001,").contains("\"estimated\":true");
  }

  @Test
  void a_charge_without_a_price_says_so() {
    CallRecord unpriced =
        Samples.charged(Samples.ok("vllm", "own"), Usage.reported(5, 6), Cost.UNPRICED);

    assertThat(cost(unpriced, 0)).contains("\"cost_usd\":0,\"cost_status\":\"unpriced\"");
  }

  @Test
  void only_an_opening_circuit_tells_its_recovery() {
    CircuitChange closed =
        new CircuitChange(
            "openai", CircuitState.HALF_OPEN, CircuitState.CLOSED, CircuitReason.PROBE_OK, null);

    assertThat(new String(new CircuitStateEvent(closed).json(), UTF_8))
        .isEqualTo(
            """
            {"provider":"openai","from":"half-open","to":"closed","reason":"probe_ok"}\
            """);
  }

  @Test
  void no_event_holds_content_a_key_or_an_error_text() {
    CallRecord failed =
        Samples.failed(
            new Failure.UpstreamError(FailureClass.MALFORMED, 200, Samples.ERROR_TEXT, null),
            FailureClass.MALFORMED);

    for (String json :
        new String[] {
          inference(failed), inference(Samples.failedOver()), cost(Samples.failedOver(), 1)
        }) {
      assertThat(json).doesNotContain("secret", Samples.KEY, "choked");
    }
    assertThat(new InferenceRequestEvent(FinishedCall.of(failed)).toString())
        .doesNotContain(Samples.PROMPT + "\"", Samples.KEY);
  }

  private static String inference(CallRecord record) {
    return new String(new InferenceRequestEvent(FinishedCall.of(record)).json(), UTF_8);
  }

  private static String cost(CallRecord record, int at) {
    FinishedCall call = FinishedCall.of(record);
    AttemptRecord attempt = call.attempts().get(at);
    return new String(new ProviderCostEvent(call, at + 1, attempt, attempt.charge()).json(), UTF_8);
  }
}
