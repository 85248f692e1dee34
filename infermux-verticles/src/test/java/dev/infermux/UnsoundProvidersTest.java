package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.config.Config;
import dev.infermux.inference.InferenceException;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.program.ProgramProvider;
import dev.infermux.spi.ChatProvider;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Providers of a program's own that do what none should: each is named, and harms nothing else. */
@ExtendWith(VertxExtension.class)
class UnsoundProvidersTest {

  private static final ChatRequest REQUEST = ChatRequest.of("local", "Hi");

  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void one_that_says_nothing_of_itself_is_refused_by_its_class() {
    InferMux infermux = create();
    Own nameless = new Own();
    nameless.name = () -> null;
    Own throwing = new Own();
    throwing.name =
        () -> {
          throw new IllegalStateException("a bug");
        };
    Own modelless = new Own();
    modelless.models = null;

    assertRefused(infermux, nameless, "name(): null (expected: a value)");
    assertRefused(infermux, throwing, "name() threw IllegalStateException");
    assertRefused(infermux, modelless, "models(): null (expected: a value)");
    assertThat(infermux.circuitStates()).isEmpty();
  }

  private void assertRefused(InferMux infermux, Own provider, String reason) {
    String expected = "provider " + Own.class.getName() + ": " + reason;
    InferMuxOptions options = InferMuxOptions.defaults().withProviders(provider);
    assertThatThrownBy(infermux.addProvider(provider)::await).hasMessage(expected);
    assertThatThrownBy(InferMux.create(vertx, Config.defaults(), options)::await)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(expected);
  }

  @Test
  void one_that_completes_twice_or_throws_an_error_is_named() {
    Own own = new Own();
    InferMux infermux = create(own);

    own.answer =
        () -> {
          Promise<ChatResponse> answer = Promise.promise();
          answer.complete(ChatResponse.of("one"));
          answer.complete(ChatResponse.of("two"));
          return answer.future();
        };
    assertNamed(infermux, "threw IllegalStateException");
    own.answer =
        () -> {
          throw new StackOverflowError();
        };
    assertNamed(infermux, "threw StackOverflowError");
    own.answer = () -> Future.succeededFuture(ChatResponse.of("sound again"));

    assertThat(infermux.chat(REQUEST).await().content()).isEqualTo("sound again");
  }

  @Test
  void one_that_completes_after_its_time_changes_nothing_more() {
    Own own = new Own();
    Promise<ChatResponse> late = Promise.promise();
    own.answer = late::future;
    InferMux infermux = create(Duration.ofMillis(100), own);

    assertNamed(infermux, "no answer within 100ms (timeout: 100ms)");
    late.complete(ChatResponse.of("late"));
    own.answer = () -> Future.succeededFuture(ChatResponse.of("in time"));

    assertThat(infermux.chat(REQUEST).await().content()).isEqualTo("in time");
  }

  @Test
  void stream_that_never_begins_or_cannot_be_read_is_named() {
    Own own = new Own();
    InferMux infermux = create(Duration.ofMillis(100), own);

    assertThatThrownBy(infermux.chatStream(REQUEST)::await)
        .hasMessageStartingWith("provider \"own\": ")
        .hasMessageContaining("100ms");
    own.stream.unreadable = true;
    assertThatThrownBy(infermux.chatStream(REQUEST)::await)
        .isInstanceOf(InferenceException.class)
        .hasMessage("provider \"own\": threw UnsupportedOperationException");
  }

  @Test
  void what_comes_after_the_end_is_in_the_log_with_the_providers_name() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(ProgramProvider.class);
    lines.start();
    log.addAppender(lines);
    Own own = new Own();
    InferMux infermux = create(own);

    Future<?> begun = infermux.chatStream(REQUEST);
    await().until(() -> own.stream.fetched);
    own.stream.chunk("one");
    begun.await();
    own.stream.end();
    own.stream.chunk("late");
    own.stream.end();
    await().until(() -> !lines.list.isEmpty());
    log.detachAppender(lines);

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("provider own: a chunk after the end of its stream is ignored");
  }

  private void assertNamed(InferMux infermux, String reason) {
    assertThatThrownBy(infermux.chat(REQUEST)::await)
        .isInstanceOf(InferenceException.class)
        .hasMessage("provider \"own\": " + reason);
  }

  private InferMux create(ChatProvider... providers) {
    return create(Duration.ofSeconds(20), providers);
  }

  private InferMux create(Duration patience, ChatProvider... providers) {
    Config config =
        Config.defaults()
            .withRouting(
                RoutingOptions.defaults().withRetry(RetryOptions.defaults().withAttempts(0)));
    if (providers.length > 0) {
      config =
          config.withProvider(
              ProviderOptions.of("own", ProviderType.PROGRAM)
                  .withModels("local")
                  .withTimeout(patience)
                  .withStreamIdleTimeout(patience));
    }
    InferMuxOptions options = InferMuxOptions.defaults().withProviders(providers);
    return InferMux.create(vertx, config, options).await();
  }

  private static final class Own implements ChatProvider.Streaming {
    Callable<@Nullable String> name = () -> "own";
    @Nullable List<String> models = List.of("local");
    volatile Callable<Future<ChatResponse>> answer = () -> Future.failedFuture("unused");
    final Source stream = new Source();

    @Override
    @SuppressWarnings("NullAway") // that is what is tested
    public String name() {
      try {
        return name.call();
      } catch (RuntimeException bug) {
        throw bug;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    @SuppressWarnings("NullAway")
    public List<String> models() {
      return models;
    }

    @Override
    public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
      try {
        return answer.call();
      } catch (RuntimeException bug) {
        throw bug;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Future<? extends ReadStream<ChatChunk>> chatStream(
        ChatRequest request, ProviderCall call) {
      return Future.succeededFuture(stream);
    }
  }

  private static final class Source implements ReadStream<ChatChunk> {
    private volatile @Nullable Handler<ChatChunk> handler;
    private volatile @Nullable Handler<Void> endHandler;
    private volatile boolean fetched;
    private volatile boolean unreadable;

    void chunk(String text) {
      Objects.requireNonNull(handler).handle(ChatChunk.of(text));
    }

    void end() {
      Objects.requireNonNull(endHandler).handle(null);
    }

    @Override
    public ReadStream<ChatChunk> exceptionHandler(@Nullable Handler<Throwable> handler) {
      if (unreadable) {
        throw new UnsupportedOperationException();
      }
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
      fetched = true;
      return this;
    }

    @Override
    public ReadStream<ChatChunk> endHandler(@Nullable Handler<Void> handler) {
      endHandler = handler;
      return this;
    }
  }
}
