package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.ChatStream;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.api.Message;
import dev.infermux.api.ResponseMeta;
import dev.infermux.config.Config;
import dev.infermux.config.MockScripts;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockServer;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockUsage;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls with typed requests and answers, as a program makes them. */
@ExtendWith(VertxExtension.class)
class TypedCallsTest {

  private final Mock mock = Mock.named("primary").models("gpt-4o-mini").answer("Hello there you");
  private Vertx vertx;
  private InferMux infermux;

  @BeforeEach
  void create(Vertx vertx) {
    this.vertx = vertx;
    infermux = InferMux.create(vertx, priced(), InferMuxOptions.defaults().withMocks(mock)).await();
  }

  @Test
  void whole_answer_comes_with_what_the_router_did() {
    mock.always(MockBehaviour.ok().text("Paris.").usage(new MockUsage.Given(1000, 7)));

    ChatResponse answer =
        infermux.chat(ChatRequest.of("gpt-4o-mini", "The capital of France?")).await();

    assertThat(answer.content()).isEqualTo("Paris.");
    assertThat(answer.choices()).hasSize(1);
    assertThat(answer.message().role()).isEqualTo("assistant");
    assertThat(answer.finishReason()).isEqualTo("stop");
    assertThat(answer.json().getString("object")).isEqualTo("chat.completion");
    ResponseMeta meta = answer.meta();
    assertThat(meta.provider()).isEqualTo("primary");
    assertThat(meta.model()).isEqualTo("gpt-4o-mini");
    assertThat(meta.strategy()).isNotEmpty();
    assertThat(meta.attempts()).isEqualTo(1);
    assertThat(meta.promptTokens()).isEqualTo(1000);
    assertThat(meta.completionTokens()).isEqualTo(7);
    assertThat(meta.costUsd()).isEqualTo(new BigDecimal("0.0001542"));
    assertThat(meta.latency()).isPositive();
    assertThat(meta.dropped()).isEmpty();
    assertThat(meta.requestId()).hasSize(32);
  }

  @Test
  void every_parameter_reaches_the_provider() {
    ChatRequest request =
        ChatRequest.of("gpt-4o-mini", Message.system("Be brief"), Message.user("Hé \"you\""))
            .withMaxTokens(64)
            .withTemperature(0.25)
            .withTopP(1)
            .withN(2)
            .withStop("END", "\n")
            .withSeed(42)
            .withLogprobs(3)
            .withTools(new ChatRequest.Tool("now", "The time", Map.of("type", "object")))
            .withToolChoice("auto")
            .withJsonAnswer()
            .withUser("u1")
            .withParameter("exotic", new JsonObject().put("dé\"ep", List.of(1, true, 2.5)));

    infermux.chat(request).await();

    JsonObject seen = new JsonObject(mock.requests().get(0).body());
    assertThat(seen)
        .isEqualTo(
            new JsonObject(
                """
                {"model":"gpt-4o-mini",
                 "messages":[{"role":"system","content":"Be brief"},
                             {"role":"user","content":"Hé \\"you\\""}],
                 "max_tokens":64,"temperature":0.25,"top_p":1.0,"n":2,"stop":["END","\\n"],
                 "seed":42,"logprobs":true,"top_logprobs":3,
                 "tools":[{"type":"function","function":{"name":"now","description":"The time",
                   "parameters":{"type":"object"}}}],
                 "tool_choice":"auto","response_format":{"type":"json_object"},"user":"u1",
                 "exotic":{"dé\\"ep":[1,true,2.5]}}
                """));
  }

  @Test
  void stream_delivers_as_much_as_is_asked_for_and_no_more() {
    ChatStream stream = infermux.chatStream(ChatRequest.of("gpt-4o-mini", "Hi")).await();
    List<ChatChunk> chunks = new CopyOnWriteArrayList<>();
    Promise<Void> ended = Promise.promise();
    stream.exceptionHandler(ended::tryFail).endHandler(ended::tryComplete);
    stream.handler(chunks::add);

    stream.fetch(2);
    await().until(() -> chunks.size() == 2);
    infermux.chat(ChatRequest.of("gpt-4o-mini", "meanwhile")).await();
    assertThat(chunks).hasSize(2);
    assertThat(stream.meta().isComplete()).isFalse();
    stream.resume();
    ended.future().await();

    assertThat(text(chunks)).isEqualTo("Hello there you");
    assertThat(chunks.get(chunks.size() - 1).choices().get(0).finishReason()).isEqualTo("stop");
    assertThat(stream.provider()).isEqualTo("primary");
    ResponseMeta meta = stream.meta().await();
    assertThat(meta.completionTokens()).isEqualTo(3);
    assertThat(meta.costUsd()).isPositive();
  }

