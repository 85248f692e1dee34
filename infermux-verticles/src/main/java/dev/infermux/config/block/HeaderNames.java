package dev.infermux.config.block;

import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Node;
import dev.infermux.provider.ProviderType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the headers that a provider gets: the configuration's own, and the caller's. */
final class HeaderNames {

  private static final int LONGEST = 128;
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

  /** What an HTTP client must write itself. */
  private static final Set<String> FRAMING =
      Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te");

  private HeaderNames() {}

  /** The configuration's own headers. */
  static Map<String, String> values(Node node) {
    Map<String, String> headers = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (name, value) -> {
              String text = value.text().orElse("");
              String lower = name.toLowerCase(Locale.ROOT);
              if (!NAME.matcher(name).matches() || FRAMING.contains(lower)) {
                value.report().problem(value.path(), name, "the name of a header that may be set");
              } else if (!VALUE.matcher(text).matches()) {
                value.report().problem(value.path(), "****", "printable ASCII on one line");
              } else {
                headers.put(name, text);
              }
            });
    return headers;
  }

  /** The caller's headers that pass. */
  static List<String> forwarded(Node node, ProviderType type) {
    if (node.absent()) {
      return type.forwardHeaders();
    }
    List<String> names = new ArrayList<>();
    for (Node item : node.items()) {
      item.need(Texts.name(LONGEST))
          .ifPresent(
              name -> {
                String lower = name.toLowerCase(Locale.ROOT);
                if (!NAME.matcher(name).matches() || FRAMING.contains(lower)) {
                  item.report().problem(item.path(), name, "the name of a header that may pass");
                } else if (isCredential(lower)) {
                  item.report()
                      .problem(item.path(), name, "a header without credentials; set api_key");
                } else {
                  names.add(lower);
                }
              });
    }
    return names;
  }

  private static boolean isCredential(String name) {
    return name.contains("auth")
        || name.contains("key")
        || name.contains("token")
        || name.contains("secret")
        || name.contains("cookie");
  }
}
