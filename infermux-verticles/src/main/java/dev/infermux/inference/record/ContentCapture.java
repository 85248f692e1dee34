package dev.infermux.inference.record;

import dev.infermux.inference.Call;
import io.vertx.core.buffer.Buffer;

/** Takes down what is asked and answered; the pipeline's only view of it. Off by default. */
public interface ContentCapture {

  /** Takes nothing down. */
  ContentCapture OFF =
      call -> {
        throw new IllegalStateException("nothing is captured");
      };

  /** Begins with what a call asks. */
  Capturing begin(Call call);

  /** Takes down one call's answer, as its caller reads it. On the call's event loop. */
  interface Capturing {

    /** Takes a whole answer. */
    void answer(Buffer whole);

    /** Takes the next whole events of a stream. */
    void events(Buffer events);

    /** All that was taken down. */
    CallContent content();
  }
}
