package dev.infermux.policy.routing.selection;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.ProviderConditions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ScoredCandidate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration alone says of a model: its group and strategy, who may serve it, and why
 * the others may not. Immutable but for whose turn it is; safe on any thread.
 */
public final class CandidateList {

  /** After so many the call goes where it was to go: all candidates are being measured. */
  private static final int MOST_LOST_CLAIMS = 3;

  private final String group;
  private final RoutingStrategy strategy;
  private final ScoredCandidate[] contenders;
  private final List<Candidate> candidates;
  private final @Nullable Exclusion[] reasons;
  private final RoundRobinCursor cursor;

  /**
   * Takes what the configuration says.
   *
   * @param group empty when none applies
   * @param contenders in declared order
   * @param reasons for each provider why it is no contender; null for one that is
   */
  public CandidateList(
      String group,
      RoutingStrategy strategy,
      List<ScoredCandidate> contenders,
      @Nullable Exclusion[] reasons,
      RoundRobinCursors cursors) {
    this.group = group;
    this.strategy = strategy;
    this.contenders = contenders.toArray(ScoredCandidate[]::new);
    this.candidates = contenders.stream().map(ScoredCandidate::candidate).toList();
    this.reasons = Arrays.copyOf(reasons, reasons.length);
    this.cursor = cursors.of(group, candidates.stream().map(Candidate::provider).toList());
  }

  /** The route group; empty when none applies. */
  public String group() {
    return group;
  }

  public RoutingStrategy strategy() {
    return strategy;
  }

  /** Those that serve the model, in declared order, eligible or not. */
  public List<Candidate> candidates() {
    return candidates;
  }

  public boolean isEmpty() {
    return contenders.length == 0;
  }

  /** Why a provider is none of the candidates; null when it is one. */
  public @Nullable Exclusion reason(int provider) {
    return reasons[provider];
  }

  /**
   * Chooses and gives the turn away; null when none is left.
   *
   * @param tried names of those that are out of the question
   * @param random asked once for a number, by a strategy that needs it
   */
  public @Nullable Candidate next(
      CallFacts facts, ProviderConditions now, Set<String> tried, RandomGenerator random) {
    int lost = 0;
    while (true) {
      int last = cursor.last();
      long seed = strategy.draws() ? random.nextLong() : last;
      int chosen = choose(facts, now, tried, seed);
      if (chosen < 0) {
        return null;
      }
      if (strategy.measures() && !claimed(chosen, now) && ++lost < MOST_LOST_CLAIMS) {
        continue;
      }
      if (!strategy.rotates() || cursor.turn(last, chosen)) {
        return contenders[chosen].candidate();
      }
    }
  }

  /** Whether {@link #next} would find one. */
  public boolean hasNext(CallFacts facts, ProviderConditions now, Set<String> tried) {
    return Arrays.stream(contenders).anyMatch(one -> isOpen(one, facts, now, tried, true));
  }

  /** False when another call was faster to measure the chosen candidate. */
  private boolean claimed(int chosen, ProviderConditions now) {
    boolean overdue = cursor.counts().overdue(chosen);
    cursor.counts().asked(chosen);
    return now.claim(contenders[chosen].index(), overdue);
  }

  /** Whether its last measurement lies too many calls back, and no call renews it. */
  private boolean overdue(int position, ProviderConditions now) {
    return strategy.measures()
        && cursor.counts().overdue(position)
        && !now.measuring(contenders[position].index());
  }

  /**
   * The position of the chosen candidate, -1 when none is left. The same arguments give the same
   * choice. Where nobody is open those are asked that a hint alone leaves out: a failed health
   * check is no evidence against a provider that may be the last one.
   *
   * @param seed the position of the last turn, -1 before the first; for {@code random} any number
   */
  int choose(CallFacts facts, ProviderConditions now, Set<String> tried, long seed) {
    int open = choose(facts, now, tried, seed, false);
    return open >= 0 ? open : choose(facts, now, tried, seed, true);
  }

  private int choose(
      CallFacts facts, ProviderConditions now, Set<String> tried, long seed, boolean lastResort) {
    int best = -1;
    double lowest = Double.POSITIVE_INFINITY;
    int at = strategy.rotates() ? Math.floorMod(seed + 1, Math.max(1, contenders.length)) : 0;
    for (int left = contenders.length; left > 0; left--) {
      ScoredCandidate contender = contenders[at];
      // The score first: it is cheap, and a candidate that does not lead needs no closer look.
      double score = overdue(at, now) ? 0 : strategy.score(contender, facts, now, seed);
      if (score < lowest && isOpen(contender, facts, now, tried, lastResort)) {
        best = at;
        lowest = score;
        if (score <= 0) {
          return best;
        }
      }
      at = at + 1 == contenders.length ? 0 : at + 1;
    }
    return best;
  }

  private static boolean isOpen(
      ScoredCandidate contender,
      CallFacts facts,
      ProviderConditions now,
      Set<String> tried,
      boolean lastResort) {
    if (!tried.isEmpty() && tried.contains(contender.candidate().provider())) {
      return false;
    }
    Exclusion why = now.exclusion(contender, facts);
    return why == null || (lastResort && why.hint());
  }

  ScoredCandidate[] contenders() {
    return contenders;
  }

  RoundRobinCursor cursor() {
    return cursor;
  }
}