  @Test
  void stream_that_breaks_fails_after_what_came() {
    mock.always(MockBehaviour.cutAfter(2).text("one two three four"));
    ChatStream stream = infermux.chatStream(ChatRequest.of("gpt-4o-mini", "Hi")).await();
    List<ChatChunk> chunks = new ArrayList<>();

    Future<Void> read = read(stream, chunks);

    assertThatThrownBy(read::await)
        .isInstanceOfSatisfying(
            InferenceException.class, e -> assertThat(e.failure().status()).isEqualTo(502));
    assertThat(text(chunks)).startsWith("one two");
    assertThat(stream.meta().await().provider()).isEqualTo("primary");
  }

  @Test
  void cancelled_stream_closes_the_socket_of_its_provider() {
    mock.always(MockBehaviour.ok().text("word ".repeat(500)).pace(Duration.ofMillis(5)));
    InferMux remote = overSocket();
    ChatStream stream = remote.chatStream(ChatRequest.of("gpt-4o-mini", "Hi")).await();
    List<ChatChunk> chunks = new CopyOnWriteArrayList<>();
    stream.handler(chunks::add).resume();
    await().until(() -> chunks.size() > 2);

    stream.cancel();

    await().until(() -> mock.requests().get(0).abandoned());
    assertThat(stream.meta().await()).isNotNull();
  }

