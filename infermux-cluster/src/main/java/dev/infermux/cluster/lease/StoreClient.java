package dev.infermux.cluster.lease;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.LocalBus;
import dev.infermux.bus.MessageType;
import dev.infermux.mist.MistType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The store as other event loops reach it: through the verticle that has its connections. */
final class StoreClient implements LeaseStore {

  private static final MessageType<AskStore> ASK =
      new MessageType<>(MistType.LEDGER_ASK, AskStore.class);
  private static final MessageType<AskStore.Answered> ANSWER =
      new MessageType<>(MistType.LEDGER_ANSWER, AskStore.Answered.class);

  private final LocalBus bus;
  private final LocalAddress<AskStore, AskStore.Answered> address;

  StoreClient(Vertx vertx, String instance) {
    this.bus = new LocalBus(vertx);
    this.address = address(instance);
  }

  static LocalAddress<AskStore, AskStore.Answered> address(String instance) {
    return new LocalAddress<>("infermux.ledger." + instance + ".ask", ASK, ANSWER);
  }

  @SuppressWarnings("unchecked") // The answer is what the question made.
  <T> Future<T> ask(Function<SharedStore, Future<T>> question) {
    return bus.ask(address, new AskStore(question::apply))
        .compose(
            answered -> {
              StoreException failure = answered.failure();
              return failure == null
                  ? Future.succeededFuture((T) answered.answer())
                  : Future.failedFuture(failure);
            });
  }

  @Override
  public Future<Greeting> register(UUID holder) {
    return ask(store -> store.register(holder));
  }

  @Override
  public Future<Greeting> heartbeat(UUID holder, Signs signs) {
    return ask(store -> store.heartbeat(holder, signs));
  }

  @Override
  public Future<List<StepAnswer>> step(UUID holder, List<Step> steps) {
    return ask(store -> store.step(holder, steps));
  }

  @Override
  public Future<Void> end(UUID holder, boolean left, List<Total> totals) {
    return ask(store -> store.end(holder, left, totals));
  }
}
