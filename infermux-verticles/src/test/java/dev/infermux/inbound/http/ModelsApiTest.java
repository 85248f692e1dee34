package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.ApiSchema;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ModelsApiTest {

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    Gateway.provider(upstream).withModelAliases(Map.of("house-model", "gpt-4o"))));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void list_has_every_name_that_may_be_asked_for_in_declared_order() {
    WireAnswer answer = gateway.get("/v1/models");

    ApiSchema.MODELS.check(answer.body());
    assertThat(answer.json().getJsonArray("data").stream().map(one -> ((JsonObject) one)))
        .extracting(model -> model.getString("id"))
        .containsExactly(
            "echo-v1",
            Gateway.MODEL,
            "gpt-4o",
            "text-embedding-3-small",
            "org/model-7b",
            "house-model");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/models/gpt-4o, gpt-4o, upstream",
    "/v1/models/org%2Fmodel-7b, org/model-7b, upstream",
    "/v1/models/org%2fmodel-7b, org/model-7b, upstream",
    "/v1/models/org/model-7b, org/model-7b, upstream",
    "/models/echo-v1, echo-v1, echo",
    "//v1//models/echo-v1/, echo-v1, echo"
  })
  void one_model_is_found_by_its_id(String path, String id, String owner) {
    WireAnswer answer = gateway.get(path);

    assertThat(answer.status()).isEqualTo(200);
    ApiSchema.MODEL.check(answer.body());
    assertThat(answer.json().getString("id")).isEqualTo(id);
    assertThat(answer.json().getString("owned_by")).isEqualTo(owner);
  }

  @Test
  void unknown_model_is_named_in_the_error() {
    WireAnswer answer = gateway.get("/v1/models/gpt-%22x%0d%0aSet-Cookie:a");

    assertThat(answer.status()).isEqualTo(404);
    ApiSchema.ERROR.check(answer.body());
    assertThat(answer.error().getString("code")).isEqualTo("model_not_found");
    assertThat(answer.error().getString("message")).contains("gpt-\"x");
    assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
  }

  @Test
  void broken_escape_is_the_callers_fault() {
    WireAnswer answer = gateway.get("/v1/models/gpt%zz");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().getString("code")).isEqualTo("invalid_request");
  }

  @Test
  void providers_are_listed_with_their_models() {
    JsonArray rows = gateway.get("/providers").json().getJsonArray("providers");

    assertThat(rows.getJsonObject(0))
        .isEqualTo(
            new JsonObject().put("name", "echo").put("models", new JsonArray().add("echo-v1")));
    assertThat(rows.getJsonObject(1).getString("name")).isEqualTo("upstream");
  }

  @Test
  void head_has_the_head_of_get_and_no_body() {
    int length = gateway.get("/v1/models").body().length();
    try (Wire wire = gateway.connect()) {
      WireAnswer head = wire.request("HEAD", "/v1/models", "").readHead();
      WireAnswer next = wire.get("/providers");

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).containsEntry("content-length", Integer.toString(length));
      assertThat(next.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        "//v1/chat/completions",
        "/v1/chat/completions/",
        "/v1//chat/completions//",
        "/chat/completions",
        "/v1/chat/completions?api-version=1"
      })
  void paths_are_taken_as_base_urls_make_them(String path) {
    WireAnswer answer = gateway.post(path, Texts.chat("echo-v1", "Hi"));

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void alias_is_served_under_the_providers_own_name() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat("house-model", "Hi"));

    assertThat(answer.headers()).containsEntry("X-Infermux-Model", "gpt-4o");
    assertThat(List.of(gateway.upstream().lastRequest().body()))
        .containsExactly(Texts.chat("gpt-4o", "Hi"));
  }
}
