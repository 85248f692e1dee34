package dev.infermux.provider.translate;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.dialect.chat.Turn;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names of tools that fit every API: OpenAI refuses more than 64 characters, and most refuse other
 * characters than letters, digits, {@code _} and {@code -}. Names that do not fit are shortened to
 * a beginning and a hash on the way to a provider, and found by it on the way back.
 */
final class ToolNames {

  private static final int LONGEST = 64;
  private static final int HASH = 8;

  private final Supplier<List<Tool>> tools;

  /** The caller's own names by those that fit; null = not read yet. */
  private @Nullable Map<String, String> own;

  /**
   * @param tools reads the caller's own; asked once, where an answer has a name that may be short
   */
  ToolNames(Supplier<List<Tool>> tools) {
    this.tools = tools;
  }

  /** The same conversation where all names fit, as they nearly always do. */
  static Conversation fitting(Conversation asked) {
    ToolUse use = asked.tools();
    boolean fits =
        use.tools().stream().allMatch(tool -> fits(tool.name()))
            && asked.turns().stream().allMatch(ToolNames::fits);
    if (fits) {
      return asked;
    }
    List<Tool> tools = use.tools().stream().map(ToolNames::fitting).toList();
    List<Turn> turns = asked.turns().stream().map(ToolNames::fitting).toList();
    return asked.with(turns, new ToolUse(tools, use.mode(), fitting(use.only()), use.parallel()));
  }

  private static boolean fits(Turn turn) {
    return turn.parts().stream()
        .allMatch(part -> !(part instanceof ToolCall call) || fits(call.name()));
  }

  private static Tool fitting(Tool tool) {
    return new Tool(fitting(tool.name()), tool.description(), tool.schema(), tool.strict());
  }

  private static Turn fitting(Turn turn) {
    return new Turn(turn.role(), turn.parts().stream().map(ToolNames::fitting).toList());
  }

  private static ContentPart fitting(ContentPart part) {
    return part instanceof ToolCall call
        ? new ToolCall(call.id(), fitting(call.name()), call.arguments())
        : part;
  }

  private static String fitting(String name) {
    if (fits(name)) {
      return name;
    }
    StringBuilder fitting = new StringBuilder(LONGEST);
    name.chars()
        .limit(LONGEST - HASH - 1)
        .forEach(letter -> fitting.append(fits(letter) ? (char) letter : '_'));
    return fitting.append('_').append(HexFormat.of().toHexDigits(name.hashCode())).toString();
  }

  private static boolean fits(String name) {
    return name.length() <= LONGEST && name.chars().allMatch(ToolNames::fits);
  }

  private static boolean fits(int letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '_'
        || letter == '-';
  }

  /** The event with the caller's own name of a tool. */
  ChatEvent own(ChatEvent event) {
    if (event instanceof CallBegins call && isShort(call.name())) {
      String name = own().getOrDefault(call.name(), call.name());
      return new CallBegins(call.index(), call.id(), name);
    }
    return event;
  }

  private Map<String, String> own() {
    Map<String, String> read = own;
    if (read == null) {
      read = new HashMap<>();
      for (Tool tool : tools.get()) {
        read.putIfAbsent(fitting(tool.name()), tool.name());
      }
      own = read;
    }
    return read;
  }

  private static boolean isShort(String name) {
    int hash = name.length() - HASH;
    return hash > 0
        && name.charAt(hash - 1) == '_'
        && name.chars().skip(hash).allMatch(HexFormat::isHexDigit);
  }
}
