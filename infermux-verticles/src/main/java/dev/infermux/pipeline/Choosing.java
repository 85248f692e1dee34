package dev.infermux.pipeline;

import dev.infermux.inference.InferenceException;
import dev.infermux.inference.answer.ProviderAnswer;
import io.vertx.core.Future;

/** Sends a call to the provider that is chosen for it. */
final class Choosing implements Stage {

  private final Selection selection;
  private final Stage next;

  Choosing(Selection selection, Stage next) {
    this.selection = selection;
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(Passage passage) {
    try {
      selection.next(passage);
    } catch (InferenceException nobody) {
      return Future.failedFuture(nobody);
    }
    return next.run(passage);
  }
}
