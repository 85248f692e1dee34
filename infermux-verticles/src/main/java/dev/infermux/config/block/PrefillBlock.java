package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Kind;
import dev.infermux.config.schema.Shape;
import dev.infermux.config.schema.Shape.Either;
import dev.infermux.config.schema.Shape.MapOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.tree.Node;
import dev.infermux.inference.Prefill;
import dev.infermux.provider.PrefillOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code prefill} of a provider: one way for all its models, or one for each that can. */
final class PrefillBlock {

  private static final Kind<Prefill> HOW =
      Choices.orFlag(List.of(Prefill.values()), Prefill::wireName);

  static final Shape SHAPE = new Either(new One(HOW), new MapOf("model", new One(HOW)));

  private PrefillBlock() {}

  static PrefillOptions read(Node node) {
    if (!node.isMapping()) {
      return PrefillOptions.all(node.as(HOW).orElse(Prefill.NONE));
    }
    Map<String, Prefill> models = new LinkedHashMap<>();
    node.entries().forEach((model, how) -> how.need(HOW).ifPresent(way -> models.put(model, way)));
    return PrefillOptions.defaults().withModels(models);
  }
}
