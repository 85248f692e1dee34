package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.KeySuggestion;
import dev.infermux.config.tree.Node;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An item of {@code routing.groups}. */
final class GroupBlock {
  private static final int MAX_NAME = 128;

  private static final Key<String> NAME =
      Key.required("name", Texts.name(MAX_NAME), "Unique; appears in headers, events and logs.");
  private static final Part MODELS =
      Part.required(
          "models",
          new ListOf(new One(Texts.model())),
          "The models that are routed through the group.");
  private static final Key<RoutingStrategy> STRATEGY =
      Key.optional(
          "strategy",
          Choices.of(List.of(RoutingStrategy.values()), RoutingStrategy::wireName),
          "The group's own; absent = that of `routing`.");
  private static final Part PROVIDERS =
      Part.of(
          "providers",
          new ListOf(new One(Texts.name(MAX_NAME))),
          "Names of those that may serve it; absent = all.");

  static final Block BLOCK = Block.of(NAME, MODELS, STRATEGY, PROVIDERS);

  private GroupBlock() {}

  static List<GroupOptions> readAll(Node node, List<String> providers) {
    Map<String, String> pathsByName = new LinkedHashMap<>();
    List<GroupOptions> groups = new ArrayList<>();
    for (Node item : node.items()) {
      Fields fields = item.fields(BLOCK);
      groups.add(read(fields, providers));
      Uniqueness.check(fields.at(NAME), pathsByName);
    }
    return groups;
  }

  private static GroupOptions read(Fields fields, List<String> providers) {
    return new GroupOptions(
        fields.need(NAME, "?"),
        models(fields.at(MODELS)),
        fields.find(STRATEGY).orElse(null),
        members(fields.at(PROVIDERS), providers));
  }

  private static List<String> models(Node node) {
    if (node.absent() || (node.isList() && node.items().isEmpty())) {
      String found = node.absent() ? "missing" : "[]";
      node.report().problem(node.path(), found, "at least one model");
    }
    List<String> models = new ArrayList<>();
    node.items().forEach(item -> item.need(Texts.model()).ifPresent(models::add));
    return models;
  }

  private static List<String> members(Node node, List<String> providers) {
    if (node.isList() && node.items().isEmpty()) {
      node.report().problem(node.path(), "[]", "at least one provider, or no providers key at all");
    }
    List<String> members = new ArrayList<>();
    for (Node item : node.items()) {
      item.need(Texts.name(MAX_NAME))
          .ifPresent(
              name -> {
                members.add(name);
                if (!providers.contains(name)) {
                  item.refuse(oneOf(name, providers));
                }
              });
    }
    return members;
  }

  private static String oneOf(String name, List<String> providers) {
    String hint =
        KeySuggestion.to(name, providers)
            .map(near -> "; did you mean \"" + near + "\"?")
            .orElse("");
    return "a configured provider: " + String.join(" | ", providers) + hint;
  }
}
