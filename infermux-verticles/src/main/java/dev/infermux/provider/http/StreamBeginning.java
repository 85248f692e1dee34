package dev.infermux.provider.http;

import dev.infermux.inference.Failure;

/** What is told how a stream begins; exactly one of both, once. */
interface StreamBeginning {

  /** The first event is there: from here on the stream speaks for itself. */
  void begun(EventStream stream, String model);

  /** Nothing of the stream was handed out. */
  void failed(Failure failure);
}
