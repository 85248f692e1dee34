package dev.infermux.mock;

import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.mock.MockCall.Demands;
import dev.infermux.mock.script.MockContent;
import dev.infermux.mock.script.MockToolCalls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tools that an answer calls. A caller that leaves the choice gets the calls that the
 * behaviour names, and a text once it has sent their results; one that demands a call gets one, of
 * another tool each time as long as there are any.
 */
final class ToolChoice {

  private ToolChoice() {}

  static List<Tool> of(MockContent content, Demands demands) {
    ToolUse use = demands.tools();
    boolean forced = use.mode() == Mode.REQUIRED || use.mode() == Mode.NAMED;
    MockToolCalls wanted = content.tools();
    if (use.tools().isEmpty() || use.mode() == Mode.NONE) {
      return List.of();
    } else if (use.mode() == Mode.NAMED) {
      return named(use, List.of(use.only()));
    } else if (forced && demands.results()) {
      return List.of(another(demands));
    } else if (demands.results() || (wanted == null && !forced)) {
      return List.of();
    }
    List<Tool> chosen = wanted(use, wanted == null ? MockToolCalls.FIRST : wanted);
    if (chosen.isEmpty() && forced) {
      return use.tools().subList(0, 1);
    }
    boolean alone = Boolean.FALSE.equals(use.parallel()) && !chosen.isEmpty();
    return alone ? chosen.subList(0, 1) : chosen;
  }

  private static List<Tool> wanted(ToolUse use, MockToolCalls wanted) {
    if (!wanted.names().isEmpty()) {
      return named(use, wanted.names());
    }
    List<Tool> chosen = new ArrayList<>();
    for (int i = 0; i < wanted.count(); i++) {
      chosen.add(use.tools().get(i % use.tools().size()));
    }
    return chosen;
  }

  private static List<Tool> named(ToolUse use, List<String> names) {
    List<Tool> chosen = new ArrayList<>();
    for (String name : names) {
      Tool tool = find(use, name);
      if (tool != null) {
        chosen.add(tool);
      }
    }
    return chosen;
  }

  private static @Nullable Tool find(ToolUse use, String name) {
    return use.tools().stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }

  /** A tool that has not been called; the last one where all have. */
  private static Tool another(Demands demands) {
    List<Tool> tools = demands.tools().tools();
    return tools.stream()
        .filter(tool -> !demands.called().contains(tool.name()))
        .findFirst()
        .orElse(tools.get(tools.size() - 1));
  }
}
