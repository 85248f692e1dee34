package dev.infermux.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.ChangeStore;
import dev.infermux.nodes.SharedChange;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two nodes and a store in memory, on a clock that is moved by hand. */
class ChangeSyncTest {

  private final ManualTimers timers = new ManualTimers();
  private final SharedMemory memory = new SharedMemory();
  private final Node one = new Node();
  private final Node two = new Node();

  @Test
  void change_is_in_force_where_it_is_made_at_once_and_elsewhere_with_the_hint() {
    begin(one, two);

    assertThat(one.sync.change(() -> set("a")).succeeded()).isTrue();

    assertThat(one.inForce).containsExactly("a");
    assertThat(two.inForce).isEmpty();
    timers.advance(ChangeSync.GATHER);
    assertThat(two.inForce).containsExactly("a");
  }

  @Test
  void lost_hint_is_mended_by_the_next_reading() {
    begin(one, two);
    timers.advance(ChangeSync.RETRY);
    two.deaf = true;
    one.sync.change(() -> set("a"));

    timers.advance(Duration.ofSeconds(5));
    assertThat(two.inForce).isEmpty();
    timers.advance(ChangeSync.EVERY);
    assertThat(two.inForce).containsExactly("a");
    assertThat(two.status.report().version()).isEqualTo(1);
  }

  @Test
  void many_hints_are_one_reading() {
    begin(one, two);
    long before = two.reads;

    for (int i = 0; i < 100; i++) {
      two.hint.run();
    }
    timers.advance(ChangeSync.GATHER);

    assertThat(two.reads - before).isEqualTo(1);
  }

  @Test
  void start_takes_what_there_is_before_it_completes() {
    begin(one);
    one.sync.change(() -> set("a"));

    assertThat(two.sync.begin(two).succeeded()).isTrue();

    assertThat(two.inForce).containsExactly("a");
    assertThat(two.status.obstacle()).isEmpty();
  }

  @Test
  void start_without_the_store_goes_on_after_a_moment_and_is_mended() {
    begin(one);
    one.sync.change(() -> set("a"));
    two.hang = true;

    Future<Void> begun = two.sync.begin(two);
    assertThat(begun.isComplete()).isFalse();
    timers.advance(ChangeSync.PATIENCE);
    assertThat(begun.succeeded()).isTrue();
    assertThat(two.status.obstacle()).isNotEmpty();
    timers.advance(ChangeStatus.LONGEST_WAIT);
    assertThat(two.status.obstacle()).isEmpty();
    assertThat(two.status.report().silent()).isTrue();

    two.answer();
    timers.advance(ChangeSync.RETRY);
    assertThat(two.inForce).containsExactly("a");
    assertThat(two.status.report().silent()).isFalse();
  }

  @Test
  void start_without_the_store_has_what_was_in_force_last_until_the_store_is_heard() {
    begin(one);
    one.sync.change(() -> set("a"));
    two.kept = new ChangeState(1, List.of(SharedChange.set("thing", "old", "{}")));
    two.down = true;

    two.sync.begin(two);

    assertThat(two.inForce).containsExactly("old");
    assertThat(two.status.obstacle()).isEmpty();
    assertThat(two.status.report().silent()).isTrue();
    assertThat(failure(two.sync.change(() -> set("b"))).status()).isEqualTo(503);

    // Another state of the same version, as after a database was restored.
    two.down = false;
    timers.advance(ChangeSync.RETRY);
    assertThat(two.inForce).containsExactly("a");
    assertThat(two.status.report().silent()).isFalse();
    assertThat(two.kept.changes()).hasSize(1).allMatch(change -> change.name().equals("a"));
  }

  @Test
  void of_two_changes_at_once_both_count_and_the_later_sees_the_earlier() {
    begin(one, two);
    List<List<String>> seen = new ArrayList<>();

    Future<Void> made =
        one.sync.change(
            () -> {
              seen.add(List.copyOf(one.inForce));
              if (seen.size() == 1) {
                two.sync.change(() -> set("first"));
              }
              return set("second");
            });

    assertThat(made.succeeded()).isTrue();
    assertThat(seen).containsExactly(List.of(), List.of("first"));
    assertThat(one.inForce).containsExactly("first", "second");
  }

