package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.UpstreamErrorClassifier;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every value of a request and of an event, in turn, is of a kind that it should not be. */
class WrongShapesTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> WRONG =
      List.of(
          "null", "7", "-1.5e3", "true", "\"x\"", "\"\"", "[]", "[7]", "[{}]", "{}", "{\"a\":1}");

  private static final String REQUEST =
      """
      {"model":"m","stream":true,"max_output_tokens":50,"instructions":"Be kind","store":false,
      "temperature":0.5,"user":"u","include":["reasoning.encrypted_content"],"truncation":"auto",
      "text":{"format":{"type":"json_schema","name":"a","schema":{},"strict":true},"verbosity":"low"},
      "reasoning":{"effort":"low","summary":"auto"},"background":false,"metadata":{"a":"b"},
      "tools":[{"type":"function","name":"f","description":"d","parameters":{},"strict":true},
      {"type":"custom","name":"p","format":{"type":"grammar"}},{"type":"code_interpreter","container":"c"},
      {"type":"namespace","name":"n","tools":[{"type":"function","name":"g"}]}],
      "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]},
      "input":[{"role":"user","content":[{"type":"input_text","text":"Hi"},
      {"type":"input_image","image_url":"data:image/png;base64,AAAA"},
      {"type":"input_file","file_data":"data:a/b;base64,AA","filename":"f"},
      {"type":"input_audio","input_audio":{"data":"AA","format":"wav"}}]},
      {"type":"reasoning","summary":[{"type":"summary_text","text":"h"}],"encrypted_content":"S"},
      {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
      {"type":"custom_tool_call","call_id":"c2","name":"p","input":"x"},
      {"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"ok"}]},
      {"type":"custom_tool_call_output","call_id":"c2","output":"ok"}]}\
      """;

  /** Puts each wrong value at each place, one at a time. */
  private static void mutate(String json, Consumer<String> then) throws IOException {
    JsonNode root = MAPPER.readTree(json);
    for (Consumer<JsonNode> place : places(root)) {
      for (String wrong : WRONG) {
        place.accept(MAPPER.readTree(wrong));
        then.accept(root.toString());
      }
      place.accept(null);
    }
  }

  /** Setters of all values; given null they put back what was there. */
  private static List<Consumer<JsonNode>> places(JsonNode node) {
    List<Consumer<JsonNode>> places = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                JsonNode was = field.getValue();
                places.add(to -> object.set(field.getKey(), to == null ? was : to));
                places.addAll(places(was));
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        JsonNode was = array.get(i);
        places.add(to -> array.set(at, to == null ? was : to));
        places.addAll(places(was));
      }
    }
    return places;
  }

  @Test
  void a_request_is_read_or_refused() throws IOException {
    int[] read = {0};
    mutate(
        REQUEST,
        json -> {
          try {
            ResponsesRequestBody body = ResponsesRequestBody.scan(json.getBytes(UTF_8));
            Attempt attempt = TestCall.of(Operation.CHAT, body).attempt();
            body.unbound().body().bytesFor("other");
            new ResponsesChat().conversation(body, new Losses());
            new ResponsesChat()
                .answer(
                    List.of(
                        new ChatEvent.CallBegins(0, "c", "f"),
                        new ChatEvent.CallEnds(0),
                        new ChatEvent.Over()),
                    attempt);
            read[0]++;
          } catch (InferenceException refused) {
            assertThat(refused.failure().status()).isEqualTo(400);
          } catch (RuntimeException bug) {
            fail(json, bug);
          }
        });
    assertThat(read[0]).isGreaterThan(100);
  }

  @Test
  void an_event_is_passed_or_left_out_and_never_breaks_the_reader() throws IOException {
    ProviderFailures failures = new ProviderFailures("up");
    ResponsesReader responses =
        new ResponsesReader(
            failures, new UpstreamErrorClassifier(failures, null), new VirtualTime().time());
    Attempt attempt =
        TestCall.of(
                Operation.CHAT,
                ResponsesRequestBody.scan(ResponseTexts.stream("m", "x").getBytes(UTF_8)))
            .attempt();
    for (String event : ResponseTexts.events()) {
      mutate(
          event.split("data: ")[1],
          json -> {
            EventReader reader = responses.events(attempt);
            FrameWriter out = Framing.NAMED_SSE.writer();
            byte[] bytes = ("data: " + json + "\n\n").getBytes(UTF_8);
            try {
              Framing.NAMED_SSE
                  .splitter(
                      frame -> {
                        reader.event(frame, out);
                        if (out.size() > 0) {
                          new ResponsesChat().reader().read(frame, read -> {});
                        }
                      })
                  .feed(bytes, 0, bytes.length);
            } catch (RuntimeException bug) {
              fail(json, bug);
            }
          });
    }
  }
}
