package dev.infermux.inbound.bus;

import dev.infermux.inference.Shortened;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferChunk;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import org.jspecify.annotations.Nullable;

/** The text of a stream that no chunk has carried yet; it is in the account. */
final class ChunkText {

  /** Whatever they are, so many characters fit into one message. */
  private static final int MOST = 1 << 20;

  private final String requestId;
  private final BufferedBytes account;
  private final StringBuilder text = new StringBuilder();
  private long seq;

  ChunkText(String requestId, BufferedBytes account) {
    this.requestId = requestId;
    this.account = account;
  }

  void add(String delta) {
    text.append(delta);
    account.hold(BufferedKind.STREAMS, delta.length());
  }

  int length() {
    return text.length();
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  void clear() {
    account.release(BufferedKind.STREAMS, text.length());
    text.setLength(0);
  }

  /** Whether the next chunk takes all of it. */
  boolean fits() {
    return text.length() <= MOST;
  }

  /** Takes as much of it as fits as the next chunk; the one that takes the rest may have an end. */
  Envelope chunk(InferChunk.@Nullable End end) {
    String delta = Shortened.beginning(text, MOST);
    InferChunk chunk = new InferChunk(requestId, seq++, delta, end);
    text.delete(0, delta.length());
    account.release(BufferedKind.STREAMS, delta.length());
    return Envelope.of(MistSource.INFERMUX, MistType.INFER_CHUNK, chunk);
  }
}
