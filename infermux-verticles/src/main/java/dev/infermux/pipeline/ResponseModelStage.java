package dev.infermux.pipeline;

import dev.infermux.inference.Call;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.policy.routing.selection.RouteRequest;
import io.vertx.core.Future;

/** Gives an answer the name under which the caller asked for its model, if there was one. */
final class ResponseModelStage implements Stage {

  private final Stage next;

  ResponseModelStage(Stage next) {
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(CallContext context) {
    Future<ProviderAnswer> answer = next.run(context);
    Call call = context.call();
    if (RouteRequest.auto(call.model())) {
      return answer;
    }
    ModelRewriter name = new ModelRewriter(call.model());
    return answer.map(served -> renamed(served, name));
  }

  private static ProviderAnswer renamed(ProviderAnswer answer, ModelRewriter name) {
    if (answer instanceof ProviderAnswer.Whole whole) {
      return new ProviderAnswer.Whole(
          name.in(whole.body()),
          whole.model(),
          whole.usage(),
          whole.finishReason(),
          whole.contentChars());
    }
    ProviderAnswer.Streamed streamed = (ProviderAnswer.Streamed) answer;
    return new ProviderAnswer.Streamed(
        streamed.model(), new RenamedStream(streamed.stream(), name));
  }
}
