package dev.infermux.config.block;

import dev.infermux.config.schema.Kind;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** {@code http.cors}: whose pages may call. */
final class CorsBlock {
  private static final Kind<String> ORIGIN = Texts.name(256);
  private static final String FORM = "[a-z][a-z0-9+.-]*://[^/\\s]+";

  private static final Part ORIGINS =
      Part.of(
          "origins",
          new ListOf(new One(ORIGIN)),
          "Pages whose scripts may call, such as `https://app.example.com`; `*` = all, save of"
              + " management.");

  static final Block BLOCK = Block.of(ORIGINS);

  private CorsBlock() {}

  static List<String> read(Fields fields) {
    List<String> origins = new ArrayList<>();
    for (Node item : fields.at(ORIGINS).items()) {
      item.need(ORIGIN)
          .ifPresent(
              origin -> {
                if (!origin.equals("*") && !origin.matches(FORM)) {
                  item.refuse("a scheme and a host in lower case, without a path, or *");
                }
                origins.add(origin);
              });
    }
    return origins;
  }
}
