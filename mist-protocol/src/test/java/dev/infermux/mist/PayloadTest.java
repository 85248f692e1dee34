package dev.infermux.mist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {

  @Test
  void optional_fields_are_left_out_when_empty() {
    assertThat(json(new InferRequest("m", "", List.of(), Map.of(), Map.of())))
        .isEqualTo("{\"model\":\"m\",\"messages\":[]}");
    assertThat(json(new TraceSpan("t", "s", "", "o", 1, 2, "ok", Map.of())))
        .isEqualTo(
            "{\"trace_id\":\"t\",\"span_id\":\"s\",\"operation\":\"o\",\"start_ns\":1,"
                + "\"end_ns\":2,\"status\":\"ok\"}");
    assertThat(json(new EvalRun("s", List.of(), false, "", Map.of())))
        .isEqualTo("{\"suite\":\"s\",\"baseline\":false}");
    assertThat(json(new EvalResult("s", "t", true, 1, 0, 1, 5, "")))
        .isEqualTo(
            "{\"suite\":\"s\",\"task\":\"t\",\"passed\":true,\"score\":1,\"baseline_score\":0,"
                + "\"delta\":1,\"duration_ms\":5}");
    assertThat(json(new DataEntities(0, "", "", "", "")))
        .isEqualTo("{\"count\":0,\"format\":\"\",\"path\":\"\"}");
  }

  @Test
  void a_piece_of_an_answer_has_totals_only_when_it_is_the_last() {
    InferChunk piece = InferChunk.piece("r", 0, "He");

    assertThat(json(piece)).isEqualTo("{\"request_id\":\"r\",\"seq\":0,\"delta\":\"He\"}");
    assertThat(piece.last()).isFalse();
    InferChunk.End end = new InferChunk.End("m", "p", 0, 0, 0, 0, "stop");
    InferChunk last = new InferChunk("r", 1, "", end);
    assertThat(decode(json(last), InferChunk.class)).isEqualTo(last);
    assertThat(decode(json(piece), InferChunk.class)).isEqualTo(piece);
  }

  @Test
  void the_last_piece_must_say_why_it_is_the_last() {
    assertThatThrownBy(() -> new InferChunk.End("m", "p", 0, 0, 0, 0, ""))
        .isInstanceOf(MistException.class)
        .hasMessageStartingWith("finish_reason: empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | payload.messages: missing (expected: an array of messages)",
        "{\"messages\":{}} | payload.messages: an object (expected: an array)",
        "{\"messages\":[1]} | payload.messages[0]: a number (expected: an object)",
        "{\"messages\":[{},{\"role\":7}]} | payload.messages[1].role: a number (expected: a"
            + " string)",
        "{\"messages\":[],\"model\":[]} | payload.model: an array (expected: a string)",
        "{\"messages\":[],\"params\":[]} | payload.params: an array (expected: an object)",
        "{\"messages\":[],\"meta\":{\"a\":1}} | payload.meta.a: a number (expected: a string)",
        "{\"messages\":[],\"meta\":\"x\"} | payload.meta: a string (expected: an object)",
        "{\"messages\":[],\"model\":\"a\",\"model\":\"b\"} | payload: \"model\" twice (expected:"
            + " each field once)",
        "{\"messages\":[],\"params\":{\"n\":{\"a\":1,\"a\":2}}} | payload.params: \"a\" twice"
            + " (expected: each field once)",
        "[] | payload: an array (expected: an object)",
        "null | payload: no value (expected: an object)"
      })
  void a_request_that_does_not_fit_is_refused_naming_the_field(String json, String message) {
    assertThatThrownBy(() -> decode(json, InferRequest.class))
        .isInstanceOf(MistException.class)
        .hasMessage(message);
  }

  @Test
  void empty_slice_of_go_reads_as_empty() {
    assertThat(decode("{\"messages\":null}", InferRequest.class))
        .isEqualTo(InferRequest.of("", List.of()));
    assertThat(decode("{\"suite\":\"s\",\"tasks\":null,\"tags\":null}", EvalRun.class).tasks())
        .isEmpty();
    assertThat(decode("{\"name\":\"n\",\"fields\":null}", DataSchema.class).fields()).isEmpty();
    assertThat(decode("{\"attrs\":null}", TraceSpan.class).attrs()).isEmpty();
  }

  @Test
  void numbers_of_a_payload_are_strict() {
    assertThatThrownBy(() -> decode("{\"tokens_in\":1.5}", InferResponse.class))
        .hasMessage("payload.tokens_in: 1.5 (expected: an integer)");
    assertThatThrownBy(() -> decode("{\"cost_usd\":\"1\"}", InferResponse.class))
        .hasMessage("payload.cost_usd: a string (expected: a number)");
    assertThatThrownBy(() -> decode("{\"cost_usd\":1e999}", InferResponse.class))
        .hasMessage("payload.cost_usd: 1e999 (expected: a double)");
    assertThatThrownBy(() -> decode("{\"retryable\":1}", InferError.class))
        .hasMessage("payload.retryable: a number (expected: true or false)");
    assertThatThrownBy(() -> decode("{\"tasks\":[\"a\",2]}", EvalRun.class))
        .hasMessage("payload.tasks[1]: a number (expected: a string)");
    assertThatThrownBy(() -> new InferResponse("", "", "", 0, 0, Double.NaN, 0, ""))
        .hasMessage("cost_usd: NaN (expected: a finite number)");
  }

  @Test
  void what_other_tools_leave_out_reads_as_empty() {
    assertThat(decode("{\"baseline_score\":null}", EvalResult.class))
        .isEqualTo(new EvalResult("", "", false, 0, 0, 0, 0, ""));
    assertThat(decode("{\"messages\":[{\"role\":\"user\",\"content\":null}]}", InferRequest.class))
        .isEqualTo(InferRequest.of("", List.of(ChatMessage.of("user", ""))));
  }

  @Test
  void records_do_not_change_when_their_sources_do() {
    Map<String, Object> attrs = new HashMap<>(Map.of("a", 1));
    List<ChatMessage> messages = new ArrayList<>(List.of(ChatMessage.of("user", "x")));
    TraceSpan span = new TraceSpan("t", "s", "", "o", 1, 2, "ok", attrs);
    InferRequest request = InferRequest.of("m", messages);

    attrs.clear();
    messages.clear();

    assertThat(span.attrs()).containsEntry("a", 1);
    assertThat(request.messages()).hasSize(1);
  }

  @Test
  void message_content_stays_out_of_log_lines() {
    InferRequest request = InferRequest.of("m", List.of(ChatMessage.of("user", "secret")));
    Envelope envelope = Envelope.of("tests", MistType.INFER_REQUEST, request);

    assertThat(envelope.toString()).doesNotContain("secret");
    assertThat(request.toString()).doesNotContain("secret");
  }

  @Test
  void a_payload_type_of_somebody_elses_is_read_with_its_own_reader() {
    record Own(String a) implements Payload {
      @Override
      public byte[] json() {
        return "{}".getBytes(UTF_8);
      }
    }
    Envelope envelope = envelope("{\"a\":\"x\"}");

    assertThat(envelope.payloadAs(Own.class, in -> new Own(in.text("a")))).isEqualTo(new Own("x"));
    assertThatThrownBy(() -> envelope.payloadAs(Own.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> envelope("7").payloadAs(Own.class, in -> new Own("")))
        .hasMessage("payload: a number (expected: an object)");
  }

  @Test
  void every_type_of_the_contract_has_a_constant() throws IllegalAccessException {
    List<Object> types = new ArrayList<>();
    for (var field : MistType.class.getDeclaredFields()) {
      if (field.getType() == String.class) {
        types.add(field.get(null));
      }
    }

    assertThat(types)
        .containsAll(
            Arrays.asList(
                "infer.request",
                "infer.response",
                "infer.chunk",
                "infer.error",
                "trace.span",
                "trace.alert",
                "eval.run",
                "eval.result",
                "data.entities",
                "data.schema",
                "health.ping",
                "health.pong",
                "event.inference_request",
                "event.provider_cost",
                "event.circuit_state",
                "event.provider_health",
                "event.budget_alert",
                "event.config"))
        .doesNotHaveDuplicates();
  }

  private static String json(Payload payload) {
    return new String(payload.json(), UTF_8);
  }

  private static <T extends Payload> T decode(String json, Class<T> type) {
    return envelope(json).payloadAs(type);
  }

  private static Envelope envelope(String json) {
    return Envelope.of("tests", "t", new RawPayload(json.getBytes(UTF_8)));
  }
}
