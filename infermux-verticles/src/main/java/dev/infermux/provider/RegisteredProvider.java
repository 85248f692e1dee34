package dev.infermux.provider;

import dev.infermux.inference.Operation;
import io.vertx.core.Vertx;
import java.util.Set;

/**
 * One provider, as the registry knows it.
 *
 * @param operations what its API can do
 * @param factory makes the provider that one cell calls
 * @param guard admits attempts to it
 */
public record RegisteredProvider(
    ProviderOptions options,
    Set<Operation> operations,
    ProviderFactory factory,
    ProviderGuard guard) {

  public RegisteredProvider {
    operations = Set.copyOf(operations);
  }

  /** A provider that admits every attempt. */
  public RegisteredProvider(
      ProviderOptions options, Set<Operation> operations, ProviderFactory factory) {
    this(options, operations, factory, ProviderGuard.NONE);
  }

  public String name() {
    return options.name();
  }

  /** The same provider behind this guard. */
  public RegisteredProvider guardedBy(ProviderGuard other) {
    return new RegisteredProvider(options, operations, factory, other);
  }

  /** Makes what one cell calls; runs on that cell's event loop. */
  public AttemptHandler handler(Vertx vertx) {
    return guard.guard(vertx, factory.create(vertx, options));
  }
}
