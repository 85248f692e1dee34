package dev.infermux.dialect;

import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import org.jspecify.annotations.Nullable;

/** Reads one stream's events, and writes those that the caller may see in the same dialect. */
public interface EventReader {

  /** Takes one frame, which is only valid during the call; what the caller may see goes out. */
  void event(Frame frame, FrameWriter out);

  /**
   * Takes the end of the connection or a silence: the stream is whole now, or was cut.
   *
   * @param how what the provider did, for the message
   */
  void end(String how, FrameWriter out);

  /**
   * The same for a stream that may be whole by the end of its body alone.
   *
   * @param bodyEnded whether the body has ended as HTTP has it
   */
  default void end(String how, boolean bodyEnded, FrameWriter out) {
    end(how, out);
  }

  /** Whether an event for the caller has been seen. */
  boolean started();

  /** Whether a token has been seen: content, or a reason why there is none. */
  boolean spoke();

  /** Whether the answer is complete, so that only its usage and its terminal event may follow. */
  boolean complete();

  /** Whether the terminal event, or an error, has been read; what follows is ignored. */
  boolean over();

  /** Why the stream failed; null while it is open and when it is whole. */
  @Nullable Failure failure();

  /** The model the provider says it uses; empty when it has not said. */
  String model();

  /** Everything known by now. */
  End summary(@Nullable Failure failure);
}
