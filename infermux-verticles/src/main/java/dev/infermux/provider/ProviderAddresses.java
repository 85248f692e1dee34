package dev.infermux.provider;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.MessageType;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.mist.MistType;
import dev.infermux.spi.HealthCheck;

/**
 * Where one provider of one cell of one InferMux is reached.
 *
 * @param provider the name of its deployment
 */
public record ProviderAddresses(String instance, String provider, int cell) {

  private static final MessageType<Attempt> ATTEMPT =
      new MessageType<>(MistType.PROVIDER_ATTEMPT, Attempt.class);
  private static final MessageType<AttemptResult> ANSWER =
      new MessageType<>(MistType.PROVIDER_ANSWER, AttemptResult.class);
  private static final MessageType<HealthCheck> CHECK =
      new MessageType<>(MistType.HEALTH_CHECK, HealthCheck.class);
  private static final MessageType<HealthCheck.Passed> CHECKED =
      new MessageType<>(MistType.HEALTH_CHECKED, HealthCheck.Passed.class);

  public LocalAddress<Attempt, AttemptResult> attempts() {
    return new LocalAddress<>(name("attempt"), ATTEMPT, ANSWER);
  }

  public LocalAddress<HealthCheck, HealthCheck.Passed> checks() {
    return new LocalAddress<>(name("check"), CHECK, CHECKED);
  }

  private String name(String message) {
    return "infermux.provider." + provider + "." + instance + "." + cell + "." + message;
  }
}
