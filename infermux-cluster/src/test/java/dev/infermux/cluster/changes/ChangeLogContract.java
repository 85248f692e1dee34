package dev.infermux.cluster.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.cluster.lease.ChangeLog;
import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of changes does, whatever it keeps them in. */
public abstract class ChangeLogContract {

  protected final UUID one = UUID.randomUUID();
  protected final UUID two = UUID.randomUUID();

  /** The store. */
  protected abstract ChangeLog log();

  /** Forgets everything. */
  protected abstract void clear();

  @BeforeEach
  void nothing() {
    clear();
  }

  @Test
  void first_reading_of_an_empty_store_is_version_0() {
    assertThat(get(log().changes(-1))).isEqualTo(new ChangeState(0, List.of()));
  }

  @Test
  void what_is_set_is_read_in_the_order_of_its_versions() {
    change(0, set("provider", "z", "{\"a\":1}"));
    change(1, set("provider", "a", "{}"), set("key", "k", "{}"));

    ChangeState state = get(log().changes(0));

    assertThat(state.version()).isEqualTo(2);
    assertThat(state.changes())
        .containsExactly(
            set("provider", "z", "{\"a\":1}"), set("key", "k", "{}"), set("provider", "a", "{}"));
  }

  @Test
  void newest_version_is_not_read_again() {
    change(0, set("provider", "a", "{}"));

    assertThat(get(log().changes(1))).isEqualTo(new ChangeState(1, List.of()));
  }

  @Test
  void change_that_was_decided_upon_an_older_version_is_not_taken() {
    change(0, set("provider", "a", "{}"));

    ChangeAnswer late = get(log().change(two, attempt(0, set("provider", "b", "{}"))));

    assertThat(late).isEqualTo(new ChangeAnswer(false, 1));
    assertThat(get(log().changes(0)).changes()).containsExactly(set("provider", "a", "{}"));
  }

  @Test
  void attempt_that_is_repeated_changes_nothing_whatever_came_since() {
    ChangeAttempt attempt = attempt(0, set("provider", "a", "{}"));
    assertThat(get(log().change(one, attempt))).isEqualTo(new ChangeAnswer(true, 1));
    change(1, new SharedChange("provider", "a", ChangeEffect.FORGOTTEN, ""));

    assertThat(get(log().change(one, attempt)).taken()).isTrue();

    assertThat(get(log().changes(0))).isEqualTo(new ChangeState(2, List.of()));
  }

  @Test
  void what_is_removed_is_known_as_removed_and_what_is_forgotten_is_not_known() {
    change(0, set("provider", "a", "{}"), set("provider", "b", "{}"));
    change(
        1,
        new SharedChange("provider", "a", ChangeEffect.REMOVED, ""),
        new SharedChange("provider", "b", ChangeEffect.FORGOTTEN, ""),
        new SharedChange("provider", "never", ChangeEffect.FORGOTTEN, ""));

    assertThat(get(log().changes(0)))
        .isEqualTo(
            new ChangeState(
                2, List.of(new SharedChange("provider", "a", ChangeEffect.REMOVED, ""))));
  }

  @Test
  void names_and_bodies_are_taken_as_they_are() {
    SharedChange odd = set("provider", "o'hara \"x\" \\ \0 🦊", "{\"k\":\"\\\\ $1 \\u0000\"}");

    change(0, odd);

    assertThat(get(log().changes(0)).changes()).containsExactly(odd);
  }

  @Test
  void long_ones_are_taken_in_full() {
    String models = "\"a-model-of-some-length\",".repeat(2_000);
    SharedChange large = set("key", "k", "{\"models\":[" + models + "\"\\\\ 🦊\"]}");
    SharedChange named = set("budget", "預".repeat(256), "{}");

    change(0, large, named);

    assertThat(get(log().changes(0)).changes()).containsExactlyInAnyOrder(large, named);
  }

  @Test
  void of_many_attempts_at_once_one_is_taken() {
    List<Future<ChangeAnswer>> attempts =
        IntStream.range(0, 20)
            .mapToObj(i -> log().change(one, attempt(0, set("provider", "p" + i, "{}"))))
            .toList();

    long taken = attempts.stream().filter(each -> get(each).taken()).count();

    assertThat(taken).isEqualTo(1);
    assertThat(get(log().changes(0)).changes()).hasSize(1);
  }

  protected final void change(long seen, SharedChange... changes) {
    assertThat(get(log().change(one, attempt(seen, changes))))
        .isEqualTo(new ChangeAnswer(true, seen + 1));
  }

  protected static ChangeAttempt attempt(long seen, SharedChange... changes) {
    return new ChangeAttempt(UUID.randomUUID(), seen, List.of(changes));
  }

  protected static SharedChange set(String kind, String name, String body) {
    return new SharedChange(kind, name, ChangeEffect.SET, body);
  }

  protected static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
