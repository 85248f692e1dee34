package dev.infermux.inbound.grpc;

import dev.infermux.time.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * Gives up an RPC that has its end, and whose caller does not take what is left of it: gRPC itself
 * would keep that until the connection ends. A long answer has as much time again for each MiB,
 * since nothing tells how far it has come. Used on the context of the call's cell.
 */
final class UntakenEnd {

  private static final int BYTES_A_PERIOD = 1 << 20;

  private final @Nullable RpcTracer tracer;
  private @Nullable Deadlines limit;
  private Deadlines.@Nullable Watch watch;
  private int periods = 1;

  UntakenEnd(@Nullable RpcTracer tracer) {
    this.tracer = tracer;
  }

  void within(Deadlines unread) {
    limit = unread;
  }

  void sent(int bytes) {
    periods += bytes / BYTES_A_PERIOD;
  }

  /** The end is there from now on. */
  void watch() {
    if (limit != null) {
      watch = limit.watch(this::late);
    }
  }

  /** The caller has taken it, or has left. Idempotent. */
  void over() {
    if (watch != null) {
      watch.stop();
    }
  }

  private void late() {
    if (--periods > 0 && watch != null) {
      watch.touch();
    } else {
      giveUp();
    }
  }

  /** Resets the stream, whatever waits in it. */
  void giveUp() {
    if (tracer != null) {
      tracer.reset();
    }
  }
}
