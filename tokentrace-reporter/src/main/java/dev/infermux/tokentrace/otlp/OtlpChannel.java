package dev.infermux.tokentrace.otlp;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.vertx.core.Future;

/** A way to a collector. Safe on any thread. */
interface OtlpChannel {

  /** Tries once; fails when there is no answer. */
  Future<OtlpReply> send(Marshaler message);

  Future<Void> close();
}
