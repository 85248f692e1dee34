package dev.infermux.pipeline;

import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.inference.call.Call;
import dev.infermux.pipeline.naming.ModelName;
import dev.infermux.pipeline.naming.RenamedStream;
import dev.infermux.pipeline.stage.Passage;
import dev.infermux.pipeline.stage.Stage;
import dev.infermux.policy.routing.serving.Asked;
import io.vertx.core.Future;

/** Gives an answer the name under which the caller asked for its model, if there was one. */
final class CallersModel implements Stage {

  private final Stage next;

  CallersModel(Stage next) {
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(Passage passage) {
    Future<ProviderAnswer> answer = next.run(passage);
    Call call = passage.call();
    if (Asked.auto(call.model())) {
      return answer;
    }
    ModelName name = new ModelName(call.model());
    return answer.map(served -> renamed(served, name));
  }

  private static ProviderAnswer renamed(ProviderAnswer answer, ModelName name) {
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
