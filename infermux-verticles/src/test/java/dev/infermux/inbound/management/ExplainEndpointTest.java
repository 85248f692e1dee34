package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ExplainEndpointTest {

  private ScriptedViews views;

  @BeforeEach
  void open(Vertx vertx) {
    views = new ScriptedViews(vertx, null);
  }

  @AfterEach
  void close() {
    views.close();
  }

  @Test
  void an_explanation_is_flat_json_without_exponents() {
    assertThat(explain(chat("")).body())
        .isEqualTo(
            "{\"model\":\"m\",\"group\":null,\"strategy\":\"max_tokens -1\",\"providers\":"
                + "[{\"name\":\"a\",\"model\":\"m\",\"eligible\":true,"
                + "\"score_name\":\"expected_cost_usd\",\"score\":0.00000010}],"
                + "\"order\":[],\"max_attempts\":3,\"budget\":null}");
  }

  @Test
  void budget_of_the_caller_that_the_header_or_the_meta_names_has_its_verdict() {
    String budget =
        "\"budget\":{\"verdict\":\"lower\",\"max_tokens\":20,\"hold_usd\":0.000000001,"
            + "\"limit_usd\":1,\"spent_usd\":0.0000001,\"held_usd\":0}}";
    try (Wire wire = Wire.connect(views.port())) {
      String path = "/_infermux/route/explain";
      assertThat(wire.post(path, chat(""), "X-Infermux-Caller: team-a").body()).endsWith(budget);
      assertThat(wire.post(path, chat("\"meta\":{\"caller\":\"team-a\"},")).body())
          .endsWith(budget);
    }
  }

  @Test
  void fields_of_a_chat_request_and_params_of_an_infer_request_count_alike() {
    assertThat(explain(chat("\"max_tokens\":7,")).json().getString("strategy"))
        .isEqualTo("max_tokens 7");
    assertThat(explain(chat("\"params\":{\"max_tokens\":7},")).json().getString("strategy"))
        .isEqualTo("max_tokens 7");
    assertThat(explain(chat("\"provider\":\"a\",")).json().getJsonArray("order"))
        .containsExactly("a");
    assertThat(explain(chat("\"provider\":{\"order\":[\"a\"]},")).json().getJsonArray("order"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"model\":1}", "{\"model\":\"m\"", "{\"params\":{},\"model\":1}"})
  void what_is_no_request_is_told_as_the_api_tells_it(String body) {
    WireAnswer answer = explain(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().getString("code")).isEqualTo("invalid_request");
  }

  @Test
  void headers_that_are_no_text_are_refused_as_the_api_refuses_them() {
    try (Wire wire = Wire.connect(views.port())) {
      WireAnswer answer =
          wire.post("/_infermux/route/explain", chat(""), "X-Infermux-Caller: caf\u00e9");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error().getString("message")).startsWith("X-Infermux-*: ");
    }
  }

  @Test
  void a_body_over_the_limit_is_refused_before_it_is_sent() {
    try (Wire wire = Wire.connect(views.port())) {
      wire.send(
          "POST /_infermux/route/explain HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + (ScriptedViews.MAX_BODY_BYTES + 1)
              + "\r\n\r\n{");

      WireAnswer answer = wire.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.error().getString("code")).isEqualTo("request_too_large");
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
  }

  private static String chat(String fields) {
    return "{" + fields + "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  }

  private WireAnswer explain(String body) {
    try (Wire wire = Wire.connect(views.port())) {
      return wire.post("/_infermux/route/explain", body);
    }
  }
}
