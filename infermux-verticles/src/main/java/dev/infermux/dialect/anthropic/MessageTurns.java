package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.ContentPart.ToolResult;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings turns into the order that Anthropic demands. */
final class MessageTurns {

  private MessageTurns() {}

  /**
   * The turns of user and assistant, with neighbours of one role made one, results of tools first.
   *
   * @throws dev.infermux.inference.InferenceException when a call of a tool has no result in the
   *     turn after it, or a result no call in the turn before
   */
  static List<Turn> of(List<Turn> asked) {
    List<Turn> turns = new ArrayList<>();
    List<ContentPart> parts = new ArrayList<>();
    Role role = Role.SYSTEM;
    for (Turn turn : asked) {
      if (turn.role() == Role.SYSTEM) {
        continue;
      }
      if (turn.role() != role) {
        add(turns, role, parts);
        parts = new ArrayList<>();
        role = turn.role();
      }
      parts.addAll(turn.parts());
    }
    add(turns, role, parts);
    check(turns);
    return turns;
  }

  private static void add(List<Turn> turns, Role role, List<ContentPart> parts) {
    if (parts.isEmpty()) {
      return;
    }
    if (role == Role.USER) {
      List<ContentPart> ordered = new ArrayList<>(parts.size());
      parts.stream().filter(ToolResult.class::isInstance).forEach(ordered::add);
      parts.stream().filter(part -> !(part instanceof ToolResult)).forEach(ordered::add);
      turns.add(new Turn(role, ordered));
    } else {
      turns.add(new Turn(role, parts));
    }
  }

  private static void check(List<Turn> turns) {
    if (turns.isEmpty()) {
      throw Losses.refused("messages", "no turn of a user (expected: at least one)");
    }
    Set<String> open = new HashSet<>();
    for (Turn turn : turns) {
      for (ContentPart part : turn.parts()) {
        if (part instanceof ToolResult result && !open.remove(result.callId())) {
          throw Losses.refused(
              "messages",
              "the result \""
                  + result.callId()
                  + "\" answers no call of the turn before (expected: one result for each call)");
        }
      }
      if (!open.isEmpty()) {
        throw unanswered(open);
      }
      for (ContentPart part : turn.parts()) {
        if (part instanceof ToolCall call) {
          open.add(call.id());
        }
      }
    }
    if (!open.isEmpty()) {
      throw unanswered(open);
    }
  }

  private static RuntimeException unanswered(Set<String> calls) {
    return Losses.refused(
        "messages",
        "the call \""
            + calls.iterator().next()
            + "\" has no result in the next turn (expected: one result for each call)");
  }
}
