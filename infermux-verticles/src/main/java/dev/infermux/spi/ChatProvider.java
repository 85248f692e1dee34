package dev.infermux.spi;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Cancellation;
import io.vertx.core.Future;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model API of a program's own. It takes part in routing, circuits, budgets and events as any
 * configured provider does; a caller of any API can be served by it.
 *
 * <p>All cells share the one instance: it is called on several event loops at once, must not block,
 * and may complete on any thread. An {@link dev.infermux.inference.InferenceException} says what
 * went wrong; any other failure, a null, silence beyond the provider's {@code timeout}, and an
 * exception that is thrown count as failures of the provider.
 */
public interface ChatProvider {

  /** Unique among the providers. */
  String name();

  /** The models it serves; empty = any. */
  List<String> models();

  /** Answers a chat with at least one choice, each of which has a finish reason. */
  Future<ChatResponse> chat(ChatRequest request, ProviderCall call);

  /** Finds out, at no cost, whether it would answer; without an override it always would. */
  default Future<Void> check() {
    return Future.succeededFuture();
  }

  /** A provider that can stream; others are asked for a whole answer, which is then one piece. */
  interface Streaming extends ChatProvider {

    /**
     * Streams a chat's answer. The stream is paused and fetched from on the event loop of this
     * call. It ends well by its end handler once each choice has given a finish reason, as {@link
     * ChatChunk#end} has one; a stream that ends without was cut, and no reason is invented.
     */
    Future<? extends ReadStream<ChatChunk>> chatStream(ChatRequest request, ProviderCall call);
  }

  /** A provider that has embeddings. */
  interface Embedding extends ChatProvider {

    /** Answers with one embedding for each text. */
    Future<EmbeddingResponse> embed(EmbeddingRequest request, ProviderCall call);
  }

  /**
   * What is known of the attempt besides its request.
   *
   * @param attempt 1 for the call's first
   * @param traceparent W3C trace context to pass on; null when nothing is traced
   * @param cancellation fires when the answer is of no interest any more
   */
  record ProviderCall(
      String requestId,
      Attribution attribution,
      int attempt,
      @Nullable String traceparent,
      Cancellation cancellation) {}
}
