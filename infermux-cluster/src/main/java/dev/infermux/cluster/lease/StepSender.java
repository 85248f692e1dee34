package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.StoreException.Kind;
import dev.infermux.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings steps to the store and repeats them, unchanged, until they are answered. The budget's
 * event loop has it.
 */
final class StepSender {

  private static final int MOST_TOGETHER = 500;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final LeaseStore store;
  private final Time time;
  private final LeaseOptions options;
  private final LeaseBook book;
  private final Contact contact;
  private @Nullable UUID holder;
  private boolean closed;

  StepSender(LeaseStore store, Time time, LeaseOptions options, LeaseBook book) {
    this.store = store;
    this.time = time;
    this.options = options;
    this.book = book;
    this.contact = new Contact(time, book.events());
  }

  /** Whether the store answers. */
  Contact contact() {
    return contact;
  }

  void begin(UUID holder) {
    this.holder = holder;
    book.all().forEach(lease -> lease.unanswered = false);
    contact.begun();
  }

  void close() {
    closed = true;
  }

  boolean ready() {
    return holder != null && !closed;
  }

  /** Whether the limit alone counts for now, as the configuration asks for. */
  boolean spendsLocally() {
    return holder != null && contact.silentWithin(options.spendLocally());
  }

  void send(List<LeaseState> leases) {
    UUID here = holder;
    if (here == null) {
      return;
    }
    Batch batch = new Batch(here);
    for (LeaseState lease : leases) {
      if (lease.inFlight == null && !lease.ended()) {
        batch.leases.add(lease);
        batch.steps.add(book.step(lease));
      }
      if (batch.steps.size() == MOST_TOGETHER) {
        send(batch, FIRST_PAUSE);
        batch = new Batch(here);
      }
    }
    if (!batch.steps.isEmpty()) {
      send(batch, FIRST_PAUSE);
    }
  }

  private void send(Batch batch, Duration pause) {
    long sent = time.nanos();
    store
        .step(batch.holder, List.copyOf(batch.steps))
        .onComplete(
            (answers, failure) -> {
              if (closed || !batch.holder.equals(holder)) {
                return;
              }
              if (answers != null) {
                answered(batch, answers, time.nanos() - sent);
              } else {
                failed(batch, StoreException.of(failure), pause);
              }
            });
  }

  private void answered(Batch batch, List<StepAnswer> answers, long nanos) {
    heard(batch);
    for (int i = 0; i < answers.size(); i++) {
      book.events().stepped(nanos, batch.steps.get(i), answers.get(i));
      book.answered(batch.leases.get(i), batch.steps.get(i), answers.get(i));
    }
    book.flush();
  }

  private void failed(Batch batch, StoreException failure, Duration pause) {
    if (failure.kind() == Kind.FENCED) {
      holder = null;
      book.fenced(batch.holder, String.valueOf(failure.getMessage()));
      return;
    }
    if (failure.kind() == Kind.UNREACHABLE) {
      if (!batch.failing) {
        batch.failing = true;
        contact.repeats();
      }
      contact.failed(String.valueOf(failure.getMessage()));
    } else {
      heard(batch);
      if (batch.steps.size() == 1) {
        refused(batch.leases.get(0), String.valueOf(failure.getMessage()));
      }
    }
    Duration next = min(pause.multipliedBy(2), LONGEST_PAUSE);
    time.timers().start(pause, () -> repeat(batch, failure.kind(), next));
  }

  private void heard(Batch batch) {
    if (batch.failing) {
      batch.failing = false;
      contact.repeated();
    }
    contact.heard();
  }

  private void refused(LeaseState lease, String reason) {
    if (!lease.unanswered) {
      lease.unanswered = true;
      book.events().refused(lease.account, reason);
    }
  }

  /**
   * What is refused is tried step by step, so that one lease cannot keep the others from theirs.
   */
  private void repeat(Batch batch, Kind kind, Duration pause) {
    if (closed || !batch.holder.equals(holder)) {
      return;
    }
    if (kind == Kind.UNREACHABLE || batch.steps.size() == 1) {
      send(batch, pause);
      return;
    }
    for (int i = 0; i < batch.steps.size(); i++) {
      Batch single = new Batch(batch.holder);
      single.leases.add(batch.leases.get(i));
      single.steps.add(batch.steps.get(i));
      send(single, pause);
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Steps that go together, and whose they are. */
  private static final class Batch {
    final UUID holder;
    final List<LeaseState> leases = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();

    /** Whether the store has not answered the last try. */
    boolean failing;

    Batch(UUID holder) {
      this.holder = holder;
    }
  }
}
