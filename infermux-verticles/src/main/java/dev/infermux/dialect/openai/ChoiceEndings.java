package dev.infermux.dialect.openai;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the reasons to end go of a server that may give one with every chunk: a chunk with one
 * waits, and if more content follows it goes out without, and the reason comes last.
 */
final class ChoiceEndings {

  private final HeldChunk held = new HeldChunk();

  /** Reasons that were taken back, by choice. */
  private final Map<Integer, String> owed = new TreeMap<>();

  /**
   * Holds a chunk that ends a choice.
   *
   * @param mended what it was mended to; null = nothing
   * @param read what was read in it
   */
  void hold(Frame came, byte @Nullable [] mended, ChunkReader read) {
    if (mended == null) {
      held.hold(came);
    } else {
      held.hold(mended);
    }
    owed.keySet().removeIf(read::finishes);
  }

  /** Whether a reason was taken back. */
  boolean owed() {
    return !owed.isEmpty();
  }

  /** What is held is the end, or nothing is held. */
  void release(FrameWriter out) {
    held.release(out);
  }

  /** What is held was not the end: it goes out without its reason, which follows later. */
  void takeBack(FrameWriter out) {
    byte[] content = held.isEmpty() ? null : UnfinishedChunk.of(held.take(), owed);
    if (content != null) {
      out.write(content);
    }
  }

  /** Writes the reasons that were taken back. */
  void write(ChunkRepair repair, FrameWriter out) {
    owed.forEach((choice, reason) -> out.write(repair.finishChunk(choice, reason)));
  }
}
