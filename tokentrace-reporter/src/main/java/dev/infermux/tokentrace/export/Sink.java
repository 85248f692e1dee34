package dev.infermux.tokentrace.export;

import dev.infermux.tokentrace.record.EndedSpan;
import io.vertx.core.Future;
import java.util.List;

/**
 * One place that spans are sent to. Called by the exporter's thread only.
 *
 * @param <T> a span in the form in which it waits to be sent
 */
public interface Sink<T> {

  /** The name in counters: {@code otlp} or {@code tokentrace}. */
  String name();

  /** Where it sends to, for the log. */
  String target();

  /** Most spans in one batch. */
  int most();

  /** How many batches it takes together, to send them side by side. */
  default int atOnce() {
    return 1;
  }

  /** Whether it reads the facts of spans, and not only their bytes. */
  default boolean readsFacts() {
    return true;
  }

  /** Whether the span is any of this sink's business. */
  boolean wants(EndedSpan span);

  /** The span in this sink's form. May throw what the span's facts throw. */
  T prepare(EndedSpan span);

  /**
   * Tries once to send a batch, or as many as it takes together. A failed future is a batch that
   * may be tried again.
   */
  Future<BatchOutcome<T>> send(List<T> batch);

  /** The collector has taken all of a batch at the first attempt: nobody reads it any more. */
  default void taken(List<T> batch) {}

  Future<Void> close();
}
