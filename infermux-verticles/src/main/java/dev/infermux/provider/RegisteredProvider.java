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
 * @param revision counts the providers of this name that were there before it
 */
public record RegisteredProvider(
    ProviderOptions options,
    Set<Operation> operations,
    ProviderFactory factory,
    ProviderGuard guard,
    int revision) {

  public RegisteredProvider {
    operations = Set.copyOf(operations);
  }

  /** The first of its name, which admits every attempt. */
  public RegisteredProvider(
      ProviderOptions options, Set<Operation> operations, ProviderFactory factory) {
    this(options, operations, factory, ProviderGuard.NONE, 0);
  }

  public String name() {
    return options.name();
  }

  /**
   * What its verticles are called on the bus: its name, with the revision behind it unless it is
   * the first, so that attempts under way end at the verticles they began at.
   */
  public String deployment() {
    return revision == 0 ? name() : name() + "~" + revision;
  }

  /** The same provider behind this guard. */
  public RegisteredProvider guardedBy(ProviderGuard other) {
    return new RegisteredProvider(options, operations, factory, other, revision);
  }

  /** The same provider as another one of its name. */
  public RegisteredProvider ofRevision(int other) {
    return new RegisteredProvider(options, operations, factory, guard, other);
  }

  /** Makes what one cell calls; runs on that cell's event loop. */
  public AttemptHandler handler(Vertx vertx) {
    return guard.guard(factory.create(vertx, options));
  }
}
