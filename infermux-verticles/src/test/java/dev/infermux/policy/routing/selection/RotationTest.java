package dev.infermux.policy.routing.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.routing.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RotationTest {

  private static final int CHOICES = 3_000;

  @RepeatedTest(50)
  void turns_of_any_two_differ_by_one_at_most_while_both_may_be_chosen() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int size = 2 + random.nextInt(9);
    Field field = Field.of(names(size));
    CandidateList candidates = field.lineup("m");
    Turns turns = new Turns(size);

    for (int i = 0; i < CHOICES; i++) {
      churn(field, random, size);
      Set<String> tried = tried(random, size);
      boolean[] open = new boolean[size];
      for (int p = 0; p < size; p++) {
        open[p] = field.exclusion(p) == null && !tried.contains("p" + p);
      }
      Candidate chosen = candidates.next(Field.FACTS, field, tried, () -> 0);
      assertThat(chosen == null).as("seed %d, choice %d", seed, i).isEqualTo(none(open));
      int winner = chosen == null ? -1 : field.index(chosen.provider());
      assertThat(winner < 0 || open[winner]).as("seed %d, choice %d", seed, i).isTrue();
      turns.took(winner, open);
      assertThat(turns.widest()).as("seed %d, choice %d", seed, i).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void threads_share_the_turns_evenly() throws Exception {
    Field field = Field.of("a", "b", "c");
    CandidateList candidates = field.lineup("m");
    AtomicIntegerArray counts = new AtomicIntegerArray(3);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<Void> caller =
        () -> {
          for (int i = 0; i < 30_000; i++) {
            Candidate chosen = candidates.next(Field.FACTS, field, Set.of(), () -> 0);
            counts.incrementAndGet(field.index(chosen.provider()));
          }
          return null;
        };

    for (Future<Void> done : threads.invokeAll(List.of(caller, caller, caller, caller))) {
      done.get(30, TimeUnit.SECONDS);
    }
    threads.shutdown();

    assertThat(List.of(counts.get(0), counts.get(1), counts.get(2))).containsOnly(40_000);
  }

  @Test
  void healthy_providers_share_evenly_what_a_failing_one_leaves() {
    Field field = Field.of("a", "b", "c", "d");
    CandidateList candidates = field.lineup("m");
    Random random = new Random(7);
    int[] answers = new int[4];
    List<Set<String>> waiting = new ArrayList<>();

    for (int i = 0; i < 10_000; i++) {
      boolean again = !waiting.isEmpty() && random.nextInt(3) == 0;
      Set<String> tried =
          again ? waiting.remove(random.nextInt(waiting.size())) : new LinkedHashSet<>();
      String chosen = candidates.next(Field.FACTS, field, tried, () -> 0).provider();
      if (chosen.equals("b")) {
        waiting.add(new LinkedHashSet<>(List.of("b")));
      } else {
        answers[field.index(chosen)]++;
      }
    }

    int[] healthy = {answers[0], answers[2], answers[3]};
    assertThat(Arrays.stream(healthy).max().orElseThrow())
        .isLessThanOrEqualTo(Arrays.stream(healthy).min().orElseThrow() + 1);
  }

  private static void churn(Field field, Random random, int size) {
    if (random.nextInt(5) == 0) {
      String who = "p" + random.nextInt(size);
      field.excludes(who, random.nextBoolean() ? Exclusion.CIRCUIT_OPEN : null);
    }
  }

  private static Set<String> tried(Random random, int size) {
    Set<String> tried = new LinkedHashSet<>();
    while (random.nextInt(4) == 0) {
      tried.add("p" + random.nextInt(size));
    }
    return tried;
  }

  private static boolean none(boolean[] open) {
    for (boolean one : open) {
      if (one) {
        return false;
      }
    }
    return true;
  }

  private static String[] names(int size) {
    return IntStream.range(0, size).mapToObj(i -> "p" + i).toArray(String[]::new);
  }

  /** Counts by how much each pair has drifted apart since one of the two was last out. */
  private static final class Turns {
    private final int[][] lead;
    private final int[][] least;
    private final int[][] most;

    Turns(int size) {
      lead = new int[size][size];
      least = new int[size][size];
      most = new int[size][size];
    }

    void took(int winner, boolean[] open) {
      for (int a = 0; a < open.length; a++) {
        for (int b = 0; b < open.length; b++) {
          if (!open[a] || !open[b]) {
            lead[a][b] = 0;
            least[a][b] = 0;
            most[a][b] = 0;
          } else if (a == winner || b == winner) {
            lead[a][b] += a == b ? 0 : a == winner ? 1 : -1;
            least[a][b] = Math.min(least[a][b], lead[a][b]);
            most[a][b] = Math.max(most[a][b], lead[a][b]);
          }
        }
      }
    }

    int widest() {
      int widest = 0;
      for (int a = 0; a < lead.length; a++) {
        for (int b = 0; b < lead.length; b++) {
          widest = Math.max(widest, most[a][b] - least[a][b]);
        }
      }
      return widest;
    }
  }
}
