package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class OpenAiModelRewriterTest {

  private final OpenAiModelRewriter name = new OpenAiModelRewriter("my \"own\"");

  @Test
  void only_the_answers_own_model_is_replaced() {
    Buffer answer =
        Buffer.buffer(
            "{\"choices\":[{\"model\":\"inner\",\"text\":\"\\\"model\\\":\"}], \"model\" :"
                + " \"gpt\\u002d4o\" ,\"x\":1.0}");

    assertThat(name.in(answer).toString(UTF_8))
        .isEqualTo(
            "{\"choices\":[{\"model\":\"inner\",\"text\":\"\\\"model\\\":\"}], \"model\" : \"my"
                + " \\\"own\\\"\" ,\"x\":1.0}");
  }

  @Test
  void answer_without_a_model_is_handed_on_as_it_is() {
    Buffer without = Buffer.buffer("{\"choices\":[],\"model\":null}");
    Buffer broken = Buffer.buffer("{\"choices\":[");

    assertThat(name.in(without)).isSameAs(without);
    assertThat(name.in(broken)).isSameAs(broken);
  }

  @Test
  void every_event_with_a_model_is_renamed_and_the_rest_of_the_stream_stays() {
    Buffer events =
        Buffer.buffer(
            "data: {\"model\":\"a\",\"choices\":[]}\n\n: note {\"model\":\"b\"}\n\n"
                + "data: {\"choices\":[],\"model\":\"c\"}\n\ndata: [DONE]\n\n");

    assertThat(name.inEvents(events).toString(UTF_8))
        .isEqualTo(
            "data: {\"model\":\"my \\\"own\\\"\",\"choices\":[]}\n\n: note {\"model\":\"b\"}\n\n"
                + "data: {\"choices\":[],\"model\":\"my \\\"own\\\"\"}\n\ndata: [DONE]\n\n");
  }

  @Test
  void events_without_a_model_are_handed_on_as_they_are() {
    Buffer events = Buffer.buffer("data: {\"choices\":[]}\n\ndata: [DONE]\n\n");

    assertThat(name.inEvents(events)).isSameAs(events);
  }
}
