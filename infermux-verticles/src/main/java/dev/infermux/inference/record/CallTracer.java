package dev.infermux.inference.record;

import dev.infermux.inference.Call;

/** Opens the trace of a call; the pipeline's only view of tracing. */
public interface CallTracer {

  /** Traces nothing. */
  CallTracer OFF = call -> CallTrace.NONE;

  CallTrace start(Call call);
}
