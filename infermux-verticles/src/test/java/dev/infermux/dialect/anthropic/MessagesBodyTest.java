package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.infermux.inference.Binding;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as they are scanned, edited and written on. */
class MessagesBodyTest {

  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  private static AnthropicRequestBody scan(String json) {
    return AnthropicRequestBody.scan(Operation.CHAT, json.getBytes(UTF_8));
  }

  private static String text(RequestBody body) {
    return new String(body.bytes(), UTF_8);
  }

  private static Failure failure(String json) {
    Throwable refused = catchThrowable(() -> scan(json));
    assertThat(refused).as(json).isInstanceOf(InferenceException.class);
    return ((InferenceException) refused).failure();
  }

  @Test
  void the_facts_are_those_of_the_whole_prompt() {
    BodyFacts facts =
        scan("""
        {"model":"m","max_tokens":9,"stream":true,"system":[{"type":"text","text":"1234"}],
         "tools":[{"name":"t"}],"messages":[
          {"role":"user","content":[{"type":"text","text":"ab"},
           {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
           {"type":"document","source":{"type":"text","data":"xyz","media_type":"text/plain"}}]},
          {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},
           {"type":"tool_use","id":"i","name":"t","input":{"a":1}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"i","content":"42"}]}]}
        """)
            .facts();

    assertThat(facts.model()).isEqualTo("m");
    assertThat(facts.maxTokens()).isEqualTo(9);
    assertThat(facts.stream()).isTrue();
    assertThat(facts.textLength())
        .isEqualTo(4 + "[{\"name\":\"t\"}]".length() + 2 + 3 + 2 + "{\"a\":1}".length() + 2);
    assertThat(facts.attachments()).isEqualTo(1);
    assertThat(facts.attachmentBytes())
        .isEqualTo("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}".length());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"service_tier\":\"auto\"',auto",
    "'\"speed\":\"fast\",\"service_tier\":\"auto\"',fast",
    "'\"speed\":\"standard\"',''",
    "'\"speed\":null',''"
  })
  void a_fast_call_is_held_for_as_one_of_a_dear_tier(String field, String tier) {
    String json =
        "{\"model\":\"m\",\"max_tokens\":9,"
            + field
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    assertThat(scan(json).facts().tier()).isEqualTo(tier);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{'max_tokens':1,MSG} ~ model",
        "{'model':'','max_tokens':1,MSG} ~ model",
        "{'model':7,'max_tokens':1,MSG} ~ model",
        "{'model':'m',MSG} ~ max_tokens",
        "{'model':'m','max_tokens':null,MSG} ~ max_tokens",
        "{'model':'m','max_tokens':'9',MSG} ~ max_tokens",
        "{'model':'m','max_tokens':-1,MSG} ~ max_tokens",
        "{'model':'m','max_tokens':1.5,MSG} ~ max_tokens",
        "{'model':'m','max_tokens':1} ~ messages",
        "{'model':'m','max_tokens':1,'messages':{}} ~ messages",
        "{'model':'m','max_tokens':1,'messages':[]} ~ messages",
        "{'model':'m','max_tokens':1,'messages':['x']} ~ messages[0]",
        "{'model':'m','max_tokens':1,'messages':[{'content':'x'}]} ~ messages[0].role",
        "{'model':'m','max_tokens':1,'messages':[{'role':1,'content':'x'}]} ~ messages[0].role",
        "{'model':'m','max_tokens':1,'messages':[{'role':'user'}]} ~ messages[0].content",
        "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':5}]} ~"
            + " messages[0].content",
        "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[5]}]} ~"
            + " messages[0].content",
        "{'model':'m','max_tokens':1,'stream':'true',MSG} ~ stream",
        "{'model':'m','max_tokens':1,'system':7,MSG} ~ system",
        "{'model':'m','max_tokens':1,'tools':{},MSG} ~ tools",
        "{'model':'m','Model':'n','max_tokens':1,MSG} ~ Model",
        "{'model':'m','max_tokens':1,'MAX_TOKENS':9,MSG} ~ MAX_TOKENS",
        "{'model':'m','model':'n','max_tokens':1,MSG} ~ model",
        "{'model':'m','max_tokens':1,'max_tokens':2,MSG} ~ max_tokens",
        "{'model':'m','max_tokens':1,MSG,MSG} ~ messages",
        "{'model':'m','max_tokens':1,'system':'a','system':'b',MSG} ~ system"
      })
  void what_is_wrong_is_named(String json, String param) {
    Failure failure = failure(json.replace("MSG", HI).replace('\'', '"'));

    assertThat(failure).isInstanceOf(Failure.InvalidRequest.class);
    assertThat(failure.param()).isEqualTo(param);
    assertThat(failure.message()).startsWith(param);
  }

  @Test
  void a_body_cut_anywhere_is_refused_and_a_deep_one_too() {
    String whole = "{\"model\":\"m\",\"max_tokens\":1," + HI + "}";
    for (int cut = 0; cut < whole.length(); cut++) {
      assertThat(failure(whole.substring(0, cut))).isInstanceOf(Failure.InvalidRequest.class);
    }
    String deep = "[".repeat(300) + "]".repeat(300);
    assertThat(failure(whole.replace("\"Hi\"", deep))).isInstanceOf(Failure.InvalidRequest.class);
    assertThat(failure(whole + " x")).isInstanceOf(Failure.InvalidRequest.class);
    assertThat(failure("[]").message()).contains("an array");
  }

  @Test
  void a_count_needs_no_maximum_and_is_no_stream() {
    RequestBody body =
        AnthropicRequestBody.scan(
            Operation.COUNT_TOKENS,
            ("{\"model\":\"m\",\"stream\":true," + HI + "}").getBytes(UTF_8));

    assertThat(body.facts().maxTokens()).isEqualTo(-1);
    assertThat(body.facts().stream()).isFalse();
  }

  @Test
  void edits_leave_every_other_byte_alone() {
    RequestBody body = scan("{ \"max_tokens\" : 1e3, \"x\":1.50,\"model\":\"a\"," + HI + " }");

    assertThat(text(body.withMaxTokens(70).withModel("bb")))
        .isEqualTo("{ \"max_tokens\" : 70, \"x\":1.50,\"model\":\"bb\"," + HI + " }");
    assertThat(body.withMaxTokens(70).facts().maxTokens()).isEqualTo(70);
    assertThat(new String(body.bytesFor("c"), UTF_8)).contains("\"model\":\"c\"");
    assertThat(body.bytesFor("a")).isSameAs(body.bytes());
  }

  @Test
  void an_answer_goes_on_from_its_beginning() {
    AnthropicRequestBody body = scan("{\"model\":\"m\",\"max_tokens\":100," + HI + "}");

    RequestBody continued = body.continuing("So \"far\" \n");

    assertThat(new JsonObject(text(continued)))
        .isEqualTo(
            new JsonObject(
                "{\"model\":\"m\",\"max_tokens\":97,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"So"
                    + " \\\"far\\\"\"}]}"));
    assertThat(body.continuing(" \n")).isSameAs(body);
  }

  @Test
  void an_answer_that_the_caller_began_is_written_on_where_it_stands() {
    String prefix =
        "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Q\"},";
    String string = prefix + "{\"content\":\"A:\",\"role\":\"assistant\"}]}";
    String blocks =
        prefix + "{\"role\":\"assistant\",\"content\":[{\"text\":\"A:\",\"type\":\"text\"}]}]}";
    String call =
        prefix
            + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\"}]}]}";

    assertThat(text(scan(string).continuing(" b"))).contains("{\"content\":\"A: b\",\"role\"");
    assertThat(text(scan(blocks).continuing(" b"))).contains("[{\"text\":\"A: b\",\"type\"");
    assertThat(text(scan(call).continuing(" b")))
        .contains("\"x\"},{\"type\":\"text\",\"text\":\" b\"}]}]}");
  }

  @Test
  void what_binds_a_request_is_found_and_what_can_be_left_out_is() {
    AnthropicRequestBody body =
        scan(
            """
            {"model":"m","max_tokens":1,"container":"cont_1","messages":[
             {"role":"user","content":[{"type":"document","source":{"type":"file","file_id":"file_1"}}]},
             {"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"SIG1"},
               {"type":"text","text":"b"},{"type":"redacted_thinking","data":"RED1"}]},
             {"role":"user","content":"c"},
             {"role":"assistant","content":[{"type":"thinking","thinking":"d","signature":"SIG2"}]},
             {"role":"user","content":"e"}]}
            """);

    assertThat(body.bindings())
        .containsExactlyInAnyOrder(
            new Binding("cont_1", true),
            new Binding("file_1", true),
            new Binding("SIG1", false),
            new Binding("RED1", false),
            new Binding("SIG2", false));
    RequestBody.Unbound unbound = body.unbound();
    assertThat(unbound.dropped()).containsExactly("messages.thinking");
    assertThat(text(unbound.body()))
        .doesNotContain("SIG1", "RED1", "SIG2", "\"d\"")
        .contains("\"content\":[{\"type\":\"text\",\"text\":\"b\"}]");
    assertThat(scan(text(unbound.body())).bindings()).hasSize(2);
    assertThat(scan("{\"model\":\"m\",\"max_tokens\":1," + HI + "}").unbound().dropped()).isEmpty();
  }

  @Test
  void a_thought_of_another_api_never_reaches_anthropic() {
    AnthropicRequestBody body =
        scan(
            """
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"},
             {"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"infermux.none."},
               {"type":"thinking","thinking":"own","signature":"SIG"},{"type":"text","text":"b"}]},
             {"role":"user","content":"c"}]}
            """);

    assertThat(new String(body.bytesFor("m"), UTF_8))
        .doesNotContain("infermux")
        .contains(
            "\"content\":[{\"type\":\"thinking\",\"thinking\":\"own\",\"signature\":\"SIG\"},");
    assertThat(new String(body.bytesFor("n"), UTF_8))
        .doesNotContain("infermux")
        .contains("\"model\":\"n\"");
  }

  @Test
  void a_visitor_sees_all_text_and_no_more_than_it_has_room_for() {
    List<String> seen = new ArrayList<>();
    scan("""
    {"model":"m","max_tokens":1,"system":"S","tools":[{"name":"t"}],"messages":[
     {"role":"user","content":[{"type":"text","text":"a\\u00e9"}]},
     {"role":"assistant","content":[{"type":"tool_use","id":"i","name":"n","input":{"k":1}}]},
     {"role":"user","content":[{"type":"tool_result","tool_use_id":"i","content":"r"}]}]}
    """)
        .visitPrompt(
            new PromptVisitor() {
              @Override
              public int room() {
                return 1_000;
              }

              @Override
              public void chat() {
                seen.add("chat");
              }

              @Override
              public void message() {
                seen.add("message");
              }

              @Override
              public void name() {
                seen.add("name");
              }

              @Override
              public void token() {
                seen.add("token");
              }

              @Override
              public void text(String text, int read, int left) {
                seen.add(text);
              }
            });

    assertThat(seen)
        .containsExactly(
            "chat",
            "message",
            "S",
            "[{\"name\":\"t\"}]",
            "message",
            "aé",
            "message",
            "name",
            "n",
            "{\"k\":1}",
            "message",
            "r");
  }
}
