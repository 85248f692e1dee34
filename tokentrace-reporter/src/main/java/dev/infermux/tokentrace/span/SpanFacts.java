package dev.infermux.tokentrace.span;

import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a finished span, in OpenTelemetry's terms and in TokenTrace's. Implementations are
 * immutable: they are read where the span ends, or on exporters' threads after the request is gone.
 */
public interface SpanFacts {

  /** The span's OpenTelemetry name, such as {@code chat gpt-4o}. */
  String name();

  boolean failed();

  /** Whether it failed by running out of time; the {@code /spans} format distinguishes the two. */
  default boolean timedOut() {
    return false;
  }

  /** What went wrong, for people; null when nothing did or nothing is known. */
  @Nullable String errorText();

  /** Adds the OpenTelemetry attributes. */
  void attributes(AttributesBuilder into);

  /**
   * TokenTrace's {@code operation}, such as {@code infermux.infer}; null keeps the span from it.
   */
  default @Nullable String operation() {
    return null;
  }

  /** Adds TokenTrace's attributes; asked for only when there is an {@link #operation}. */
  default void flatAttributes(FlatAttributes into) {}
}
