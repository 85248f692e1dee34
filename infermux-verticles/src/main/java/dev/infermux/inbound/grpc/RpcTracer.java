package dev.infermux.inbound.grpc;

import dev.infermux.memory.BufferedBytes;
import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Sees how one RPC ends, also where gRPC itself ends it and its handler is told no reason. */
abstract class RpcTracer extends ServerStreamTracer {

  private static final Context.Key<RpcTracer> KEY = Context.key("infermux-rpc");

  private final RpcBytes bytes;
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

  @Override
  public final Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public final void streamClosed(Status status) {
    end = status.getCode();
    bytes.over();
    closed(status);
  }
}