  @Test
  void change_that_does_not_fit_the_one_before_it_is_refused() {
    begin(one, two);
    two.sync.change(() -> set("a"));

    Future<Void> made =
        one.sync.change(
            () -> one.inForce.contains("a") ? Future.failedFuture(refusal()) : set("a"));

    assertThat(failure(made).status()).isEqualTo(409);
    assertThat(memory.version).isEqualTo(1);
  }

  @Test
  void change_without_the_store_is_refused_and_changes_nothing() {
    begin(one);
    one.down = true;

    Future<Void> made = one.sync.change(() -> set("a"));

    assertThat(failure(made).status()).isEqualTo(503);
    assertThat(failure(made).code()).isEqualTo("ledger_unreachable");
    assertThat(one.inForce).isEmpty();
    one.down = false;
    timers.advance(ChangeSync.EVERY);
    assertThat(one.inForce).isEmpty();
  }

  @Test
  void change_is_refused_and_not_made_late_where_the_store_says_nothing() {
    begin(one);
    one.hang = true;

    Future<Void> made = one.sync.change(() -> set("a"));
    timers.advance(ChangeSync.LONGEST_ANSWER);

    assertThat(failure(made).code()).isEqualTo("ledger_unreachable");
    assertThat(failure(made).message()).contains("in time (nothing is changed)");
    one.answer();
    timers.advance(ChangeSync.EVERY);
    assertThat(memory.version).isZero();
    assertThat(one.sync.change(() -> set("a")).succeeded()).isTrue();
  }

  @Test
  void change_that_is_stored_and_cannot_be_read_again_is_told_to_be_stored() {
    begin(one);
    one.downAfterwards = true;

    Future<Void> made = one.sync.change(() -> set("a"));

    assertThat(failure(made).code()).isEqualTo("ledger_unreachable");
    assertThat(failure(made).message()).contains("(the change is stored, and in force afterwards)");
    one.down = false;
    timers.advance(ChangeSync.EVERY);
    assertThat(one.inForce).containsExactly("a");
  }

  @Test
  void lost_answer_does_not_make_a_change_twice() {
    begin(one);
    one.losesAnswers = 1;

    assertThat(one.sync.change(() -> set("a")).succeeded()).isTrue();

    assertThat(memory.version).isEqualTo(1);
  }

  @Test
  void node_that_cannot_bring_a_version_into_force_is_behind_and_tries_again() {
    begin(one, two);
    two.broken = true;
    one.sync.change(() -> set("a"));
    timers.advance(ChangeSync.GATHER);

    assertThat(two.status.report().version()).isZero();
    assertThat(two.status.report().newest()).isEqualTo(1);
    assertThat(two.told).isEqualTo("0 [version 1: broken]");
    // It may change something all the same: what is broken, for one.
    assertThat(two.sync.change(() -> set("b")).succeeded()).isTrue();

    two.broken = false;
    timers.advance(ChangeSync.EVERY);
    assertThat(two.inForce).containsExactly("a", "b");
    assertThat(two.told).isEqualTo("2 []");
  }

  @Test
  void what_is_not_in_force_at_a_node_is_told() {
    begin(one, two);
    two.problem = "provider a: no";

    one.sync.change(() -> set("a"));
    timers.advance(ChangeSync.GATHER);

    assertThat(two.told).isEqualTo("1 [provider a: no]");
    assertThat(two.status.report().problems()).containsExactly("provider a: no");
    assertThat(one.told).isEqualTo("1 []");
  }

  private void begin(Node... nodes) {
    for (Node node : nodes) {
      assertThat(node.sync.begin(node).succeeded()).isTrue();
    }
  }

  private static Future<List<SharedChange>> set(String name) {
    return Future.succeededFuture(List.of(new SharedChange("thing", name, ChangeEffect.SET, "{}")));
  }

