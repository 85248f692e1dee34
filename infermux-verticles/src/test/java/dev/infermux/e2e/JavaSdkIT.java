package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's SDK for Java, with only its base URL changed. */
@ExtendWith(VertxExtension.class)
class JavaSdkIT {

  private static Gateway gateway;
  private static OpenAIClient client;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    client =
        OpenAIOkHttpClient.builder()
            .apiKey("sk-caller")
            .baseUrl("http://127.0.0.1:" + gateway.port() + "/v1")
            .build();
  }

  @AfterAll
  static void close() {
    client.close();
    gateway.close();
  }

  @Test
  void chat_is_answered() {
    ChatCompletion echo = client.chat().completions().create(chat("echo-v1"));
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
    ChatCompletion relayed = client.chat().completions().create(chat(Gateway.MODEL));

    assertThat(echo.validate().choices().get(0).message().content()).hasValue("echo: Hi there");
    assertThat(relayed.validate().choices().get(0).message().content()).hasValue("Hello there");
    assertThat(relayed.usage().orElseThrow().totalTokens()).isEqualTo(29);
    assertThat(gateway.upstream().lastRequest().headers().get("authorization"))
        .isEqualTo("Bearer sk-caller");
  }

  @Test
  void stream_is_accumulated_with_its_usage() {
    gateway.upstream().next(Texts.streamAnswer());
    for (String model : List.of("echo-v1", Gateway.MODEL)) {
      ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
      ChatCompletionCreateParams asked =
          chat(model).toBuilder()
              .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
              .build();

      try (StreamResponse<ChatCompletionChunk> stream =
          client.chat().completions().createStreaming(asked)) {
        stream.stream().forEach(accumulator::accumulate);
      }

      ChatCompletion whole = accumulator.chatCompletion();
      assertThat(whole.choices().get(0).message().content().orElseThrow()).endsWith(" there");
      assertThat(whole.choices().get(0).finishReason())
          .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
      assertThat(whole.usage().orElseThrow().totalTokens()).isPositive();
    }
  }

  @Test
  void stream_without_usage_is_iterated() {
    gateway.upstream().next(Texts.streamAnswer());
    StringBuilder text = new StringBuilder();

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat(Gateway.MODEL))) {
      stream.stream()
          .peek(chunk -> assertThat(chunk.validate().usage()).isEmpty())
          .flatMap(chunk -> chunk.choices().stream())
          .forEach(choice -> choice.delta().content().ifPresent(text::append));
    }

    assertThat(text.toString()).isEqualTo("Hello there");
  }

  @Test
  void stream_that_is_closed_early_cancels_the_provider() {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenSilence());

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat(Gateway.MODEL))) {
      Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
      chunks.next();
    }

    await().until(() -> gateway.upstream().lastRequest().abandoned());
  }

  @Test
  void cut_stream_is_an_exception() {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenReset());

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat(Gateway.MODEL))) {
      SseException cut =
          catchThrowableOfType(SseException.class, () -> stream.stream().forEach(chunk -> {}));
      assertThat(cut.code()).hasValue("upstream_error");
    }
  }

  @Test
  void errors_arrive_as_the_sdks_own() {
    NotFoundException unknown =
        catchThrowableOfType(
            NotFoundException.class, () -> client.chat().completions().create(chat("gpt-5o")));
    BadRequestException empty =
        catchThrowableOfType(
            BadRequestException.class,
            () ->
                client
                    .chat()
                    .completions()
                    .create(chat("echo-v1").toBuilder().messages(List.of()).build()));

    assertThat(unknown.code()).hasValue("model_not_found");
    assertThat(unknown.type()).hasValue("infermux_error");
    assertThat(unknown.param()).hasValue("model");
    assertThat(unknown).hasMessageContaining("gpt-5o");
    assertThat(empty.param()).hasValue("messages");
  }

  @Test
  void exhausted_failure_is_not_retried_and_a_rate_limit_is() {
    int before = gateway.upstream().requests().size();
    gateway.upstream().next(MockAnswer.json(500, "{}"));

    InternalServerException failed =
        catchThrowableOfType(
            InternalServerException.class,
            () -> client.chat().completions().create(chat(Gateway.MODEL)));
    int afterFailure = gateway.upstream().requests().size();
    MockAnswer limited =
        MockAnswer.json(429, "{\"error\":{\"message\":\"slow\"}}").header("retry-after", "1");
    gateway.upstream().next(limited, MockAnswer.json(Texts.CHAT_ANSWER));
    ChatCompletion second = client.chat().completions().create(chat(Gateway.MODEL));

    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(afterFailure - before).isEqualTo(1);
    assertThat(second.choices()).hasSize(1);
    assertThat(gateway.upstream().requests()).hasSize(before + 3);
  }

  @Test
  void rate_limit_that_stays_is_an_exception_with_its_code() {
    MockAnswer limited = MockAnswer.json(429, "{\"error\":{\"message\":\"slow\"}}");
    gateway.upstream().next(limited);
    OpenAIClient once = client.withOptions(options -> options.maxRetries(0));

    RateLimitException refused =
        catchThrowableOfType(
            RateLimitException.class, () -> once.chat().completions().create(chat(Gateway.MODEL)));

    assertThat(refused.code()).hasValue("rate_limit");
  }

  @Test
  void models_are_listed_and_found() {
    List<Model> models = client.models().list().data();
    Model slashed = client.models().retrieve("org/model-7b");

    assertThat(models).extracting(Model::id).contains("echo-v1", Gateway.MODEL, "org/model-7b");
    models.forEach(Model::validate);
    assertThat(slashed.ownedBy()).isEqualTo("upstream");
  }

  @Test
  void embeddings_come_as_the_sdk_asks_for_them() {
    ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    floats.putFloat(0.25f).putFloat(-0.5f);
    String base64 = Base64.getEncoder().encodeToString(floats.array());
    gateway
        .upstream()
        .next(
            MockAnswer.json(
                Texts.EMBEDDINGS_ANSWER.replace("[0.25,-0.5,0.125]", "\"" + base64 + "\"")));

    CreateEmbeddingResponse answer =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .input("some text")
                    .build());

    assertThat(gateway.upstream().lastRequest().body()).contains("\"encoding_format\":\"base64\"");
    assertThat(answer.data().get(0).embedding()).containsExactly(0.25f, -0.5f);
    assertThat(answer.usage().promptTokens()).isEqualTo(8);
  }

  private static ChatCompletionCreateParams chat(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi there").build();
  }
}
