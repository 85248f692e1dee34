package dev.infermux.dialect.chat;

import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.ContentPart.ToolResult;
import dev.infermux.dialect.chat.Turn.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the results of tools into the turn that follows their calls. Some APIs let instructions,
 * users and the model speak in between; all others refuse that.
 */
final class AnsweredCalls {

  private final List<Turn> turns;

  /** The turn of each call, the latest where an id comes again. */
  private final Map<String, Integer> calls = new HashMap<>();

  /** The results that stand too late, by the turn of their calls. */
  private final Map<Integer, List<ContentPart>> late = new HashMap<>();

  private AnsweredCalls(List<Turn> turns) {
    this.turns = turns;
  }

  /** The same turns where all is in order. */
  static List<Turn> inOrder(List<Turn> turns) {
    return new AnsweredCalls(turns).ordered();
  }

  private List<Turn> ordered() {
    List<List<ContentPart>> kept = new ArrayList<>(turns.size());
    for (int i = 0; i < turns.size(); i++) {
      kept.add(kept(turns.get(i).parts(), i));
    }
    if (late.isEmpty()) {
      return turns;
    }
    List<Turn> ordered = new ArrayList<>(turns.size() + late.size());
    for (int i = 0; i < turns.size(); i++) {
      Role role = turns.get(i).role();
      List<ContentPart> parts = new ArrayList<>(kept.get(i));
      List<ContentPart> results = late.getOrDefault(i - 1, List.of());
      if (role == Role.USER) {
        parts.addAll(inTime(parts), results);
      } else if (!results.isEmpty()) {
        ordered.add(new Turn(Role.USER, results));
      }
      if (!parts.isEmpty() || turns.get(i).parts().isEmpty()) {
        ordered.add(new Turn(role, parts));
      }
    }
    return ordered;
  }

  /** How many results a turn begins with. */
  private static int inTime(List<ContentPart> parts) {
    int results = 0;
    while (results < parts.size() && parts.get(results) instanceof ToolResult) {
      results++;
    }
    return results;
  }

  private List<ContentPart> kept(List<ContentPart> parts, int turn) {
    List<ContentPart> kept = new ArrayList<>(parts.size());
    for (ContentPart part : parts) {
      if (part instanceof ToolCall call) {
        calls.put(call.id(), turn);
      }
      int called =
          part instanceof ToolResult result ? calls.getOrDefault(result.callId(), turn) : turn;
      if (called < turn - 1) {
        late.computeIfAbsent(called, any -> new ArrayList<>()).add(part);
      } else {
        kept.add(part);
      }
    }
    return kept;
  }
}
