package dev.infermux.pipeline;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.provider.ProviderAddresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.HashMap;
import java.util.Map;

/** How the stages of one cell reach its providers. Only the cell's event loop touches it. */
final class ProviderClient implements AttemptSender {

  private final LocalBus bus;
  private final String instance;
  private final int cell;
  private final Map<String, LocalAddress<Attempt, AttemptResult>> addresses = new HashMap<>();

  ProviderClient(Vertx vertx, String instance, int cell) {
    this.bus = new LocalBus(vertx);
    this.instance = instance;
    this.cell = cell;
  }

  @Override
  public Future<AttemptResult> attempt(String provider, Attempt attempt) {
    LocalAddress<Attempt, AttemptResult> address =
        addresses.computeIfAbsent(
            provider, name -> new ProviderAddresses(instance, name, cell).attempts());
    return bus.ask(address, attempt).recover(cause -> Future.failedFuture(gone(provider, cause)));
  }

  /** Between the choice and the send a provider may have been removed. */
  private static Throwable gone(String provider, Throwable cause) {
    if (cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
      return new InferenceException(
          new Failure.NoHealthyProviders("provider \"" + provider + "\" was just removed", null));
    }
    return cause;
  }
}