  private static InferenceException refusal() {
    return new InferenceException(new Failure.Unservable("exists", 409, "exists"));
  }

  private static Failure.Unservable failure(Future<Void> made) {
    return (Failure.Unservable) InferenceException.failureOf(made.cause());
  }

  /** What all nodes keep together. */
  private static final class SharedMemory {
    private final List<SharedChange> changes = new ArrayList<>();
    private final Set<UUID> attempts = new HashSet<>();
    private final List<Node> nodes = new ArrayList<>();
    private long version;
  }

  /** A node, and the store as it reaches it. */
  private final class Node implements ChangeStore, ChangeSync.Target {
    private final ChangeStatus status = new ChangeStatus(timers::nanos);
    private final List<String> inForce = new ArrayList<>();
    private final ChangeSync sync = new ChangeSync(this, timers.time(), status);
    private final List<Runnable> waiting = new ArrayList<>();
    private Runnable hint = () -> {};
    private String told = "";
    private @Nullable ChangeState kept;
    private String problem = "";
    private boolean deaf;
    private boolean down;
    private boolean downAfterwards;
    private boolean hang;
    private boolean broken;
    private int losesAnswers;
    private long reads;

    private Node() {
      memory.nodes.add(this);
    }

    @Override
    public Future<List<String>> apply(ChangeState state) {
      if (broken) {
        return Future.failedFuture("broken");
      }
      inForce.clear();
      state.changes().forEach(change -> inForce.add(change.name()));
      return Future.succeededFuture(problem.isEmpty() ? List.of() : List.of(problem));
    }

    @Override
    public Future<Optional<ChangeState>> last() {
      return Future.succeededFuture(Optional.ofNullable(kept));
    }

    @Override
    public Future<Void> keep(ChangeState state) {
      kept = state;
      return Future.succeededFuture();
    }

    private void answer() {
      hang = false;
      waiting.forEach(Runnable::run);
    }

    @Override
    public Future<ChangeState> read(long known) {
      reads++;
      if (hang) {
        Promise<ChangeState> late = Promise.promise();
        waiting.add(() -> late.fail("given up"));
        return late.future();
      }
      return down
          ? Future.failedFuture("no connection")
          : Future.succeededFuture(
              new ChangeState(
                  memory.version, known == memory.version ? List.of() : memory.changes));
    }

    @Override
    public Future<ChangeAnswer> write(ChangeAttempt attempt) {
      if (down) {
        return Future.failedFuture("no connection");
      }
      boolean repeated = memory.attempts.contains(attempt.id());
      boolean taken = repeated || attempt.seen() == memory.version;
      if (taken && !repeated) {
        memory.attempts.add(attempt.id());
        memory.changes.addAll(attempt.changes());
        memory.version++;
        memory.nodes.stream()
            .filter(node -> node != this && !node.deaf)
            .forEach(node -> node.hint.run());
      }
      down = downAfterwards;
      return losesAnswers-- > 0
          ? Future.failedFuture("connection lost")
          : Future.succeededFuture(new ChangeAnswer(taken, memory.version));
    }

    @Override
    public Future<Void> applied(long version, List<String> problems) {
      told = Math.max(0, version) + " " + problems;
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> listen(Runnable heard) {
      hint = heard;
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  /** Timers that run when the clock is moved. */
  private static final class ManualTimers {
    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private long now;
    private long order;

    private long nanos() {
      return now;
    }

    private Time time() {
      return new Time(
          this::nanos,
          InstantSource.system(),
          (delay, task) -> {
            Planned plan = new Planned(now + delay.toNanos(), order++, task);
            planned.add(plan);
            return () -> planned.remove(plan);
          });
    }

    private void advance(Duration length) {
      long end = now + length.toNanos();
      while (!planned.isEmpty() && planned.peek().at <= end) {
        Planned next = planned.poll();
        now = next.at;
        next.task.run();
      }
      now = end;
    }

    /** A task and its moment. */
    private record Planned(long at, long order, Runnable task) implements Comparable<Planned> {
      @Override
      public int compareTo(Planned other) {
        return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
      }
    }
  }
}
