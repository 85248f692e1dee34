package dev.infermux.assembly;

import dev.infermux.inference.InferenceException;
import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.ChangeStore;
import dev.infermux.nodes.SharedChange;
import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node at the newest version of what is changed for all nodes while they run. It reads
 * when another node says that there is something new, and every ten seconds in any case: one
 * reading after another. Safe on any thread.
 */
final class ChangeSync {

  static final Duration EVERY = Duration.ofSeconds(10);

  /** Until the first reading. */
  static final Duration RETRY = Duration.ofSeconds(1);

  /** Hints that come together are one. */
  static final Duration GATHER = Duration.ofMillis(100);

  /** For how long a start waits for the first reading. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * For how long a change waits for a reading; one that says nothing takes longer to be given up.
   */
  static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

  private static final int MOST_ATTEMPTS = 10;

  /** Brings a state into force. */
  interface Target {

    /** Answers with what it could not bring into force. */
    Future<List<String>> apply(ChangeState state);

    /** What was in force last, for a start without the store. */
    Future<Optional<ChangeState>> last();

    /** What is in force now. */
    Future<Void> keep(ChangeState state);
  }

  private final Target target;
  private final Time time;
  private final ChangeStatus status;
  private final AtomicReference<Future<?>> last = new AtomicReference<>(Future.succeededFuture());
  private final AtomicBoolean hinted = new AtomicBoolean();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private volatile @Nullable ChangeStore store;
  private volatile boolean closed;

  ChangeSync(Target target, Time time, ChangeStatus status) {
    this.target = target;
    this.time = time;
    this.status = status;
  }

  /** Whether what is changed by hand is changed for all nodes. */
  boolean shared() {
    return store != null;
  }

  /**
   * Begins with what there is; completes when it is in force, or cannot be read for now. Called on
   * the event loop that its timers belong to.
   */
  Future<Void> begin(ChangeStore shared) {
    store = shared;
    status.begin(time.nanos());
    Promise<Void> begun = Promise.promise();
    time.timers().start(PATIENCE, begun::tryComplete);
    time.timers().start(RETRY, this::tick);
    shared
        .listen(this::hint)
        .transform(listening -> refresh())
        .onComplete(read -> begun.tryComplete());
    return begun.future();
  }

  private void tick() {
    if (closed) {
      return;
    }
    time.timers().start(status.confirmed() ? EVERY : RETRY, this::tick);
    if (ticking.compareAndSet(false, true)) {
      refresh().onComplete(read -> ticking.set(false));
    }
  }

  private void hint() {
    if (!closed && hinted.compareAndSet(false, true)) {
      time.timers()
          .start(
              GATHER,
              () -> {
                hinted.set(false);
                refresh();
              });
    }
  }

  /**
   * Changes something for all nodes; completes when it is in force here.
   *
   * @param decide says what, and refuses by throwing or failing, upon what is in force when it is
   *     asked: once more where another node was first
   */
  Future<Void> change(Supplier<Future<List<SharedChange>>> decide) {
    return attempt(decide, 1);
  }

  private Future<Void> attempt(Supplier<Future<List<SharedChange>>> decide, int number) {
    return answered()
        .recover(cause -> away(cause, "nothing is changed"))
        .compose(
            seen ->
                decide
                    .get()
                    .compose(
                        changes ->
                            changes.isEmpty()
                                ? Future.succeededFuture(new ChangeAnswer(true, seen))
                                : write(new ChangeAttempt(UUID.randomUUID(), seen, changes))))
        .compose(
            written -> {
              if (written.taken()) {
                return answered()
                    .recover(cause -> away(cause, "the change is stored, and in force afterwards"))
                    .mapEmpty();
              }
              return number < MOST_ATTEMPTS
                  ? attempt(decide, number + 1)
                  : ManagementRefusal.refused(
                      "changes_conflict",
                      409,
                      "other nodes change something all the time (nothing is changed)");
            });
  }

  /** A reading of which whoever changes something hears in any case. */
  private Future<Long> answered() {
    Promise<Long> promise = Promise.promise();
    Timer late =
        time.timers().start(LONGEST_ANSWER, () -> promise.tryFail("it does not answer in time"));
    refresh()
        .onComplete(
            (version, failure) -> {
              late.cancel();
              if (failure == null) {
                promise.tryComplete(version);
              } else {
                promise.tryFail(failure);
              }
            });
    return promise.future();
  }

  /** An answer that was lost is asked for once more: the attempt is known by its id. */
  private Future<ChangeAnswer> write(ChangeAttempt attempt) {
    ChangeStore shared = known();
    return shared
        .write(attempt)
        .recover(lost -> shared.write(attempt))
        .recover(cause -> away(cause, "nothing is changed here"));
  }

  /**
   * Reads the newest version and answers with it; what of it cannot be brought into force is a
   * problem of this node, and tried again.
   */
  Future<Long> refresh() {
    Promise<Long> done = Promise.promise();
    Future<?> before = Objects.requireNonNull(last.getAndSet(done.future()));
    before.transform(ended -> read()).onComplete(done);
    return done.future();
  }

  private Future<Long> read() {
    ChangeStore shared = known();
    return shared
        .read(status.known())
        .onFailure(status::silent)
        .recover(away -> withoutStore().transform(done -> Future.failedFuture(away)))
        .compose(
            state -> {
              status.heard(state.version(), time.nanos());
              return state.version() == status.known()
                  ? Future.succeededFuture(state.version())
                  : bringIntoForce(state);
            })
        .onSuccess(version -> tell(shared));
  }

  /** A start without the store has what was in force last. */
  private Future<?> withoutStore() {
    if (status.version() >= 0) {
      return Future.succeededFuture();
    }
    return target
        .last()
        .compose(
            last ->
                last.isEmpty()
                    ? Future.succeededFuture()
                    : target
                        .apply(last.get())
                        .onSuccess(problems -> status.unconfirmed(last.get().version(), problems)));
  }

  private Future<Long> bringIntoForce(ChangeState state) {
    return target
        .apply(state)
        .onSuccess(problems -> status.inForce(state.version(), problems))
        .onFailure(cause -> status.failed(state.version(), cause))
        .compose(done -> target.keep(state))
        .transform(ended -> Future.succeededFuture(state.version()));
  }

  /** What this node could not bring into force has become other than it was. */
  void problems(List<String> problems) {
    status.problems(problems);
  }

  /** A hint as much as a fact: where it does not arrive, the node looks as if it were behind. */
  private void tell(ChangeStore shared) {
    shared.applied(status.version(), status.problems());
  }

  private ChangeStore known() {
    return Objects.requireNonNull(store, "no store of changes");
  }

  private static <T> Future<T> away(Throwable cause, String consequence) {
    return cause instanceof InferenceException
        ? Future.failedFuture(cause)
        : ManagementRefusal.refused(
            "ledger_unreachable",
            503,
            "changes are kept in the shared database, which does not take them: "
                + cause.getMessage()
                + " ("
                + consequence
                + ")");
  }

  Future<Void> close() {
    closed = true;
    ChangeStore shared = store;
    return shared == null ? Future.succeededFuture() : shared.close();
  }
}
