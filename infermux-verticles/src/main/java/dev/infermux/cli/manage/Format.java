package dev.infermux.cli.manage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Flag;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** How an answer is printed. */
enum Format {
  /** For people. */
  TABLE,
  /** As the server says it, indented. */
  JSON,
  /** The same in YAML. */
  YAML;

  private static final String NAME = "--format";

  /** The flag of a command that knows these. */
  static Flag flag(List<Format> known) {
    return Flag.withValue(NAME, "FORMAT", names(known) + ". Default: table.");
  }

  /**
   * The one that was asked for.
   *
   * @throws BadArguments when the command does not know it
   */
  static Format of(Arguments arguments, Flag flag, List<Format> known) {
    String text = arguments.find(flag).orElse(TABLE.text());
    return known.stream()
        .filter(format -> format.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new BadArguments(
                    NAME + ": \"" + text + "\" (expected: " + names(known, " | ") + ")"));
  }

  /** The whole of an answer; not for tables, which each command draws for itself. */
  String text(JsonNode answer) {
    JsonMapper mapper = new JsonMapper(); // not of the class: every command loads it
    try {
      if (this == YAML) {
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(block).dump(mapper.treeToValue(answer, Object.class));
      }
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }

  /** Prints an answer: as this table, or the whole of it. */
  void print(JsonNode answer, Supplier<Table> table, PrintWriter out) {
    if (this == TABLE) {
      table.get().print(out);
    } else {
      out.print(text(answer));
      out.flush();
    }
  }

  private String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String names(List<Format> known) {
    String all = names(known, ", ");
    int last = all.lastIndexOf(", ");
    return all.substring(0, last) + " or " + all.substring(last + 2);
  }

  private static String names(List<Format> known, String separator) {
    return String.join(separator, known.stream().map(Format::text).toList());
  }
}
