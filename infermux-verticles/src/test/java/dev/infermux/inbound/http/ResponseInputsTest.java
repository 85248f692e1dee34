package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be done with the input of a response besides answering it. */
@ExtendWith(VertxExtension.class)
class ResponseInputsTest {

  private static final String COUNT = "/v1/responses/input_tokens";
  private static final String COMPACT = "/v1/responses/compact";
  private static final String COUNTED =
      "{ \"object\":\"response.input_tokens\",\"input_tokens\":11}";
  private static final String COMPACTED =
      "{\"id\":\"resp_c\",\"object\":\"response.compaction\",\"created_at\":1764000000,\"output\":["
          + "{\"id\":\"cmp_1\",\"type\":\"compaction\",\"encrypted_content\":\"gAAAA\"}],\"usage\":"
          + "{\"input_tokens\":139,\"output_tokens\":43,\"total_tokens\":182}}";

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void a_count_is_asked_of_the_provider_and_costs_nothing() {
    String asked = ResponseTexts.ask(Gateway.MODEL, "Hi");
    gateway.upstream().next(MockAnswer.json(COUNTED));

    WireAnswer answer = gateway.post(COUNT, asked);

    assertThat(answer.body()).isEqualTo(COUNTED);
    assertThat(answer.headers()).doesNotContainKey("X-Infermux-Translated");
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo(COUNT);
    assertThat(gateway.upstream().lastRequest().body()).isEqualTo(asked);
    assertThat(gateway.get("/_infermux/costs").body()).doesNotContain(Gateway.MODEL);
  }

  @Test
  void a_server_that_counts_no_tokens_is_asked_once_and_then_they_are_estimated() {
    gateway
        .upstream()
        .next(MockAnswer.json(404, "{\"detail\":\"Not Found\"}"))
        .next(MockAnswer.json(ResponseTexts.answer()));

    WireAnswer first = gateway.post(COUNT, ResponseTexts.ask(Gateway.MODEL, "Hi there"));
    WireAnswer second = gateway.post(COUNT, ResponseTexts.ask(Gateway.MODEL, "Hi there"));
    WireAnswer created = gateway.post("/v1/responses", ResponseTexts.ask(Gateway.MODEL, "Hi"));

    for (WireAnswer estimate : List.of(first, second)) { // the second may have its tokenizer
      assertThat(estimate.status()).as(estimate.body()).isEqualTo(200);
      assertThat(estimate.headers()).containsEntry("X-Infermux-Translated", "responses->estimate");
      JsonObject counted = new JsonObject(estimate.body());
      assertThat(counted.getString("object")).isEqualTo("response.input_tokens");
      assertThat(counted.getInteger("input_tokens")).isBetween(1, 20);
    }
    assertThat(created.body()).isEqualTo(ResponseTexts.answer());
    assertThat(gateway.upstream().requests()).hasSize(2);
  }

  @Test
  void a_compaction_passes_byte_for_byte_and_is_charged() {
    String asked = ResponseTexts.ask(Gateway.MODEL, "Hi");
    gateway.upstream().next(MockAnswer.json(COMPACTED));

    WireAnswer answer = gateway.post(COMPACT, asked);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(COMPACTED);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Prompt-Tokens", "139")
        .containsEntry("X-Infermux-Completion-Tokens", "43");
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo(COMPACT);
    assertThat(gateway.upstream().lastRequest().body()).isEqualTo(asked);
  }

  @Test
  void a_server_that_cannot_compact_has_the_rest_of_the_api_all_the_same() {
    gateway
        .upstream()
        .next(MockAnswer.json(404, "{\"detail\":\"Not Found\"}"))
        .next(MockAnswer.json(ResponseTexts.answer()));

    WireAnswer refused = gateway.post(COMPACT, ResponseTexts.ask(Gateway.MODEL, "Hi"));
    WireAnswer created = gateway.post("/v1/responses", ResponseTexts.ask(Gateway.MODEL, "Hi"));

    assertThat(refused.status()).isEqualTo(404);
    assertThat(created.body()).isEqualTo(ResponseTexts.answer());
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/v1/responses");
  }

  @Test
  void neither_is_a_stream() {
    for (String path : new String[] {COUNT, COMPACT}) {
      WireAnswer refused = gateway.post(path, ResponseTexts.stream(Gateway.MODEL, "Hi"));

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.error().getString("param")).isEqualTo("stream");
    }
  }
}
