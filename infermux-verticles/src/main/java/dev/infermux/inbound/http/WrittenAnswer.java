package dev.infermux.inbound.http;

import dev.infermux.inbound.AnswerHold;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerBytes;
import dev.infermux.inference.InferenceException;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/**
 * Holds an answer in the form that its caller gets, which may be larger than the one that it came
 * in: whether there is room for it shows before the call counts as answered.
 */
record WrittenAnswer(AnswerHold hold, Function<Answer, Buffer> form) implements AnswerBytes {

  /** What the names and figures take that are known only when it is written. */
  private static final int UNKNOWN_YET = 4 << 10;

  /** Written, a byte takes six at most: what is smaller is sent at once, and takes no room. */
  private static final int SENT_AT_ONCE = SlicedAnswer.SLICE / 6 - UNKNOWN_YET;

  @Override
  public boolean keep(long bytes) {
    return hold.keep(bytes);
  }

  @Override
  public boolean holds(long bytes) {
    return hold.holds(bytes);
  }

  @Override
  public boolean holdsAll(Answer answer) {
    int length = answer.bytes().length();
    return holds(length <= SENT_AT_ONCE ? length : Math.max(length, written(answer)));
  }

  private int written(Answer answer) {
    try {
      return form.apply(answer).length() + UNKNOWN_YET;
    } catch (InferenceException unwritable) {
      return 0;
    }
  }
}
