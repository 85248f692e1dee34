package dev.infermux.pipeline;

import dev.infermux.inference.Call;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.record.CallTrace.AttemptTrace;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.policy.routing.Candidate;
import java.util.List;

/**
 * One attempt of a call, fixed when it begins; several of one call may be under way at once.
 *
 * @param number its place among the call's attempts, from 1
 * @param choice the provider, and why it was chosen
 * @param asked the call as this attempt puts it, which may have another body than the caller's
 * @param dropped the caller's names of what was left out of it
 * @param last whether no other provider will be asked after it
 * @param cancellation ends this attempt; the call's own, or one that follows it
 * @param continues whether it goes on from the beginning of an answer
 */
record AttemptContext(
    int number,
    Choice choice,
    Call asked,
    List<String> dropped,
    boolean last,
    Cancellation cancellation,
    AttemptTrace trace,
    boolean continues) {

  Candidate candidate() {
    return choice.candidate();
  }

  /** Where the answer of this attempt comes from. */
  ServedBy servedBy() {
    return new ServedBy(
        candidate().provider(), candidate().model(), choice.strategy(), choice.group(), "", 0, 1);
  }

  /** The same attempt where another provider may be asked after it. */
  AttemptContext notLast() {
    return new AttemptContext(
        number, choice, asked, dropped, false, cancellation, trace, continues);
  }

  /** The same attempt under a cancellation of its own. */
  AttemptContext withCancellation(Cancellation own) {
    return new AttemptContext(number, choice, asked, dropped, last, own, trace, continues);
  }
}
