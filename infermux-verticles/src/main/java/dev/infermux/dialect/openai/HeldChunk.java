package dev.infermux.dialect.openai;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import org.jspecify.annotations.Nullable;

/** A chunk that waits until what follows shows where it belongs; no bytes of it are copied. */
final class HeldChunk {

  private @Nullable Frame frame;
  private byte @Nullable [] mended;

  /** Holds a chunk as it came. */
  void hold(Frame came) {
    frame = came.copy();
    mended = null;
  }

  /** Holds a chunk that was mended. */
  void hold(byte[] json) {
    frame = null;
    mended = json;
  }

  boolean isEmpty() {
    return frame == null && mended == null;
  }

  /** Forgets the chunk and gives back its JSON. */
  byte[] take() {
    byte[] json = mended;
    if (json == null) {
      json = frame == null ? new byte[0] : frame.bytes();
    }
    frame = null;
    mended = null;
    return json;
  }

  /** Writes the chunk, if there is one. */
  void release(FrameWriter out) {
    if (frame != null) {
      out.keep(frame);
    } else if (mended != null) {
      out.write(mended);
    }
    frame = null;
    mended = null;
  }
}
