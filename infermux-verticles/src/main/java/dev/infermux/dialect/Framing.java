package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.Consumer;

/** How a stream's JSON values are told apart. */
public enum Framing {

  /** Server-sent events, as the HTML standard has them. */
  SSE("text/event-stream", "data: ", "\n\n") {
    @Override
    public FrameSplitter splitter(Consumer<Frame> sink) {
      return new SseSplitter(sink, false);
    }
  },

  /** Server-sent events whose names belong to the dialect and pass with their data. */
  NAMED_SSE("text/event-stream", "data: ", "\n\n") {
    @Override
    public FrameSplitter splitter(Consumer<Frame> sink) {
      return new SseSplitter(sink, true);
    }
  },

  /** One value a line. */
  NDJSON("application/x-ndjson", "", "\n") {
    @Override
    public FrameSplitter splitter(Consumer<Frame> sink) {
      return new NdjsonSplitter(sink);
    }
  },

  /** No values: bytes of whatever media type, in the pieces in which they come. */
  BYTES("", "", "") {
    @Override
    public FrameSplitter splitter(Consumer<Frame> sink) {
      return new PieceSplitter(sink);
    }
  };

  private final String mediaType;
  private final String before;
  private final String after;

  Framing(String mediaType, String before, String after) {
    this.mediaType = mediaType;
    this.before = before;
    this.after = after;
  }

  /** The media type of such a stream. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * A splitter for one stream.
   *
   * @param sink takes each frame, which is only valid during the call
   */
  public abstract FrameSplitter splitter(Consumer<Frame> sink);

  /** A writer for one stream. */
  public FrameWriter writer() {
    return new FrameWriter(before.getBytes(US_ASCII), after.getBytes(US_ASCII));
  }
}
