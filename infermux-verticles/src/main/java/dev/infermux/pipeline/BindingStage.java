package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Binding;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call that names what only one provider has, such as an earlier response, to that
 * provider; what another one could do without is left out there.
 */
final class BindingStage implements Stage {

  private final IssuedIds issued;
  private final Stage next;

  BindingStage(IssuedIds issued, Stage next) {
    this.issued = issued;
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    List<Binding> bindings = context.asked().body().bindings();
    if (bindings.isEmpty()) {
      return next.run(context);
    }
    String required = issuer(bindings, true);
    String preferred = issuer(bindings, false);
    if (required != null) {
      context.pin(required);
    } else if (context.call().operation() == Operation.STORED_RESPONSE) {
      return Future.failedFuture(unknown(bindings.get(0).id()));
    } else if (preferred != null) {
      context.prefer(preferred);
    }
    return next.run(context);
  }

  /** Who issued the first id of this kind that is known. */
  private @Nullable String issuer(List<Binding> bindings, boolean required) {
    for (Binding binding : bindings) {
      String provider = binding.required() == required ? issued.provider(binding.id()) : null;
      if (provider != null) {
        return provider;
      }
    }
    return null;
  }

  private static InferenceException unknown(String id) {
    return new InferenceException(
        new Failure.Unservable(
            "response_not_found",
            404,
            "response \""
                + id
                + "\": unknown (expected: the id of a response that came by way of this gateway"
                + " since it was started, from a provider that keeps responses)"));
  }
}
