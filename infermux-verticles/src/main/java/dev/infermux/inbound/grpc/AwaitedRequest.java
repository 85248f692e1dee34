package dev.infermux.inbound.grpc;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.time.Deadlines;
import dev.infermux.time.LeastPace;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives up an RPC whose request does not come, as the HTTP listener does with bodies: without a
 * byte of it for one limit, or with less than 1 KB/s after a minute. Used on the context of the
 * call's cell.
 */
final class AwaitedRequest {

  private final @Nullable RpcTracer tracer;
  private Deadlines.@Nullable Watch watch;
  private long seen;
  private int periods;

  AwaitedRequest(@Nullable RpcTracer tracer) {
    this.tracer = tracer;
  }

  void begin(Deadlines limit, Consumer<InferenceException> late) {
    watch = limit.watch(() -> due(limit, late));
  }

  /** It is there, or nobody waits for it any more. Idempotent. */
  void over() {
    if (watch != null) {
      watch.stop();
    }
  }

  private void due(Deadlines limit, Consumer<InferenceException> late) {
    long come = tracer == null ? 0 : tracer.bytes().requested();
    long nanos = ++periods * limit.limit().toNanos();
    if (come > seen && watch != null && !LeastPace.missed(come, nanos)) {
      seen = come;
      watch.touch();
      return;
    }
    late.accept(
        new InferenceException(
            new Failure.Unservable(
                "request_timeout",
                408,
                "request: came too slowly (expected: a byte within "
                    + limit.limit().toMillis()
                    + " ms, http.body_timeout, and 1 KB/s after a minute)")));
  }
}
