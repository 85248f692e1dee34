package dev.infermux.nodes.hints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/**
 * Three nodes share 600 requests a minute that are asked for 900 times, in virtual time. What one
 * counter for all would admit is 600 a minute.
 */
class RateSharingTest {

  private static final int LIMIT = 600;
  private static final int MINUTES = 10;

  @Test
  void even_demand_is_admitted_almost_as_by_one_counter() {
    Measured measured = run(new double[] {5, 5, 5}, -1);

    assertThat(measured.ofCentral()).isBetween(0.90, 1.05);
    assertThat(measured.worstMinute).isLessThanOrEqualTo(LIMIT * 115 / 100);
  }

  @Test
  void skewed_demand_moves_the_shares() {
    Measured measured = run(new double[] {12, 2, 1}, -1);

    assertThat(measured.ofCentral()).isBetween(0.85, 1.05);
    assertThat(measured.worstMinute).isLessThanOrEqualTo(LIMIT * 115 / 100);
  }

  @Test
  void a_node_that_is_cut_off_keeps_its_part_and_the_others_theirs() {
    Measured measured = run(new double[] {5, 5, 5}, 4);

    assertThat(measured.worstMinute).isLessThanOrEqualTo(LIMIT * 115 / 100);
    assertThat(measured.ofCentral()).isBetween(0.85, 1.05);
  }

  /** All of it moves to another node every other minute. */
  @Test
  void demand_that_moves_at_once_is_followed_within_the_limit() {
    Measured measured = run((minute, node) -> node == (minute / 2) % 3 ? 15 : 0, -1);

    assertThat(measured.worstMinute).isLessThanOrEqualTo(LIMIT * 115 / 100);
    assertThat(measured.ofCentral()).isBetween(0.70, 1.10);
  }

  private static Measured run(double[] perSecond, int cutMinute) {
    return run((minute, node) -> perSecond[node], cutMinute);
  }

  private static Measured run(Demand demand, int cutMinute) {
    HintNetwork network = new HintNetwork(3, LIMIT);
    network.second();
    double[] owed = new double[3];
    Deque<Integer> minute = new ArrayDeque<>();
    int inMinute = 0;
    Measured measured = new Measured();
    for (int second = 0; second < MINUTES * 60; second++) {
      int now = second / 60;
      network.nodes.get(2).cut = now == cutMinute || now == cutMinute + 1;
      int admitted = 0;
      for (int i = 0; i < 3; i++) {
        owed[i] += demand.perSecond(now, i);
        int calls = (int) owed[i];
        owed[i] -= calls;
        admitted += network.nodes.get(i).ask(calls);
      }
      minute.addLast(admitted);
      inMinute += admitted - (minute.size() > 60 ? minute.removeFirst() : 0);
      measured.worstMinute = Math.max(measured.worstMinute, inMinute);
      measured.all += admitted;
      network.second();
    }
    return measured;
  }

  /** What is asked of a node in a minute. */
  private interface Demand {
    double perSecond(int minute, int node);
  }

  /** What was admitted. */
  private static final class Measured {
    private int all;
    private int worstMinute;

    double ofCentral() {
      return (double) all / (LIMIT * MINUTES);
    }
  }
}
