package dev.infermux.inbound.bus;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferChunk;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a stream from the bus to its end, a reply for each chunk. */
record BusReader(List<InferChunk> pieces, @Nullable Throwable failure) {

  /** What follows a chunk. */
  static BusReader after(Message<Envelope> chunk) {
    List<InferChunk> pieces = new ArrayList<>();
    Message<Envelope> last = chunk;
    while (!last.body().payloadAs(InferChunk.class).last()) {
      try {
        last = last.<Envelope>replyAndRequest(null).await();
      } catch (RuntimeException failed) {
        return new BusReader(pieces, failed);
      }
      pieces.add(last.body().payloadAs(InferChunk.class));
    }
    return new BusReader(pieces, null);
  }

  String content() {
    return pieces.stream().map(InferChunk::delta).collect(Collectors.joining());
  }

  InferChunk last() {
    return pieces.get(pieces.size() - 1);
  }
}
