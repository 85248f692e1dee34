package dev.infermux.provider.program;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.dialect.openai.TypedJson;
import dev.infermux.dialect.openai.TypedRequests;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.spi.ChatProvider;
import dev.infermux.spi.ChatProvider.ProviderCall;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import dev.infermux.time.Time;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Calls a program's provider, and contains whatever it does. */
public final class ProgramProvider implements Provider {

  private final Vertx vertx;
  private final ChatProvider own;
  private final ProviderOptions options;
  private final Time time;
  private final EventLoop loop;
  private final ProgramFailures failures;

  /** Must run on the event loop that will make the calls. */
  public ProgramProvider(Vertx vertx, ChatProvider own, ProviderOptions options, Time time) {
    this.vertx = vertx;
    this.own = own;
    this.options = options;
    this.time = time;
    this.loop = EventLoop.current(vertx);
    this.failures = new ProgramFailures(options.name());
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    ProgramAttempt asked = new ProgramAttempt(vertx, attempt, failures, time, options.timeout());
    ProviderCall call = asked.providerCall();
    byte[] body = attempt.call().body().bytesFor(attempt.model());
    if (attempt.call().operation() == Operation.EMBEDDINGS) {
      EmbeddingRequest request = TypedRequests.embeddings(body);
      boolean packed = "base64".equals(request.parameters().get("encoding_format"));
      return asked.whole(
          () -> ((ChatProvider.Embedding) own).embed(request, call),
          answer -> TypedJson.answer(answer, attempt, packed));
    }
    ChatRequest request = TypedRequests.chat(body);
    if (attempt.call().stream() && own instanceof ChatProvider.Streaming streaming) {
      return asked.streamed(
          () -> streaming.chatStream(request, call),
          source -> new ProgramStream(source, asked, loop, options.streamIdleTimeout()));
    }
    return asked.whole(
        () -> own.chat(request, call),
        answer ->
            attempt.call().stream()
                ? inOnePiece(answer, attempt)
                : TypedJson.answer(answer, attempt));
  }

  private static Answer inOnePiece(ChatResponse response, Attempt attempt) {
    Answer whole = TypedJson.answer(response, attempt);
    return Answer.streamed(
        whole.head().model(),
        new OnePiece(TypedJson.asEvents(response, attempt), whole.end().result()));
  }

  @Override
  public Future<Void> check(HealthCheck check) {
    try {
      Future<Void> checked = own.check();
      return checked == null
          ? Future.failedFuture(failures.nothing("check"))
          : checked.recover(cause -> Future.failedFuture(failures.of(cause)));
    } catch (Throwable thrown) {
      return Future.failedFuture(failures.thrown(thrown));
    }
  }
}
