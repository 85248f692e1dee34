package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Secret;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code /v1/models} lists for providers without {@code models}. */
@ExtendWith(VertxExtension.class)
class ListedModelsTest {

  private static final String LIST =
      "{\"object\":\"list\",\"data\":[{\"id\":\"org/model-7b\",\"object\":\"model\"},"
          + "{\"id\":\"gpt-4o\"},{\"id\":7},{\"id\":\"gpt-4o\"},{\"name\":\"no id\"},"
          + "{\"id\":\"a\\u0000b\"},{\"id\":\"\"}]}";

  private MockUpstream upstream;

  @BeforeEach
  void open(Vertx vertx) {
    upstream = MockUpstream.start(vertx);
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  private ProviderOptions provider(String name, ProviderType type) {
    return ProviderOptions.of(name, type)
        .withApiKey(Secret.of("sk-test"))
        .withBaseUrl(upstream.baseUrl());
  }

  private static List<String> listed(Vertx vertx, Config config, boolean checks) {
    return ids(ask(vertx, config, checks, "/v1/models"));
  }

  private static WireAnswer ask(Vertx vertx, Config config, boolean checks, String path) {
    InferMuxOptions options = InferMuxOptions.defaults().withHealthChecks(checks);
    InferMux router = InferMux.create(vertx, config.withHttp(Gateway.localHttp()), options).await();
    try (Wire wire = Wire.connect(router.listen().await().port())) {
      return wire.get(path);
    } finally {
      router.close().await();
    }
  }

  private static List<String> ids(WireAnswer answer) {
    List<String> ids = new ArrayList<>();
    answer
        .json()
        .getJsonArray("data")
        .forEach(model -> ids.add(((JsonObject) model).getString("id")));
    return ids;
  }

  @Test
  void list_of_the_provider_is_what_it_has(Vertx vertx) {
    upstream.always(MockAnswer.json(LIST));
    Config config = Config.defaults().withProvider(provider("any", ProviderType.OPENAI));

    assertThat(listed(vertx, config, true)).containsExactly("org/model-7b", "gpt-4o");
    WireAnswer one = ask(vertx, config, true, "/v1/models/org%2Fmodel-7b");
    assertThat(one.json().getString("owned_by")).isEqualTo("any");
  }

  @Test
  void tags_of_ollama_are_read_as_well(Vertx vertx) {
    upstream.always(MockAnswer.json("{\"models\":[{\"name\":\"llama3:8b\",\"size\":1}]}"));
    Config config = Config.defaults().withProvider(provider("local", ProviderType.OLLAMA));

    assertThat(listed(vertx, config, true)).containsExactly("llama3:8b");
  }

  @Test
  void configured_models_come_before_any_list(Vertx vertx) {
    upstream.always(MockAnswer.json(LIST));
    Config config =
        Config.defaults()
            .withProvider(provider("any", ProviderType.OPENAI).withModels("only-this"));

    assertThat(listed(vertx, config, true)).containsExactly("only-this");
  }

  @Test
  void without_a_list_the_catalogue_says_what_the_vendor_sells(Vertx vertx) {
    Config config =
        Config.defaults()
            .withProvider(
                provider("anthropic", ProviderType.ANTHROPIC)
                    .withModelAliases(Map.of("house", "claude-sonnet-4-5")))
            .withRouting(
                RoutingOptions.defaults()
                    .withGroups(
                        List.of(GroupOptions.of("fast", List.of("claude-of-tomorrow", "gpt-4o")))));

    List<String> ids = listed(vertx, config, false);

    assertThat(ids).doesNotHaveDuplicates().contains("house", "claude-of-tomorrow");
    assertThat(ids).anyMatch(id -> id.startsWith("claude-sonnet")).doesNotContain("gpt-4o");
  }

  @Test
  void list_that_is_none_or_endless_changes_nothing(Vertx vertx) {
    Config config =
        Config.defaults()
            .withProvider(
                provider("any", ProviderType.OPENAI).withModelAliases(Map.of("mine", "x")));
    for (MockAnswer odd :
        List.of(
            MockAnswer.json("{\"data\":[{\"id\":\"cut"),
            MockAnswer.json("[]"),
            MockAnswer.html(200),
            MockAnswer.json(404, "{}"))) {
      upstream.always(odd);

      assertThat(listed(vertx, config, true)).containsExactly("mine");
    }
  }

  @Test
  void absurdly_many_names_are_bounded(Vertx vertx) {
    StringBuilder list = new StringBuilder("{\"data\":[{\"id\":\"first\"}");
    for (int i = 0; i < 20_000; i++) {
      list.append(",{\"id\":\"model-").append(i).append("\"}");
    }
    list.append(",{\"id\":\"").append("x".repeat(300)).append("\"}]}");
    upstream.always(MockAnswer.json(list.toString()));
    Config config = Config.defaults().withProvider(provider("any", ProviderType.OPENAI));

    assertThat(listed(vertx, config, true)).hasSize(5_000).startsWith("first", "model-0");
  }
}
