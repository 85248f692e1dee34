package dev.infermux.provider.http;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Chunks;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import org.jspecify.annotations.Nullable;

/** Reads whatever comes, and has a bug in its end. */
final class BuggyEnd implements EventReader {

  private boolean started;

  @Override
  public void event(Frame frame, FrameWriter out) {
    started = true;
  }

  @Override
  public void end(String how, FrameWriter out) {
    throw new IllegalStateException("a bug");
  }

  @Override
  public boolean started() {
    return started;
  }

  @Override
  public boolean spoke() {
    return started;
  }

  @Override
  public boolean complete() {
    return false;
  }

  @Override
  public boolean over() {
    return false;
  }

  @Override
  public @Nullable Failure failure() {
    return null;
  }

  @Override
  public String model() {
    return "";
  }

  @Override
  public End summary(@Nullable Failure failure) {
    return new End("", null, null, 0, 0, Chunks.NONE, 0, failure, ServedBy.NONE, CallTotals.NONE);
  }
}
