package dev.infermux.tokentrace.otlp;

import java.util.function.Supplier;

/** OpenTelemetry's exporters, which a program brings only where a collector is configured. */
public final class OtlpLibrary {
  private OtlpLibrary() {}

  /**
   * What needs them.
   *
   * @throws IllegalArgumentException where they are not on the class path
   */
  public static <T> T using(OtlpTarget target, Supplier<T> made) {
    try {
      return made.get();
    } catch (NoClassDefFoundError missing) {
      throw new IllegalArgumentException(
          "telemetry.otlp: %s needs io.opentelemetry:opentelemetry-exporter-otlp on the class path"
              .formatted(target.endpoint()),
          missing);
    }
  }
}
