package dev.infermux.inbound.grpc;

import dev.infermux.memory.BufferedBytes;
import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sees how one RPC ends, also where gRPC itself ends it and its handler is told no reason. */
abstract class RpcTracer extends ServerStreamTracer {

  private static final Context.Key<RpcTracer> KEY = Context.key("infermux-rpc");

  private final RpcBytes bytes;
  private volatile Context.@Nullable CancellableContext own;
  private volatile Status.@Nullable Code end;

  RpcTracer(BufferedBytes buffered) {
    this.bytes = new RpcBytes(buffered);
  }

  /** That of the RPC whose handler is being made; null where the server has none. */
  static @Nullable RpcTracer current() {
    return KEY.get();
  }

  /** How it ended; null while it goes on. */
  Status.@Nullable Code end() {
    return end;
  }

  /** What the RPC holds. */
  RpcBytes bytes() {
    return bytes;
  }

  @Override
  public final void inboundWireSize(long size) {
    bytes.requested(size);
  }

  abstract void closed(Status status);

  /** gRPC's own context of the RPC ends with this one. */
  @Override
  public final Context filterContext(Context context) {
    Context.CancellableContext cancellable = context.withCancellation();
    own = cancellable;
    return cancellable.withValue(KEY, this);
  }

  /** Resets the stream, with what waits in it, as gRPC does where the time of a call is over. */
  void reset() {
    Context.CancellableContext cancellable = own;
    if (cancellable != null) {
      cancellable.cancel(new TimeoutException("the caller takes nothing of its answer"));
    }
  }

  @Override
  public final void streamClosed(Status status) {
    end = status.getCode();
    bytes.over();
    closed(status);
  }
}
