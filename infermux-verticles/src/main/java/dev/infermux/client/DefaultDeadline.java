package dev.infermux.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Gives a deadline to calls that have none. */
record DefaultDeadline(Duration limit) implements ClientInterceptor {

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    boolean given = options.getDeadline() != null || Context.current().getDeadline() != null;
    return next.newCall(
        method, given ? options : options.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS));
  }
}
