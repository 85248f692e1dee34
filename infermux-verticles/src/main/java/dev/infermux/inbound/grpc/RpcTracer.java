package dev.infermux.inbound.grpc;

import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Sees how one RPC ends, also where gRPC itself ends it and its handler is told no reason. */
abstract class RpcTracer extends ServerStreamTracer {

  private static final Context.Key<RpcTracer> KEY = Context.key("infermux-rpc");

  private volatile Status.@Nullable Code end;

  /** That of the RPC whose handler is being made; null where the server has none. */
  static @Nullable RpcTracer current() {
    return KEY.get();
  }

  /** How it ended; null while it goes on. */
  Status.@Nullable Code end() {
    return end;
  }

  abstract void closed(Status status);

  @Override
  public final Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public final void streamClosed(Status status) {
    end = status.getCode();
    closed(status);
  }
}
