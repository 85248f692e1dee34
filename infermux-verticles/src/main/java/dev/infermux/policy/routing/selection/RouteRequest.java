package dev.infermux.policy.routing.selection;

import dev.infermux.inference.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for.
 *
 * @param model the caller's name for it; empty or {@code auto} leaves the choice to the router
 * @param pin the only provider allowed, or null
 */
public record RouteRequest(String model, @Nullable String pin, Operation operation) {

  static final String AUTO = "auto";

  /** Whether a caller who writes this leaves the model to the router. */
  public static boolean auto(String model) {
    return model.isEmpty() || model.equals(AUTO);
  }

  boolean auto() {
    return auto(model);
  }
}
