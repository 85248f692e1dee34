package dev.infermux.config.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment into one value: {@code $VAR}, {@code ${VAR}}, {@code ${VAR:-default}},
 * {@code ${VAR:?message}}; {@code $$} is a dollar, and so is one that no name follows. What comes
 * in is not looked at again.
 */
public final class Substitution {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MAX_NESTING = 8;

  private final Map<String, String> environment;
  private final List<String> unset = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  public Substitution(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Variables that were asked for without a default and are not there. */
  public List<String> unset() {
    return unset;
  }

  /** Expressions that cannot be filled, each with the reason. */
  public List<String> failures() {
    return failures;
  }

  /** The text with all values in their places. */
  public String fill(String text) {
    return fill(text, 0);
  }

  private String fill(String text, int nesting) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        return out.append(text, at, text.length()).toString();
      }
      out.append(text, at, dollar);
      at = dollar(text, dollar, nesting, out);
    }
    return out.toString();
  }

  /** Handles what stands at a dollar and returns where to go on. */
  private int dollar(String text, int dollar, int nesting, StringBuilder out) {
    if (text.startsWith("$$", dollar)) {
      out.append('$');
      return dollar + 2;
    }
    if (text.startsWith("${", dollar)) {
      return braces(text, dollar, nesting, out);
    }
    Matcher name = NAME.matcher(text).region(dollar + 1, text.length());
    if (!name.lookingAt()) {
      out.append('$');
      return dollar + 1;
    }
    out.append(variable(name.group()));
    return name.end();
  }

  private int braces(String text, int dollar, int nesting, StringBuilder out) {
    int close = closingBrace(text, dollar + 2);
    if (close < 0 || nesting > MAX_NESTING) {
      failures.add("\"${\" without its \"}\"");
      return text.length();
    }
    String inside = text.substring(dollar + 2, close);
    Matcher name = NAME.matcher(inside);
    if (!name.lookingAt()) {
      failures.add("\"${\" without the name of a variable");
      return close + 1;
    }
    out.append(expression(name.group(), inside.substring(name.end()), nesting));
    return close + 1;
  }

  private String expression(String name, String rest, int nesting) {
    if (rest.isEmpty()) {
      return variable(name);
    }
    String value = environment.getOrDefault(name, "");
    if (rest.startsWith(":-")) {
      return value.isEmpty() ? fill(rest.substring(2), nesting + 1) : value;
    }
    if (rest.startsWith(":?")) {
      if (value.isEmpty()) {
        String message = rest.substring(2).strip();
        failures.add("${" + name + "} is not set" + (message.isEmpty() ? "" : ": " + message));
      }
      return value;
    }
    failures.add("\"${" + name + "\" followed by neither \"}\" nor \":-\" nor \":?\"");
    return "";
  }

  private String variable(String name) {
    String value = environment.get(name);
    if (value == null) {
      unset.add(name);
      return "";
    }
    return value;
  }

  private static int closingBrace(String text, int from) {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith("${", i)) {
        open++;
      } else if (text.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    return -1;
  }
}
