package dev.infermux;

import dev.infermux.inference.Secret;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;

/**
 * What the program around an InferMux brings that no configuration file can hold.
 *
 * @param managementToken what callers of {@code /_infermux/*} must present; null = nothing
 * @param openTelemetry the program's own instance, which then makes and exports the spans; null =
 *     InferMux does, as {@code telemetry} says
 * @param healthChecks whether the providers' health is checked, as {@code health_check} says;
 *     without, all of them count as healthy
 */
public record Embedding(
    @Nullable Secret managementToken, @Nullable OpenTelemetry openTelemetry, boolean healthChecks) {

  private static final Embedding NONE = new Embedding(null, null, true);

  public static Embedding none() {
    return NONE;
  }

  public Embedding withManagementToken(@Nullable Secret token) {
    return new Embedding(token, openTelemetry, healthChecks);
  }

  public Embedding withOpenTelemetry(@Nullable OpenTelemetry own) {
    return new Embedding(managementToken, own, healthChecks);
  }

  public Embedding withHealthChecks(boolean wanted) {
    return new Embedding(managementToken, openTelemetry, wanted);
  }
}
