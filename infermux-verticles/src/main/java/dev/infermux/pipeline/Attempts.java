package dev.infermux.pipeline;

import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts made for one call, and which of them are booked. Only its event loop touches it. */
public final class Attempts {

  /** The provider has not said yet how many tokens the prompt has. */
  public static final long NOT_COUNTED = -1;

  private final List<AttemptRecord> ended = new ArrayList<>(1);
  private int opened;
  private int booked;
  private long promptTokens = NOT_COUNTED;
  private @Nullable Runnable onPromptCounted;

  /** Counts one that is about to be made; its number, from 1. */
  public int open() {
    promptTokens = NOT_COUNTED;
    return ++opened;
  }

  /** The one opened last was refused and never made. */
  public void withdraw() {
    opened--;
  }

  /** Notes how many tokens the provider of the one opened last counts for the prompt. */
  public void promptCounted(long tokens) {
    boolean news = tokens != promptTokens;
    promptTokens = tokens;
    if (news && onPromptCounted != null) {
      onPromptCounted.run();
    }
  }

  /** What it counts; {@link #NOT_COUNTED} while it has not said. */
  public long promptTokens() {
    return promptTokens;
  }

  /** What to do when it says so from now on. */
  public void whenPromptCounted(Runnable task) {
    onPromptCounted = task;
  }

  /** Notes how one went; what its provider counted says nothing of the next. */
  public void ended(AttemptRecord attempt) {
    promptTokens = NOT_COUNTED;
    ended.add(attempt);
  }

  /** Every one that has ended, in order. */
  public List<AttemptRecord> ended() {
    return ended;
  }

  /** Whether any has been charged, booked or not. */
  public boolean charged() {
    for (AttemptRecord attempt : ended) {
      if (attempt.charge() != null) {
        return true;
      }
    }
    return false;
  }

  /** Those not booked yet; they are booked by being asked for. */
  public List<AttemptRecord> unbooked() {
    List<AttemptRecord> unbooked = List.copyOf(ended.subList(booked, ended.size()));
    booked = ended.size();
    return unbooked;
  }

  int opened() {
    return opened;
  }

  /** What all together were charged; null when none was. */
  @Nullable AttemptCost total() {
    AttemptCost total = null;
    for (AttemptRecord attempt : ended) {
      AttemptCost charge = attempt.charge();
      if (charge != null) {
        total = total == null ? charge : total.plus(charge);
      }
    }
    return total;
  }
}
