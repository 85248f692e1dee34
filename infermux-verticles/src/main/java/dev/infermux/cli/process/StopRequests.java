package dev.infermux.cli.process;

import java.util.function.IntConsumer;

/** Where the wish to stop comes from. */
public interface StopRequests {

  /**
   * Calls {@code stop} with the exit code that goes with it, on any thread, once for each request.
   */
  void listen(IntConsumer stop);

  /** Calls {@code reload} for each wish to read the configuration again, on any thread. */
  default void onReload(Runnable reload) {}
}
