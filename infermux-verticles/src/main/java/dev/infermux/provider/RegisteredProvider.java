package dev.infermux.provider;

import dev.infermux.inference.Operation;
import java.util.Set;

/**
 * One provider, as the registry knows it.
 *
 * @param operations what its API can do
 * @param factory makes the exit that one cell calls it through
 */
public record RegisteredProvider(
    ProviderOptions options, Set<Operation> operations, ProviderFactory factory) {

  public RegisteredProvider {
    operations = Set.copyOf(operations);
  }

  public String name() {
    return options.name();
  }
}
