package dev.infermux.tokentrace.mist;

import dev.infermux.tokentrace.record.FinishedSpan;
import dev.infermux.tokentrace.span.FlatAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span's flat attributes. Numbers that JSON lacks are left out. */
final class FlatMap implements FlatAttributes {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** The attributes that the span's facts give, and its error when it failed. */
  static Map<String, @Nullable Object> of(FinishedSpan span) {
    FlatMap flat = new FlatMap();
    span.facts().flatAttributes(flat);
    String error = span.facts().failed() ? span.facts().errorText() : null;
    if (error != null && !flat.values.containsKey("error")) {
      flat.put("error", error);
    }
    return flat.values;
  }

  @Override
  public FlatAttributes put(String name, String value) {
    if (!value.isEmpty()) {
      values.put(name, value);
    }
    return this;
  }

  @Override
  public FlatAttributes put(String name, long value) {
    values.put(name, value);
    return this;
  }

  @Override
  public FlatAttributes put(String name, double value) {
    if (Double.isFinite(value)) {
      values.put(name, value);
    }
    return this;
  }

  @Override
  public FlatAttributes put(String name, boolean value) {
    values.put(name, value);
    return this;
  }
}
