package dev.infermux.policy.routing.choice;

import dev.infermux.inference.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for.
 *
 * @param model the caller's name for it; empty or {@code auto} leaves the choice to the router
 * @param pin the only provider allowed, or null
 */
public record Asked(String model, @Nullable String pin, Operation operation) {

  static final String AUTO = "auto";

  boolean auto() {
    return model.isEmpty() || model.equals(AUTO);
  }
}
