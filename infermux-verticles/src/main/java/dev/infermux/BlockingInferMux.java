package dev.infermux;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.ChatStream;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.assembly.Cells;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The same calls for plain and virtual threads, which wait for the answer. A call that fails throws
 * {@link InferenceException}; one whose thread is interrupted is cancelled and throws it too, with
 * the interrupt still set.
 *
 * <p>On an event loop, which would wait for itself, every method throws {@link
 * IllegalStateException}.
 */
public final class BlockingInferMux {

  private final InferMux inferMux;
  private final Cells cells;

  BlockingInferMux(InferMux inferMux, Cells cells) {
    this.inferMux = inferMux;
    this.cells = cells;
  }

  public ChatResponse chat(ChatRequest request) {
    return chat(request, CallOptions.defaults());
  }

  public ChatResponse chat(ChatRequest request, CallOptions options) {
    return await(options, own -> inferMux.chat(request, own), BlockingInferMux::over);
  }

  /** The chunks as they come; close the stream unless it is read to its end. */
  public Stream<ChatChunk> chatStream(ChatRequest request) {
    return chatStream(request, CallOptions.defaults());
  }

  public Stream<ChatChunk> chatStream(ChatRequest request, CallOptions options) {
    ChatStream stream = await(options, own -> inferMux.chatStream(request, own), ChatStream::meta);
    return new BlockingChunks(stream).stream();
  }

  public EmbeddingResponse embed(EmbeddingRequest request) {
    return embed(request, CallOptions.defaults());
  }

  public EmbeddingResponse embed(EmbeddingRequest request, CallOptions options) {
    return await(options, own -> inferMux.embed(request, own), BlockingInferMux::over);
  }

  public InferResponse infer(InferRequest request) {
    return infer(request, CallOptions.defaults());
  }

  public InferResponse infer(InferRequest request, CallOptions options) {
    return await(options, own -> inferMux.infer(request, own), BlockingInferMux::over);
  }

  /** A whole answer is over when it is there. */
  private static <T> Future<T> over(T answer) {
    return Future.succeededFuture(answer);
  }

  /**
   * Made on an event loop, so that no context of the waiting thread is needed to complete.
   *
   * @param over when what was answered is over, and the program's cancellation of no more use
   */
  private <T> T await(
      CallOptions options,
      Function<CallOptions, Future<T>> call,
      Function<T, ? extends Future<?>> over) {
    WaitingThread.check();
    Cancellation own = new Cancellation();
    Cancellation given = options.cancellation();
    Cancellation.Registration registration = given == null ? () -> {} : given.onCancel(own::cancel);
    CompletableFuture<T> answer = new CompletableFuture<>();
    cells
        .here()
        .onLoop(() -> call.apply(options.withCancellation(own)))
        .onComplete(
            (value, cause) -> {
              if (cause == null) {
                over.apply(value).onComplete(done -> registration.remove());
                answer.complete(value);
              } else {
                registration.remove();
                answer.completeExceptionally(cause);
              }
            });
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      own.cancel();
      Thread.currentThread().interrupt();
      throw new InferenceException(new Failure.Cancelled("the calling thread was interrupted"));
    } catch (ExecutionException failed) {
      throw new InferenceException(InferenceException.failureOf(cause(failed)));
    }
  }

  private static Throwable cause(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return cause == null ? failed : cause;
  }
}
