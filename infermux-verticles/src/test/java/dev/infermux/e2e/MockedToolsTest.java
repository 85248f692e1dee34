package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A loop of tools, a schema and reasoning from each front API to each type of provider. The mock is
 * as strict as the APIs that it plays: what a translation gets wrong is a 400.
 */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class MockedToolsTest {

  private static final List<ProviderType> TYPES =
      List.of(
          ProviderType.OPENAI,
          ProviderType.ANTHROPIC,
          ProviderType.OLLAMA,
          ProviderType.AZURE_OPENAI,
          ProviderType.MOCK);

  private static final String SCHEMA =
      "{'type':'object','properties':{'city':{'type':'string'}},'required':['city'],"
          + "'additionalProperties':false}";

  /** How one front API asks; {@code %s} is the model. */
  private enum Front {
    CHAT(
        "/v1/chat/completions",
        "[DONE]",
        "{'model':'%s','messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function',"
            + "'function':{'name':'weather','parameters':SCHEMA}}]}",
        "{'model':'%s','messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':"
            + "null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'weather',"
            + "'arguments':'{\\\"city\\\":\\\"Oslo\\\"}'}}]},{'role':'tool','tool_call_id':'c1',"
            + "'content':'sunny'}],'tools':[{'type':'function','function':{'name':'weather',"
            + "'parameters':SCHEMA}}]}",
        "{'model':'%s','messages':[{'role':'user','content':'Hi'}],'response_format':{'type':"
            + "'json_schema','json_schema':{'name':'s','schema':SCHEMA}}}"),
    MESSAGES(
        "/v1/messages",
        "event: message_stop",
        "{'model':'%s','max_tokens':100,'messages':[{'role':'user','content':'Hi'}],'tools':[{"
            + "'name':'weather','input_schema':SCHEMA}]}",
        "{'model':'%s','max_tokens':100,'messages':[{'role':'user','content':'Hi'},{'role':"
            + "'assistant','content':[{'type':'tool_use','id':'c1','name':'weather','input':{"
            + "'city':'Oslo'}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':"
            + "'c1','content':'sunny'}]}],'tools':[{'name':'weather','input_schema':SCHEMA}]}",
        "{'model':'%s','max_tokens':100,'messages':[{'role':'user','content':'Hi'}],"
            + "'output_config':{'format':{'type':'json_schema','schema':SCHEMA}}}"),
    RESPONSES(
        "/v1/responses",
        "event: response.completed",
        "{'model':'%s','input':'Hi','tools':[{'type':'function','name':'weather','parameters':"
            + "SCHEMA}]}",
        "{'model':'%s','input':[{'role':'user','content':'Hi'},{'type':'function_call','call_id':"
            + "'c1','name':'weather','arguments':'{\\\"city\\\":\\\"Oslo\\\"}'},{'type':"
            + "'function_call_output','call_id':'c1','output':'sunny'}],'tools':[{'type':"
            + "'function','name':'weather','parameters':SCHEMA}]}",
        "{'model':'%s','input':'Hi','text':{'format':{'type':'json_schema','name':'s','schema':"
            + "SCHEMA}}}"),
    OLLAMA(
        "/api/chat",
        "\"done\":true",
        "{'model':'%s','stream':false,'messages':[{'role':'user','content':'Hi'}],'tools':[{"
            + "'type':'function','function':{'name':'weather','parameters':SCHEMA}}]}",
        "{'model':'%s','stream':false,'messages':[{'role':'user','content':'Hi'},{'role':"
            + "'assistant','content':'','tool_calls':[{'function':{'name':'weather','arguments':"
            + "{'city':'Oslo'}}}]},{'role':'tool','tool_name':'weather','content':'sunny'}],"
            + "'tools':[{'type':'function','function':{'name':'weather','parameters':SCHEMA}}]}",
        "{'model':'%s','stream':false,'messages':[{'role':'user','content':'Hi'}],'format':"
            + "SCHEMA}");

    private final String path;
    private final String lastWord;
    private final String asks;
    private final String goesOn;
    private final String wantsJson;

    Front(String path, String lastWord, String asks, String goesOn, String wantsJson) {
      this.path = path;
      this.lastWord = lastWord;
      this.asks = asks;
      this.goesOn = goesOn;
      this.wantsJson = wantsJson;
    }
  }

  private static Gateway gateway;

  static Stream<Arguments> pairs() {
    return Stream.of(Front.values())
        .flatMap(front -> TYPES.stream().map(type -> Arguments.of(front, type)));
  }

  @BeforeAll
  static void start(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) -> {
              upstream.plays("ok");
              Config all = config;
              for (ProviderType type : TYPES) {
                ProviderOptions options =
                    ProviderOptions.of(type.wireName(), type)
                        .withApiKey(Secret.of("sk-of-the-gateway"))
                        .withModels(List.of())
                        .withModelAliases(
                            Map.of(
                                type.wireName() + "/m", "mock-tool-call",
                                type.wireName() + "/both", "mock-tool-call-2",
                                type.wireName() + "/thinks", "mock-reasoning-2"));
                all =
                    all.withProvider(
                        switch (type) {
                          case MOCK -> options;
                          case OPENAI, ANTHROPIC -> options.withBaseUrl(upstream.baseUrl());
                          default -> options.withBaseUrl(upstream.baseUrl().resolve("/"));
                        });
              }
              return all;
            });
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_tool_is_called_with_its_arguments(Front front, ProviderType type) {
    WireAnswer answer = ask(front, front.asks, type.wireName() + "/m");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"weather\"");
    assertThat(answer.body().replace("\\\"", "\"")).contains("{\"city\":\"mock\"}");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void parallel_calls_are_streamed_to_their_end(Front front, ProviderType type) {
    String streamed =
        front.asks.replace("'stream':false,", "").replaceFirst("\\{", "{'stream':true,");
    WireAnswer answer = ask(front, streamed, type.wireName() + "/both");

    assertThat(answer.body()).as(answer.body()).contains(front.lastWord);
    assertThat(answer.body().split("call_mock_\\d+_0").length).isGreaterThan(1);
    assertThat(answer.body().split("call_mock_\\d+_1").length).isGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void the_result_of_a_tool_is_answered_with_text(Front front, ProviderType type) {
    WireAnswer answer = ask(front, front.goesOn, type.wireName() + "/m");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("mock: sunny");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_schema_is_filled(Front front, ProviderType type) {
    WireAnswer answer = ask(front, front.wantsJson, type.wireName() + "/m");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("{\\\"city\\\":\\\"mock\\\"}");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void reasoning_arrives_before_the_answer(Front front, ProviderType type) {
    WireAnswer answer = ask(front, front.goesOn, type.wireName() + "/thinks");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"t1 t2\"", "mock: sunny");
  }

  private static WireAnswer ask(Front front, String body, String model) {
    String filled = body.replace("SCHEMA", SCHEMA).formatted(model).replace('\'', '"');
    return gateway.post(front.path, filled, "anthropic-version: 2026-10-21");
  }
}
