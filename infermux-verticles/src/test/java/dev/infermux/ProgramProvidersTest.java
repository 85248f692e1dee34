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
import dev.infermux.config.Config;
import dev.infermux.inference.InferenceException;
import dev.infermux.mock.Mock;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.ChatProvider;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Providers of a program's own, sound and unsound, and providers that come and go. */
@ExtendWith(VertxExtension.class)
class ProgramProvidersTest {

  private static final ChatRequest REQUEST = ChatRequest.of("local", "Hi");
  private static final Config ONE_TRY =
      Config.defaults()
          .withRouting(
              RoutingOptions.defaults()
                  .withStrategy(RoutingStrategy.PRIORITY)
                  .withRetry(RetryOptions.defaults().withAttempts(0)));

  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void it_answers_whole_and_in_one_piece_where_it_cannot_stream() {
    List<ChatRequest> seen = new CopyOnWriteArrayList<>();
    InferMux infermux =
        create(
            whole(
                request -> {
                  seen.add(request);
                  return Future.succeededFuture(
                      ChatResponse.of("Hello from here").withUsage(12, 3));
                }));

    ChatResponse answer = infermux.chat(REQUEST.withTemperature(0.5)).await();
    List<ChatChunk> chunks = read(infermux.chatStream(REQUEST).await());

    assertThat(answer.content()).isEqualTo("Hello from here");
    assertThat(answer.meta().provider()).isEqualTo("own");
    assertThat(answer.meta().promptTokens()).isEqualTo(12);
    assertThat(answer.meta().completionTokens()).isEqualTo(3);
    assertThat(seen.get(0)).isEqualTo(REQUEST.withTemperature(0.5));
    assertThat(seen.get(1)).isEqualTo(REQUEST);
    assertThat(text(chunks)).isEqualTo("Hello from here");
    assertThat(chunks.get(0).choices().get(0).finishReason()).isEqualTo("stop");
  }

  @Test
  void it_streams_as_fast_as_it_is_read_and_has_embeddings() {
    Source source = new Source();
    InferMux infermux = create(new Full(source));

    Future<ChatStream> begun = infermux.chatStream(REQUEST);
    await().until(() -> source.fetched == 1);
    source.send("one ");
    ChatStream stream = begun.await();
    List<ChatChunk> chunks = new CopyOnWriteArrayList<>();
    Promise<Void> ended = Promise.promise();
    stream.handler(chunks::add).endHandler(ended::tryComplete).fetch(1);
    await().until(() -> chunks.size() == 1);
    assertThat(source.fetched).isLessThanOrEqualTo(2);
    stream.resume();
    await().until(() -> source.fetched == 2);
    source.send("two");
    source.finish();
    source.end();
    ended.future().await();
    EmbeddingResponse vectors = infermux.embed(EmbeddingRequest.of("local", "a", "b")).await();

    assertThat(text(chunks)).isEqualTo("one two");
    assertThat(stream.meta().await().provider()).isEqualTo("own");
    assertThat(vectors.data()).hasSize(2);
    assertThat(vectors.data().get(1).embedding()).containsExactly(2, 2);
  }

  @Test
  void what_comes_after_its_end_is_ignored_and_a_second_end_too() {
    Source source = new Source();
    InferMux infermux = create(new Full(source));

    Future<ChatStream> begun = infermux.chatStream(REQUEST);
    await().until(() -> source.fetched == 1);
    source.send("one");
    source.finish();
    source.end();
    source.send("late");
    source.end();
    source.fail(new IllegalStateException("late"));

    assertThat(text(read(begun.await()))).isEqualTo("one");
    assertThat(infermux.circuitStates().get("own")).hasToString("closed");
  }

  @Test
  void stream_that_fails_before_or_within_fails_with_the_providers_name() {
    Source source = new Source();
    InferMux infermux = create(new Full(source));

    Future<ChatStream> first = infermux.chatStream(REQUEST);
    await().until(() -> source.fetched == 1);
    source.fail(new IOException("secret address"));
    Future<ChatStream> second = infermux.chatStream(REQUEST);
    await().until(() -> source.fetched == 2);
    source.send("one");
    ChatStream broken = second.await();
    source.fail(new IOException("secret address"));

    assertNamed(first, "failed with IOException");
    assertThatThrownBy(() -> read(broken)).hasMessage("provider \"own\": failed with IOException");
  }

