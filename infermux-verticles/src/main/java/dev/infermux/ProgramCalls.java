package dev.infermux;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.ChatStream;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.assembly.Cell;
import dev.infermux.assembly.RouterRuntime;
import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.dialect.openai.TypedAnswers;
import dev.infermux.dialect.openai.TypedRequests;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RefusedCall;
import dev.infermux.inference.RequestBody;
import dev.infermux.mist.InferRequest;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts a program's calls to the router, as any listener does. Safe on any thread. */
final class ProgramCalls {

  private final RouterRuntime runtime;

  ProgramCalls(RouterRuntime runtime) {
    this.runtime = runtime;
  }

  Future<ChatResponse> chat(ChatRequest request, CallOptions options) {
    return refusing(
        Operation.CHAT,
        options,
        () -> {
          RequestBody body = TypedRequests.chat(given(request, "a ChatRequest"), false);
          ProgramCall call = call(Operation.CHAT, body, options);
          return ask(call, answer -> TypedAnswers.chat(answer.bytes(), call.meta(answer)));
        });
  }

  Future<ChatStream> chatStream(ChatRequest request, CallOptions options) {
    return refusing(
        Operation.CHAT,
        options,
        () -> {
          RequestBody body = TypedRequests.chat(given(request, "a ChatRequest"), true);
          ProgramCall call = call(Operation.CHAT, body, options);
          return ask(call, answer -> LibraryStream.of(call, answer));
        });
  }

  Future<EmbeddingResponse> embed(EmbeddingRequest request, CallOptions options) {
    return refusing(
        Operation.EMBEDDINGS,
        options,
        () -> {
          RequestBody body = TypedRequests.embeddings(given(request, "an EmbeddingRequest"));
          ProgramCall call = call(Operation.EMBEDDINGS, body, options);
          return ask(call, answer -> TypedAnswers.embeddings(answer.bytes(), call.meta(answer)));
        });
  }

  <T> Future<T> infer(
      InferRequest request, CallOptions options, boolean stream, Function<Answer, T> read) {
    return refusing(
        Operation.CHAT,
        options,
        () -> {
          Attribution outer = given(options, "CallOptions").attribution();
          byte[] json = given(request, "an InferRequest").json();
          InferRequestReader mist = InferRequestReader.of(json, outer, stream);
          CallOptions all = options.withAttribution(mist.attribution());
          if (all.provider() == null) {
            all = all.withProvider(mist.pin());
          }
          if (all.traceparent() == null) {
            all = all.withTraceparent(mist.traceparent());
          }
          return ask(call(Operation.CHAT, mist.body(), all), read);
        });
  }

  private ProgramCall call(Operation operation, RequestBody body, CallOptions options) {
    Cell cell = runtime.cells().here();
    return ProgramCall.of(operation, body, given(options, "CallOptions"), cell, runtime.time());
  }

  private static <T> Future<T> ask(ProgramCall call, Function<Answer, T> read) {
    return call.ask(read);
  }

  /** What is wrong with a call before it is made fails its future as all else does. */
  private <T> Future<T> refusing(
      Operation operation, @Nullable CallOptions options, Supplier<Future<T>> call) {
    try {
      return call.get();
    } catch (InferenceException refused) {
      Call unread = ProgramCall.unread(operation, options, runtime.time());
      runtime.cells().here().refuse(RefusedCall.of(unread, refused));
      return Future.failedFuture(refused);
    }
  }

  private static <T> T given(@Nullable T value, String expected) {
    if (value == null) {
      throw new InferenceException(
          new InvalidRequest("request: null (expected: " + expected + ")", null));
    }
    return value;
  }
}
