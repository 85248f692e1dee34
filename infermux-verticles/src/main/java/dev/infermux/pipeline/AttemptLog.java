package dev.infermux.pipeline;

import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts of one call: those under way, those that have ended, and which of these the ledger
 * knows. Only the call's event loop touches it.
 */
final class AttemptLog {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);

  /** The provider has not said yet how many tokens the prompt has. */
  static final long NOT_COUNTED = -1;

  private final List<AttemptContext> underWay = new ArrayList<>(1);
  private final List<Ended> ended = new ArrayList<>(1);
  private final List<Runnable> whenIdle = new ArrayList<>(0);
  private int settled;
  private long promptTokens = NOT_COUNTED;
  private @Nullable Runnable onPromptCounted;

  /** An attempt that was sent, and how it ended. */
  record Ended(AttemptContext attempt, AttemptRecord record) {}

  /** How many attempts were made: each was sent, or is about to be. */
  int made() {
    return ended.size() + underWay.size();
  }

  void begin(AttemptContext attempt) {
    promptTokens = NOT_COUNTED;
    underWay.add(attempt);
  }

  /** Takes note of how an attempt ended; null when it was refused, which leaves no record. */
  void end(AttemptContext attempt, @Nullable AttemptRecord record) {
    promptTokens = NOT_COUNTED;
    underWay.removeIf(open -> open.number() == attempt.number());
    if (record != null) {
      ended.add(new Ended(attempt, record));
    }
    if (underWay.isEmpty() && !whenIdle.isEmpty()) {
      List<Runnable> tasks = List.copyOf(whenIdle);
      whenIdle.clear();
      tasks.forEach(AttemptLog::done);
    }
  }

  /** One that throws must not keep the others from theirs. */
  private static void done(Runnable task) {
    try {
      task.run();
    } catch (Throwable bug) {
      LOG.error("a bug at the end of a call", bug);
    }
  }

  /** Takes note of an attempt that a bug ended, unless its end is known. */
  void broken(AttemptContext attempt) {
    for (AttemptContext open : underWay) {
      if (open.number() == attempt.number()) {
        end(attempt, null);
        return;
      }
    }
  }

  /** Runs a task once no attempt is under way; at once when none is. */
  void whenIdle(Runnable task) {
    if (underWay.isEmpty()) {
      task.run();
    } else {
      whenIdle.add(task);
    }
  }

  List<AttemptContext> underWay() {
    return underWay;
  }

  /** Takes note of how many tokens an attempt's provider counts for the prompt. */
  void promptCounted(AttemptContext attempt, long tokens) {
    boolean alone = underWay.size() == 1 && underWay.get(0).number() == attempt.number();
    if (alone && tokens != promptTokens) {
      promptTokens = tokens;
      if (onPromptCounted != null) {
        onPromptCounted.run();
      }
    }
  }

  /** What the provider of the one attempt under way counts; else {@link #NOT_COUNTED}. */
  long promptTokens() {
    return promptTokens;
  }

  /** What to do from now on when a provider counts the prompt. */
  void onPromptCounted(Runnable task) {
    onPromptCounted = task;
  }

  /** Every attempt that has ended, in the order in which they began. */
  List<AttemptRecord> records() {
    if (ended.size() == 1) {
      return List.of(ended.get(0).record());
    }
    return ended.stream()
        .sorted(Comparator.comparingInt(one -> one.attempt().number()))
        .map(Ended::record)
        .toList();
  }

  /** Whether any attempt was charged, whether the ledger knows or not. */
  boolean charged() {
    for (Ended one : ended) {
      if (one.record().charge() != null) {
        return true;
      }
    }
    return false;
  }

  /** Hands out the attempts that the ledger does not know yet; each is handed out once. */
  List<Ended> takeUnsettled() {
    List<Ended> unsettled = List.copyOf(ended.subList(settled, ended.size()));
    settled = ended.size();
    return unsettled;
  }

  /** What all attempts together were charged; null when none was. */
  @Nullable AttemptCost total() {
    AttemptCost total = null;
    for (Ended one : ended) {
      AttemptCost charge = one.record().charge();
      if (charge != null) {
        total = total == null ? charge : total.plus(charge);
      }
    }
    return total;
  }
}