  @Test
  void stream_that_ends_without_a_finish_reason_was_cut() {
    Source source = new Source();
    InferMux infermux = create(new Full(source));

    Future<ChatStream> begun = infermux.chatStream(REQUEST);
    await().until(() -> source.fetched == 1);
    source.send("one");
    source.end();
    ChatStream cut = begun.await();

    assertThatThrownBy(() -> read(cut))
        .hasMessageStartingWith("provider \"own\": its stream ended without a reason");
  }

  @Test
  void stream_whose_finish_reason_is_an_error_failed() {
    Source source = new Source();
    InferMux infermux = create(new Full(source));

    Future<ChatStream> begun = infermux.chatStream(REQUEST);
    await().until(() -> source.fetched == 1);
    source.send("one");
    Objects.requireNonNull(source.handler).handle(ChatChunk.end("error", null));
    source.end();
    ChatStream failed = begun.await();

    assertThatThrownBy(() -> read(failed))
        .hasMessage("provider \"own\": an answer that ended with \"error\"");
  }

  @Test
  void cancelled_call_tells_the_provider() {
    AtomicReference<ChatProvider.ProviderCall> asked = new AtomicReference<>();
    InferMux infermux =
        create(
            new Plain() {
              @Override
              public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
                asked.set(call);
                return Promise.<ChatResponse>promise().future();
              }
            });
    CallOptions options = CallOptions.defaults().withDeadline(Duration.ofMillis(100));

    assertThatThrownBy(() -> infermux.chat(REQUEST, options).await())
        .isInstanceOf(InferenceException.class);

