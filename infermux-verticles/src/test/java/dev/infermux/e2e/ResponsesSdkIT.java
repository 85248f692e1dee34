package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's SDK for Java at the Responses API: translated for echo, passed on to upstream. */
@ExtendWith(VertxExtension.class)
class ResponsesSdkIT {

  private static Gateway gateway;
  private static OpenAIClient client;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    client =
        OpenAIOkHttpClient.builder()
            .apiKey("sk-caller")
            .baseUrl("http://127.0.0.1:" + gateway.port() + "/v1")
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void close() {
    client.close();
    gateway.close();
  }

  private static ResponseCreateParams ask(String model) {
    return ResponseCreateParams.builder().model(model).input("Hi there").build();
  }

  private static String text(Response response) {
    StringBuilder text = new StringBuilder();
    response.output().stream()
        .map(ResponseOutputItem::asMessage)
        .flatMap(message -> message.content().stream())
        .forEach(part -> text.append(part.asOutputText().text()));
    return text.toString();
  }

  @Test
  void a_response_is_valid_translated_and_passed() {
    gateway.upstream().next(MockAnswer.json(ResponseTexts.answer()));

    Response echo = client.responses().create(ask("echo-v1"));
    Response relayed = client.responses().create(ask(Gateway.MODEL));

    assertThat(text(echo.validate())).isEqualTo("echo: Hi there");
    assertThat(echo.status()).contains(ResponseStatus.COMPLETED);
    assertThat(echo.usage().orElseThrow().totalTokens()).isPositive();
    assertThat(text(relayed.validate())).isEqualTo("Hello there");
  }

  @Test
  void a_stream_is_accumulated() {
    gateway.upstream().next(ResponseTexts.streamed(ResponseTexts.events()));
    for (String model : List.of("echo-v1", Gateway.MODEL)) {
      ResponseAccumulator accumulator = ResponseAccumulator.create();

      try (StreamResponse<ResponseStreamEvent> stream =
          client.responses().createStreaming(ask(model))) {
        stream.stream().map(ResponseStreamEvent::validate).forEach(accumulator::accumulate);
      }

      assertThat(text(accumulator.response().validate())).endsWith(" there");
    }
  }

  @Test
  void a_cut_stream_is_an_exception() {
    gateway
        .upstream()
        .next(ResponseTexts.streamed(ResponseTexts.events().subList(0, 6)).thenReset());

    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(ask(Gateway.MODEL))) {
      SseException cut =
          catchThrowableOfType(SseException.class, () -> stream.stream().forEach(event -> {}));
      assertThat(cut.code()).hasValue("upstream_error");
    }
  }

  @Test
  void errors_arrive_as_the_sdks_own() {
    NotFoundException unknown =
        catchThrowableOfType(
            NotFoundException.class, () -> client.responses().retrieve("resp_nobody_knows"));
    BadRequestException elsewhere =
        catchThrowableOfType(
            BadRequestException.class,
            () ->
                client
                    .responses()
                    .create(ask("echo-v1").toBuilder().previousResponseId("resp_1").build()));

    assertThat(unknown.code()).hasValue("response_not_found");
    assertThat(elsewhere.param()).hasValue("previous_response_id");
  }
}
