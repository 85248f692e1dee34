package dev.infermux.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Chunks;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import org.jspecify.annotations.Nullable;

/** Passes every value on, up to the one that says that it is the last. */
class UntilDone implements EventReader {
  private final ProviderFailures failures;
  private boolean started;
  private boolean over;
  private @Nullable Failure failure;

  UntilDone(ProviderFailures failures) {
    this.failures = failures;
  }

  @Override
  public void event(Frame frame, FrameWriter out) {
    started = true;
    over = frame.is("{\"done\":true}".getBytes(UTF_8));
    out.keep(frame);
  }

  @Override
  public void end(String how, FrameWriter out) {
    over = true;
    failure = failures.cut(how);
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
    return over;
  }

  @Override
  public @Nullable Failure failure() {
    return failure;
  }

  @Override
  public String model() {
    return "m";
  }

  @Override
  public End summary(@Nullable Failure ended) {
    return new End("m", null, null, 0, 0, Chunks.NONE, 0, ended, ServedBy.NONE, CallTotals.NONE);
  }
}
