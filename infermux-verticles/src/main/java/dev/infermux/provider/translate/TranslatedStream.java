package dev.infermux.provider.translate;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ForwardedStream;
import dev.infermux.inference.InferenceException;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.provider.translate.Translator.StreamTranslator;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A stream in another dialect; in all else it is its source. */
final class TranslatedStream extends ForwardedStream {

  private final StreamTranslator translator;
  private final ProviderFailures failures;
  private final Promise<End> end = Promise.promise();
  private @Nullable Handler<Throwable> exceptionHandler;
  private @Nullable Failure failure;

  TranslatedStream(AnswerStream source, StreamTranslator translator, ProviderFailures failures) {
    super(source);
    this.translator = translator;
    this.failures = failures;
    source.end().onSuccess(this::ended);
  }

  @Override
  public AnswerStream handler(@Nullable Handler<Buffer> handler) {
    source.handler(handler == null ? null : events -> translate(events, handler));
    return this;
  }

  private void translate(Buffer events, Handler<Buffer> handler) {
    if (failure != null) {
      return;
    }
    Buffer translated;
    try {
      translated = translator.translate(events);
    } catch (JsonSyntaxException | InferenceException e) {
      fail(failures.malformed(200, "events that cannot be translated: " + e.getMessage()));
      return;
    }
    if (translated != null) {
      handler.handle(translated);
    } else {
      // Nothing was delivered for what was asked.
      source.fetch(1);
    }
  }

  /** Ends the stream as one that broke. */
  private void fail(Failure why) {
    failure = why;
    source.cancel();
    if (exceptionHandler != null) {
      exceptionHandler.handle(new InferenceException(why));
    }
  }

  private void ended(End last) {
    end.complete(failure == null ? last : last.with(last.firstTokenNanos(), failure));
  }

  @Override
  public AnswerStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    exceptionHandler = handler;
    return super.exceptionHandler(handler);
  }

  @Override
  public Future<End> end() {
    return end.future();
  }
}