  @Test
  void cancellation_closes_the_socket_and_fails_the_call_in_every_phase() {
    mock.always(MockBehaviour.hang());
    InferMux remote = overSocket();
    Cancellation cancellation = new Cancellation();
    CallOptions options = CallOptions.defaults().withCancellation(cancellation);

    Future<ChatResponse> answer = remote.chat(ChatRequest.of("gpt-4o-mini", "Hi"), options);
    await().until(() -> mock.count() == 1);
    cancellation.cancel();

    assertThatThrownBy(answer::await)
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Cancelled.class));
    await().until(() -> mock.requests().get(0).abandoned());
    assertThatThrownBy(() -> remote.chat(ChatRequest.of("gpt-4o-mini", "Hi"), options).await())
        .isInstanceOf(InferenceException.class);
    assertThat(mock.count()).isEqualTo(1);
  }

  @Test
  void cancellation_within_a_stream_is_told_to_its_reader() {
    mock.always(MockBehaviour.ok().text("word ".repeat(500)).pace(Duration.ofMillis(5)));
    Cancellation cancellation = new Cancellation();
    ChatStream stream =
        infermux
            .chatStream(
                ChatRequest.of("gpt-4o-mini", "Hi"),
                CallOptions.defaults().withCancellation(cancellation))
            .await();
    List<ChatChunk> chunks = new CopyOnWriteArrayList<>();
    Future<Void> read = read(stream, chunks);
    await().until(() -> chunks.size() > 2);

    cancellation.cancel();

    assertThatThrownBy(read::await)
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Cancelled.class));
  }

  @Test
  void deadline_ends_a_call_that_has_no_answer_by_then() {
    mock.always(MockBehaviour.hang());
    CallOptions soon = CallOptions.defaults().withDeadline(Duration.ofMillis(50));
    CallOptions past = CallOptions.defaults().withDeadline(Duration.ZERO);
    ChatRequest request = ChatRequest.of("gpt-4o-mini", "Hi");

    for (CallOptions options : List.of(soon, past)) {
      assertThatThrownBy(() -> infermux.chat(request, options).await())
          .isInstanceOfSatisfying(
              InferenceException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.DeadlinePassed.class));
    }
  }

  @Test
  void embeddings_come_as_numbers() {
    mock.models("text-embedding-3-small");
    InferMux embedder =
        InferMux.create(vertx, Config.defaults(), InferMuxOptions.defaults().withMocks(mock))
            .await();

    EmbeddingResponse plain =
        embedder
            .embed(EmbeddingRequest.of("text-embedding-3-small", "fox", "dog").withDimensions(5))
            .await();
    EmbeddingResponse packed =
        embedder
            .embed(
                EmbeddingRequest.of("text-embedding-3-small", "fox", "dog")
                    .withDimensions(5)
                    .withParameter("encoding_format", "base64"))
            .await();

    assertThat(plain.data()).hasSize(2);
    assertThat(plain.data().get(1).index()).isEqualTo(1);
    assertThat(plain.data().get(0).embedding()).isNotEmpty();
    assertThat(packed.data()).isEqualTo(plain.data());
    assertThat(plain.meta().provider()).isEqualTo("primary");
    assertThat(plain.meta().promptTokens()).isPositive();
  }

  @Test
  void listener_reads_whom_a_call_was_for_and_what_it_cost() {
    List<CallRecord> seen = new CopyOnWriteArrayList<>();
    infermux.onRequest(
        record -> {
          throw new IllegalStateException("a listener that throws is ignored");
        });
    infermux.onRequest(seen::add);
    CallOptions options =
        CallOptions.defaults()
            .withAttribution(new Attribution("user-1", "summaries", "test"))
            .withRequestId("mine-1");

    ChatResponse answer = infermux.chat(ChatRequest.of("gpt-4o-mini", "Hi"), options).await();

    CallRecord record = seen.get(0);
    assertThat(record.call().attribution().caller()).isEqualTo("user-1");
    assertThat(record.call().requestId()).isEqualTo("mine-1");
    assertThat(answer.meta().requestId()).isEqualTo("mine-1");
    assertThat(record.provider()).isEqualTo("primary");
    assertThat(record.model()).isEqualTo("gpt-4o-mini");
    assertThat(record.latencyMillis()).isNotNegative();
    assertThat(record.costUsd()).isEqualTo(answer.meta().costUsd());
    assertThat(record.promptTokens()).isEqualTo(answer.meta().promptTokens());
    assertThat(record.completionTokens()).isEqualTo(3);
  }

  @Test
  void call_for_one_provider_goes_to_no_other() {
    Mock other = Mock.named("other").models("gpt-4o-mini").answer("from the other");
    InferMux two =
        InferMux.create(vertx, Config.defaults(), InferMuxOptions.defaults().withMocks(mock, other))
            .await();

    for (int i = 0; i < 3; i++) {
      CallOptions options = CallOptions.defaults().withProvider("other");
      assertThat(two.chat(ChatRequest.of("gpt-4o-mini", "Hi"), options).await().content())
          .isEqualTo("from the other");
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void what_is_wrong_fails_the_future_with_a_reason() {
    assertInvalid(infermux.chat(null), "request: null (expected: a ChatRequest)");
    assertInvalid(infermux.embed(null), "request: null (expected: an EmbeddingRequest)");
    assertInvalid(infermux.chat(ChatRequest.of("gpt-4o-mini")), "messages");
    assertInvalid(infermux.chatStream(ChatRequest.of("gpt-4o-mini")), "messages");
    assertInvalid(infermux.embed(EmbeddingRequest.of("m")), "input");
    assertInvalid(
        infermux.chat(
            ChatRequest.of("gpt-4o-mini", "Hi"), CallOptions.defaults().withRequestId("a\nb")),
        "requestId");
    assertInvalid(
        infermux.chat(
            ChatRequest.of("gpt-4o-mini", "Hi"),
            CallOptions.defaults().withAttribution(new Attribution("a\nb", "", ""))),
        "attribution.caller");
    assertInvalid(
        infermux.chat(ChatRequest.of("gpt-4o-mini", "Hi").withParameter("model", "other")),
        "model: given twice");
    assertThatThrownBy(() -> ChatRequest.of("m", "Hi").withTemperature(Double.NaN))
        .hasMessage("parameters.temperature: NaN (expected: a finite number)");
    assertThat(mock.count()).isZero();
  }

  private static void assertInvalid(Future<?> future, String reason) {
    assertThatThrownBy(future::await)
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.InvalidRequest.class))
        .hasMessageContaining(reason);
  }

  private static Config priced() {
    ModelPrice price = new ModelPrice(new BigDecimal("0.15"), new BigDecimal("0.6"));
    return Config.defaults()
        .withPricing(
            PricingOptions.defaults()
                .withOverrides(Map.of("primary", Map.of("gpt-4o-mini", price))));
  }

  private InferMux overSocket() {
    MockServer server = MockServer.start(vertx, "127.0.0.1", 0, mock, new MockScripts()).await();
    ProviderOptions provider =
        ProviderOptions.of("remote", ProviderType.OPENAI)
            .withApiKey(Secret.of("k"))
            .withBaseUrl(URI.create("http://127.0.0.1:" + server.port() + "/v1"))
            .withModels("gpt-4o-mini");
    return InferMux.create(
            vertx,
            Config.defaults().withProvider(provider),
            InferMuxOptions.defaults().withHealthChecks(false))
        .await();
  }

  private static Future<Void> read(ChatStream stream, List<ChatChunk> chunks) {
    Promise<Void> ended = Promise.promise();
    stream.exceptionHandler(ended::tryFail).endHandler(ended::tryComplete);
    stream.handler(chunks::add).resume();
    return ended.future();
  }

  private static String text(List<ChatChunk> chunks) {
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(chunk.content()));
    return text.toString();
  }
}
