package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.StoreException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The way of one process to the store: takes time, loses answers, may be cut. */
final class SimulatedLink implements LeaseStore {

  static final long THERE = 1_000_000;
  private static final long TIMEOUT = 1_000_000_000L;

  private final LeaseStore store;
  private final VirtualTime time;
  private final RandomGenerator random;
  private final BooleanSupplier living;
  private final double loss;
  boolean cut;

  /**
   * @param living whether the process that asks still runs
   * @param loss of answers, 0 to 1
   */
  SimulatedLink(
      LeaseStore store,
      VirtualTime time,
      RandomGenerator random,
      BooleanSupplier living,
      double loss) {
    this.store = store;
    this.time = time;
    this.random = random;
    this.living = living;
    this.loss = loss;
  }

  private <T> Future<T> over(Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    time.after(
        TIMEOUT,
        () -> {
          if (living.getAsBoolean()) {
            answer.tryFail(new StoreException(Kind.UNREACHABLE, "no answer"));
          }
        });
    time.after(THERE, () -> arrive(question, answer));
    return answer.future();
  }

  private <T> void arrive(Supplier<Future<T>> question, Promise<T> answer) {
    if (cut) {
      return;
    }
    Future<T> done = question.get();
    boolean lost = random.nextDouble() < loss;
    time.after(
        THERE,
        () -> {
          if (!cut && !lost && living.getAsBoolean()) {
            done.onSuccess(answer::tryComplete).onFailure(answer::tryFail);
          }
        });
  }

  @Override
  public Future<Greeting> register(UUID holder) {
    return over(() -> store.register(holder));
  }

  @Override
  public Future<Greeting> heartbeat(UUID holder, Signs signs) {
    return over(() -> store.heartbeat(holder, signs));
  }

  @Override
  public Future<List<StepAnswer>> step(UUID holder, List<Step> steps) {
    return over(() -> store.step(holder, steps));
  }

  @Override
  public Future<Void> end(UUID holder, boolean left, List<Total> totals) {
    return over(() -> store.end(holder, left, totals));
  }
}
