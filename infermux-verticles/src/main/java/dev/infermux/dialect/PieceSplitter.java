package dev.infermux.dialect;

import java.util.function.Consumer;

/** Hands on bytes in the pieces in which they come. */
final class PieceSplitter implements FrameSplitter {

  private final Consumer<Frame> sink;
  private final Frame frame = new Frame();

  PieceSplitter(Consumer<Frame> sink) {
    this.sink = sink;
    frame.clean = true;
  }

  @Override
  public boolean feed(byte[] bytes, int from, int to) {
    if (from < to) {
      frame.bytes = bytes;
      frame.from = from;
      frame.to = to;
      frame.data = bytes;
      frame.dataFrom = from;
      frame.dataTo = to;
      sink.accept(frame);
    }
    return true;
  }

  @Override
  public int held() {
    return 0;
  }

  @Override
  public void end() {}
}
