package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.ResponseModel;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RoutingTest {

  private static final String PATH = "/v1/chat/completions";

  private Gateway gateway;

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void rotation_is_even_over_all_cells(Vertx vertx) {
    start(
        vertx,
        (config, upstream) ->
            config.withProvider(echo("a")).withProvider(echo("b")).withProvider(echo("c")));

    Map<String, Integer> served = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      served.merge(chat("m").header("X-Infermux-Provider"), 1, Integer::sum);
    }

    assertThat(served).isEqualTo(Map.of("a", 10, "b", 10, "c", 10));
  }

  @Test
  void test_providers_without_a_list_answer_for_no_real_model(Vertx vertx) {
    start(
        vertx,
        (config, upstream) ->
            config
                .withProvider(ProviderOptions.of("e", ProviderType.ECHO))
                .withProvider(ProviderOptions.of("mock", ProviderType.MOCK)));

    assertThat(chat("echo-v1").status()).isEqualTo(200);
    assertThat(chat("mock-v1").header("X-Infermux-Provider")).isEqualTo("mock");
    for (String real : List.of("gpt-4o", "llama3.2", "claude-opus-4-5")) {
      assertThat(chat(real).header("X-Infermux-Error")).as(real).isEqualTo("model_not_found");
    }
  }

  @Test
  void group_shows_in_the_answer_and_in_the_events(Vertx vertx) {
    start(
        vertx,
        (config, upstream) ->
            config
                .withProvider(echo("a"))
                .withProvider(echo("b"))
                .withRouting(
                    groups(
                        new GroupOptions(
                            "second", List.of("m"), RoutingStrategy.PRIORITY, List.of("b")))));
    BusEvents events = new BusEvents(gateway.vertx());

    WireAnswer answer = chat("m");

    assertThat(answer.header("X-Infermux-Provider")).isEqualTo("b");
    assertThat(answer.header("X-Infermux-Route-Group")).isEqualTo("second");
    assertThat(answer.header("X-Infermux-Strategy")).isEqualTo("priority");
    assertThat(events.inferences(1).get(0).getString("route_group")).isEqualTo("second");
  }

  @Test
  void name_of_a_provider_auto_and_a_pin_choose_the_model_too(Vertx vertx) {
    start(vertx, (config, upstream) -> config.withProvider(echo("a")).withProvider(echo("b")));

    assertThat(chat("b").header("X-Infermux-Provider")).isEqualTo("b");
    assertThat(chat("b").header("X-Infermux-Model")).isEqualTo("m");
    assertThat(chat("auto").status()).isEqualTo(200);
    JsonObject pinned =
        new JsonObject(Texts.chat("auto", "Hi"))
            .put("provider", "echo")
            .put("params", new JsonObject());
    WireAnswer answer = gateway.post("/infer", pinned.encode());
    assertThat(answer.header("X-Infermux-Provider")).isEqualTo("echo");
    assertThat(answer.header("X-Infermux-Model")).isEqualTo("echo-v1");
  }

  @Test
  void cheapest_provider_of_a_model_serves_it(Vertx vertx) {
    start(
        vertx,
        (config, upstream) ->
            config
                .withProvider(Gateway.provider(upstream))
                .withProvider(
                    ProviderOptions.of("cheap", ProviderType.ECHO)
                        .withModels("cheap-v1")
                        .withModelAliases(Map.of("gpt-4o", "cheap-v1")))
                .withRouting(Gateway.unrepaired().withStrategy(RoutingStrategy.COST_WEIGHTED)));
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    assertThat(chat("gpt-4o").header("X-Infermux-Provider")).isEqualTo("upstream");
  }

  @Test
  void provider_at_its_rate_limit_is_passed_over_and_all_of_them_make_a_rate_limit(Vertx vertx) {
    RateLimitOptions once = RateLimitOptions.defaults().withRequestsPerMinute(1);
    start(
        vertx,
        (config, upstream) ->
            config
                .withProvider(ProviderEntry.of(echo("a")).withRateLimits(once))
                .withProvider(ProviderEntry.of(echo("b")).withRateLimits(once))
                .withRouting(Gateway.unrepaired().withStrategy(RoutingStrategy.PRIORITY)));

    assertThat(chat("m").header("X-Infermux-Provider")).isEqualTo("a");
    assertThat(chat("m").header("X-Infermux-Provider")).isEqualTo("b");
    WireAnswer refused = chat("m");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.error().getString("code")).isEqualTo("rate_limit");
    assertThat(refused.error().getString("message")).contains("a (rate_limit", "b (rate_limit");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);
  }

  @Test
  void answer_carries_the_callers_name_of_the_model_where_that_is_configured(Vertx vertx) {
    start(
        vertx,
        (config, upstream) ->
            config
                .withProvider(
                    ProviderOptions.of("upstream", ProviderType.OPENAI)
                        .withBaseUrl(upstream.baseUrl())
                        .withModels(Gateway.MODEL)
                        .withModelAliases(Map.of("mine", Gateway.MODEL)))
                .withRouting(Gateway.unrepaired().withResponseModel(ResponseModel.REQUESTED)));
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
    gateway.upstream().next(Texts.streamAnswer());

    WireAnswer whole = chat("mine");
    WireAnswer streamed = gateway.post(PATH, Texts.stream("mine", "Hi"));

    assertThat(whole.json().getString("model")).isEqualTo("mine");
    assertThat(whole.header("X-Infermux-Model")).isEqualTo(Gateway.MODEL);
    assertThat(whole.body()).isEqualTo(Texts.CHAT_ANSWER.replace("gpt-4o-mini-2024-07-18", "mine"));
    List<String> chunks = streamed.events();
    assertThat(chunks.subList(0, chunks.size() - 1))
        .isNotEmpty()
        .allSatisfy(
            chunk -> assertThat(new JsonObject(chunk).getString("model")).isEqualTo("mine"));
  }

  private void start(Vertx vertx, BiFunction<Config, MockUpstream, Config> settings) {
    gateway = Gateway.start(vertx, settings);
  }

  private WireAnswer chat(String model) {
    return gateway.post(PATH, Texts.chat(model, "Hi"));
  }

  private static RoutingOptions groups(GroupOptions group) {
    return Gateway.unrepaired().withGroups(List.of(group));
  }

  private static ProviderOptions echo(String name) {
    return ProviderOptions.of(name, ProviderType.ECHO).withModels("m");
  }
}
