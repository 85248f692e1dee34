package dev.infermux.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.WallClock;
import dev.infermux.json.JsonStrings;
import dev.infermux.mist.MistIds;

/**
 * The smallest completion there is, as a check. No listener made it and no stage of the pipeline
 * sees it, so that nobody is charged in our books; the provider charges for it all the same.
 */
final class OneTokenCompletion {

  private static final Origin ORIGIN = new Origin("health", "", "", null, null, null);
  private static final Attribution NOBODY = new Attribution("infermux-health-check", "", "");

  private OneTokenCompletion() {}

  static Attempt of(String model, Cancellation cancellation) {
    String body =
        "{\"model\":"
            + JsonStrings.quoted(model)
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}],\"max_tokens\":1}";
    Call call =
        new Call(
            MistIds.newId(),
            Operation.CHAT,
            OpenAiRequestBody.scan(Operation.CHAT, body.getBytes(UTF_8)),
            null,
            NOBODY,
            null,
            ORIGIN,
            cancellation,
            WallClock.epochNanos(),
            System.nanoTime(),
            Call.NO_DEADLINE);
    return new Attempt(call, model, null, 1, cancellation, Attempt.UNHEARD);
  }
}
