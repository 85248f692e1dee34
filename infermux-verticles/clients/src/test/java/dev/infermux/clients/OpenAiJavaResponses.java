package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** OpenAI's SDK for Java, responses. */
final class OpenAiJavaResponses {

  private final OpenAIClient client;

  private OpenAiJavaResponses(String url) {
    client =
        OpenAIOkHttpClient.builder().apiKey("sk-caller").baseUrl(url + "/v1").maxRetries(0).build();
  }

  static Map<Scenario, Steps.Step> open(String url) {
    OpenAiJavaResponses responses = new OpenAiJavaResponses(url);
    return Map.of(
        Scenario.WHOLE, responses::whole,
        Scenario.STREAM, responses::stream,
        Scenario.TOOLS, () -> responses.loop("tool", 1),
        Scenario.PARALLEL, () -> responses.loop("tools", 2),
        Scenario.IMAGE, responses::image,
        Scenario.STRUCTURED, responses::structured,
        Scenario.REASONING, responses::reasoning,
        Scenario.ERROR, responses::error,
        Scenario.CANCEL, responses::cancel);
  }

  private static ResponseCreateParams.Builder ask(String model) {
    return ResponseCreateParams.builder().model(model).input("Hi");
  }

  private Response create(ResponseCreateParams.Builder asked) {
    return client.responses().create(asked.build()).validate();
  }

  private Response streamed(ResponseCreateParams.Builder asked) {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(asked.build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.response();
  }

  private static String text(Response answer) {
    return answer.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .map(part -> part.text())
        .collect(Collectors.joining());
  }

  private void whole() {
    check(create(ask("plain")));
  }

  private void stream() {
    check(streamed(ask("plain")));
  }

  private static void check(Response answer) {
    assertThat(text(answer)).isEqualTo(Column.TEXT);
    assertThat(answer.usage().orElseThrow().inputTokens()).isPositive();
    assertThat(answer.usage().orElseThrow().outputTokens()).isPositive();
  }

  private void loop(String model, int count) {
    for (boolean streamed : new boolean[] {false, true}) {
      List<ResponseInputItem> items = new ArrayList<>();
      items.add(user("What is the weather?"));
      Response first = streamed ? streamed(with(model, items)) : create(with(model, items));
      List<ResponseFunctionToolCall> calls =
          first.output().stream()
              .flatMap((ResponseOutputItem item) -> item.functionCall().stream())
              .toList();
      assertThat(calls).hasSize(count);
      for (ResponseFunctionToolCall call : calls) {
        assertThat(call.name()).isEqualTo("get_weather");
        Weather.check(call.arguments());
        items.add(ResponseInputItem.ofFunctionCall(call));
        items.add(
            ResponseInputItem.ofFunctionCallOutput(
                ResponseInputItem.FunctionCallOutput.builder()
                    .callId(call.callId())
                    .output("warm")
                    .build()));
      }
      assertThat(text(create(with(model, items)))).isNotEmpty();
    }
  }

  private static ResponseInputItem user(String text) {
    return ResponseInputItem.ofEasyInputMessage(
        EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(text).build());
  }

  private static ResponseCreateParams.Builder with(String model, List<ResponseInputItem> items) {
    FunctionTool.Parameters.Builder parameters = FunctionTool.Parameters.builder();
    Weather.SCHEMA.forEach(
        (key, value) -> parameters.putAdditionalProperty(key, JsonValue.from(value)));
    FunctionTool tool =
        FunctionTool.builder()
            .name("get_weather")
            .parameters(parameters.build())
            .strict(true)
            .build();
    return ask(model).inputOfResponse(items).addTool(tool);
  }

  private void image() {
    List<ResponseInputContent> parts =
        List.of(
            ResponseInputContent.ofInputText(
                ResponseInputText.builder().text("What is it?").build()),
            ResponseInputContent.ofInputImage(
                ResponseInputImage.builder()
                    .detail(ResponseInputImage.Detail.AUTO)
                    .imageUrl(Steps.PIXEL_URL)
                    .build()));
    ResponseInputItem message =
        ResponseInputItem.ofMessage(
            ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .content(parts)
                .build());
    assertThat(text(create(ask("plain").inputOfResponse(List.of(message))))).isEqualTo(Column.TEXT);
  }

  private void structured() {
    List<Person> persons =
        client.responses().create(ask("schema").text(Person.class).build()).output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .flatMap(content -> content.outputText().stream())
            .toList();
    assertThat(persons).hasSize(1);
  }

  private void reasoning() {
    Reasoning low =
        Reasoning.builder().effort(ReasoningEffort.LOW).summary(Reasoning.Summary.AUTO).build();
    Response answer = create(ask("reasoning").reasoning(low));
    assertThat(answer.output()).anyMatch(item -> item.reasoning().isPresent());
    assertThat(text(answer)).isEqualTo(Column.TEXT);
  }

  private void error() {
    assertThatThrownBy(() -> create(ask("limited"))).isInstanceOf(RateLimitException.class);
  }

  private void cancel() {
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(ask("stalls").build())) {
      Iterator<ResponseStreamEvent> events = stream.stream().iterator();
      while (events.next().outputTextDelta().isEmpty()) {}
    }
  }
}
