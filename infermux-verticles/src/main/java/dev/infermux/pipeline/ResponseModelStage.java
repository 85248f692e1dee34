package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Answer.Body.Stream;
import dev.infermux.inference.Answer.Body.Whole;
import dev.infermux.inference.Call;
import dev.infermux.inference.ModelRewriter;
import dev.infermux.policy.routing.selection.RouteRequest;
import io.vertx.core.Future;

/** Gives an answer the name under which the caller asked for its model, if there was one. */
final class ResponseModelStage implements Stage {

  private final Stage next;

  ResponseModelStage(Stage next) {
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    Future<Answer> answer = next.run(context);
    Call call = context.call();
    if (RouteRequest.auto(call.model())) {
      return answer;
    }
    ModelRewriter name = call.body().dialect().renaming(call.model());
    return answer.map(served -> Stage.changed(served, begun -> renamed(begun, name)));
  }

  private static Answer renamed(Answer answer, ModelRewriter name) {
    if (answer.streams() && !answer.head().mediaType().isEmpty()) {
      // Sound names no model.
      return answer;
    }
    return answer.withBody(
        answer.streams()
            ? new Stream(new MappedStream(answer.events(), name::inEvents))
            : new Whole(name.in(answer.bytes())));
  }
}
