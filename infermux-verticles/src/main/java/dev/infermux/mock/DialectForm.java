package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An API whose chats its dialect's own writer writes: the one that answers the gateway's callers.
 *
 * @param body the request that is answered
 */
record DialectForm(ApiShape shape, ChatDialect chat, Framing framing, RequestBody body)
    implements AnswerForm {

  @Override
  public String mediaType() {
    return shape.mediaType();
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    return shape.headers(plan);
  }

  @Override
  public StepForm stream(ResponsePlan plan) {
    return new DialectSteps(shape, chat.writer(attempt(plan)), framing.writer(), plan);
  }

  @Override
  public String body(ResponsePlan plan) {
    SignedEvents events = new SignedEvents(shape.signs(), plan);
    List<ChatEvent> all = new ArrayList<>();
    all.add(plan.begins());
    plan.events().forEach(event -> events.pass(event, all::add));
    events.end(all::add);
    all.add(plan.finish());
    if (plan.usage() != null) {
      all.add(new ChatEvent.Used(plan.usage()));
    }
    all.add(new ChatEvent.Over());
    return chat.answer(all, attempt(plan)).toString(UTF_8);
  }

  @Override
  public String failed(ResponsePlan plan) {
    return shape.failed(plan.error(), plan);
  }

  @Override
  public String error(MockError error) {
    return shape.error(error);
  }

  @Override
  public String torn() {
    return shape.torn();
  }

  /** A writer wants to know what it answers. */
  private Attempt attempt(ResponsePlan plan) {
    Cancellation never = new Cancellation();
    Call call =
        new Call(
            "mock" + plan.number(),
            Operation.CHAT,
            body,
            null,
            Attribution.ANONYMOUS,
            null,
            CallerHeaders.NONE,
            Origin.LIBRARY,
            never,
            plan.created() * 1_000_000_000,
            0,
            Call.NO_DEADLINE,
            Call.UNHEARD,
            Call.UNKEPT);
    return new Attempt(
        call, plan.call().model(), null, 1, never, AttemptProgress.UNHEARD, false, true);
  }
}
