package dev.infermux.pipeline;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.Exclusion;
import dev.infermux.provider.ProviderAddresses;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.HashMap;
import java.util.Map;

/** How the stages of one cell reach its providers. Only the cell's event loop touches it. */
final class ProviderClient implements AttemptSender {

  private final LocalBus bus;
  private final Registry registry;
  private final String instance;
  private final int cell;
  private final Map<String, Known> addresses = new HashMap<>();

  ProviderClient(Vertx vertx, Registry registry, String instance, int cell) {
    this.bus = LocalBus.ofVerticle(vertx);
    this.registry = registry;
    this.instance = instance;
    this.cell = cell;
  }

  /** A provider that was removed after it was chosen refuses, since nothing was sent. */
  @Override
  public Future<AttemptResult> attempt(String provider, Attempt attempt) {
    RegisteredProvider registered = registry.snapshot().provider(provider).orElse(null);
    if (registered == null) {
      addresses.remove(provider);
      return Future.succeededFuture(removed(provider));
    }
    return bus.ask(address(registered), attempt)
        .recover(
            cause ->
                gone(cause)
                    ? Future.succeededFuture(removed(provider))
                    : Future.failedFuture(cause));
  }

  @SuppressWarnings("ReferenceEquality") // each registration is an object of its own
  private LocalAddress<Attempt, AttemptResult> address(RegisteredProvider registered) {
    Known known = addresses.get(registered.name());
    if (known == null || known.provider() != registered) {
      ProviderAddresses own = new ProviderAddresses(instance, registered.deployment(), cell);
      known = new Known(registered, own.attempts());
      addresses.put(registered.name(), known);
    }
    return known.address();
  }

  private static boolean gone(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }

  private static AttemptResult removed(String provider) {
    return new AttemptResult.Refused(provider, Exclusion.UNHEALTHY, null);
  }

  private record Known(RegisteredProvider provider, LocalAddress<Attempt, AttemptResult> address) {}
}
