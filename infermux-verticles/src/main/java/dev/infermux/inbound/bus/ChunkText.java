package dev.infermux.inbound.bus;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferChunk;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import org.jspecify.annotations.Nullable;

/** The text of a stream that no chunk has carried yet. */
final class ChunkText {

  private final String requestId;
  private final StringBuilder text = new StringBuilder();
  private long seq;

  ChunkText(String requestId) {
    this.requestId = requestId;
  }

  void add(String delta) {
    text.append(delta);
  }

  int length() {
    return text.length();
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  void clear() {
    text.setLength(0);
  }

  /** Takes all of it as the next chunk; the last one has an end. */
  Envelope chunk(InferChunk.@Nullable End end) {
    InferChunk chunk = new InferChunk(requestId, seq++, text.toString(), end);
    clear();
    return Envelope.of(MistSource.INFERMUX, MistType.INFER_CHUNK, chunk);
  }
}