    await().until(() -> asked.get().cancellation().isCancelled());
  }

  @Test
  void one_that_throws_fails_or_gives_nothing_is_named_and_another_one_serves() {
    Mock fallback = Mock.named("fallback").models("local").answer("from the fallback");
    IllegalStateException bug = new IllegalStateException("a bug");
    List<ChatProvider> unsound =
        List.of(
            whole(
                request -> {
                  throw bug;
                }),
            whole(request -> Future.failedFuture(bug)),
            whole(request -> null),
            whole(request -> Future.succeededFuture()),
            whole(request -> Future.succeededFuture(ChatResponse.of(""))),
            whole(
                request ->
                    Future.succeededFuture(
                        new ChatResponse(
                            "",
                            0,
                            "",
                            List.of(),
                            null,
                            dev.infermux.api.ResponseMeta.NONE,
                            io.vertx.core.buffer.Buffer.buffer()))));

    for (ChatProvider provider : unsound) {
      InferMux alone = create(provider);
      assertNamed(alone.chat(REQUEST), "");
      InferMux both =
          InferMux.create(
                  vertx,
                  ONE_TRY,
                  InferMuxOptions.defaults().withProviders(provider).withMocks(fallback))
              .await();
      assertThat(both.chat(REQUEST).await().content()).isEqualTo("from the fallback");
    }
  }

  @Test
  void one_that_never_completes_times_out() {
    InferMux infermux = create();
    ChatProvider silent = whole(request -> Promise.<ChatResponse>promise().future());
    InferMuxOptions options = InferMuxOptions.defaults().withProviders(silent);
    Config config =
        ONE_TRY.withProvider(
            ProviderOptions.of("own", ProviderType.PROGRAM)
                .withModels("local")
                .withTimeout(Duration.ofMillis(50)));

    InferMux impatient = InferMux.create(vertx, config, options).await();

    assertNamed(impatient.chat(REQUEST), "no answer within 50ms");
    assertThat(infermux.circuitStates()).isEmpty();
  }

  @Test
  void providers_join_and_leave_while_it_runs() {
    Mock mock = Mock.named("first").models("m").answer("from the first");
    InferMux infermux =
        InferMux.create(vertx, ONE_TRY, InferMuxOptions.defaults().withMocks(mock)).await();
    Promise<ChatResponse> slow = Promise.promise();

    infermux.addProvider(whole(request -> slow.future())).await();
    Future<ChatResponse> inFlight = infermux.chat(REQUEST);
    await().until(() -> infermux.circuitStates().containsKey("own"));
    Future<Void> removed = infermux.removeProvider("own");
    await().until(() -> !infermux.circuitStates().containsKey("own"));
    assertThatThrownBy(() -> infermux.chat(REQUEST).await()).hasMessageContaining("local");
    assertThat(removed.isComplete()).isFalse();
    slow.complete(ChatResponse.of("at last"));

    assertThat(inFlight.await().content()).isEqualTo("at last");
    removed.await();
    infermux.addProvider(ProviderOptions.of("echo", ProviderType.ECHO).withModels("e")).await();
    assertThat(infermux.chat(ChatRequest.of("e", "Hi")).await().content()).isEqualTo("echo: Hi");
    assertThat(infermux.circuitStates()).containsOnlyKeys("first", "echo");
    assertThatThrownBy(() -> infermux.removeProvider("ecco").await())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("provider: \"ecco\" (expected: first | echo)");
    assertThatThrownBy(
            () -> infermux.addProvider(ProviderOptions.of("echo", ProviderType.ECHO)).await())
        .hasMessage("provider: \"echo\" (expected: a name that no other provider has)");
    infermux
        .addProvider(whole(request -> Future.succeededFuture(ChatResponse.of("again"))))
        .await();
    assertThat(infermux.chat(REQUEST).await().content()).isEqualTo("again");
  }

  private static void assertNamed(Future<?> call, String reason) {
    assertThatThrownBy(call::await)
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("provider \"own\": " + reason);
  }

  private InferMux create(ChatProvider... providers) {
    return InferMux.create(vertx, ONE_TRY, InferMuxOptions.defaults().withProviders(providers))
        .await();
  }

  private static ChatProvider whole(Function<ChatRequest, Future<ChatResponse>> answer) {
    return new Plain() {
      @Override
      public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
        return answer.apply(request);
      }
    };
  }

  private static List<ChatChunk> read(ChatStream stream) {
    List<ChatChunk> chunks = new CopyOnWriteArrayList<>();
    Promise<Void> ended = Promise.promise();
    stream.exceptionHandler(ended::tryFail).endHandler(ended::tryComplete);
    stream.handler(chunks::add).resume();
    ended.future().await();
    return chunks;
  }

  private static String text(List<ChatChunk> chunks) {
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(chunk.content()));
    return text.toString();
  }

  private abstract static class Plain implements ChatProvider {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public List<String> models() {
      return List.of("local");
    }
  }

  private static final class Full extends Plain
      implements ChatProvider.Streaming, ChatProvider.Embedding {
    private final Source source;

    Full(Source source) {
      this.source = source;
    }

    @Override
    public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
      return Future.succeededFuture(ChatResponse.of("whole"));
    }

    @Override
    public Future<? extends ReadStream<ChatChunk>> chatStream(
        ChatRequest request, ProviderCall call) {
      return Future.succeededFuture(source);
    }

    @Override
    public Future<EmbeddingResponse> embed(EmbeddingRequest request, ProviderCall call) {
      return Future.succeededFuture(EmbeddingResponse.of(new float[] {1, 1}, new float[] {2, 2}));
    }
  }

  /** Sends what the test says, on the test's thread. */
  private static final class Source implements ReadStream<ChatChunk> {
    private volatile @Nullable Handler<ChatChunk> handler;
    private volatile @Nullable Handler<Void> endHandler;
    private volatile @Nullable Handler<Throwable> exceptionHandler;
    private volatile int fetched;

    void send(String text) {
      Objects.requireNonNull(handler).handle(ChatChunk.of(text));
    }

    void finish() {
      Objects.requireNonNull(handler).handle(ChatChunk.end("stop", null));
    }

    void end() {
      Objects.requireNonNull(endHandler).handle(null);
    }

    void fail(Throwable cause) {
      Objects.requireNonNull(exceptionHandler).handle(cause);
    }

    @Override
    public ReadStream<ChatChunk> exceptionHandler(@Nullable Handler<Throwable> handler) {
      exceptionHandler = handler;
      return this;
    }

    @Override
    public ReadStream<ChatChunk> handler(@Nullable Handler<ChatChunk> handler) {
      this.handler = handler;
      return this;
    }

    @Override
    public ReadStream<ChatChunk> pause() {
      return this;
    }

    @Override
    public ReadStream<ChatChunk> resume() {
      return this;
    }

    @Override
    public ReadStream<ChatChunk> fetch(long amount) {
      fetched++;
      return this;
    }

    @Override
    public ReadStream<ChatChunk> endHandler(@Nullable Handler<Void> handler) {
      endHandler = handler;
      return this;
    }
  }
}
