package dev.infermux.health;

import dev.infermux.dialect.openai.ChatBodies;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.mist.MistIds;
import dev.infermux.time.Time;

/**
 * The smallest completion there is, as a check. No listener made it and no stage of the pipeline
 * sees it, so that it costs no caller anything in our ledger; the provider charges for it all the
 * same.
 */
final class OneTokenCompletion {

  private static final Origin ORIGIN = new Origin("health", "", "", null, null, null);
  private static final Attribution NOBODY = new Attribution("infermux-health-check", "", "");

  private OneTokenCompletion() {}

  static Attempt of(String model, Cancellation cancellation, Time time) {
    Call call =
        new Call(
            MistIds.newId(),
            Operation.CHAT,
            ChatBodies.of(model, "ping", 1),
            null,
            NOBODY,
            null,
            CallerHeaders.NONE,
            ORIGIN,
            cancellation,
            time.epochNanos(),
            time.nanos(),
            Call.NO_DEADLINE,
            Call.UNHEARD,
            Call.UNKEPT);
    return new Attempt(call, model, null, 1, cancellation, AttemptProgress.UNHEARD, false, true);
  }
}
