package dev.infermux.cli.migrate;

import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.UserError;
import dev.infermux.cli.process.UserFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Another gateway's file, YAML or JSON, with those that it includes. */
final class SourceFile {

  private static final String INCLUDE = "include";

  /** A list of models that all share an anchor is no attack: people choose the file. */
  private static final int MOST_ALIASES = 10_000;

  /** What anchors repeat counts each time: text is made of all of it. */
  private static final int MOST_VALUES = 1_000_000;

  private static final int MOST_DEPTH = 100;
  private static final long MOST_BYTES = 16 << 20;

  private SourceFile() {}

  /**
   * Reads it.
   *
   * @throws UserError for what is no file or no mapping
   */
  static SourceMap read(Path file) {
    Map<String, @Nullable Object> read = mapping(file);
    Map<String, @Nullable Object> all = new LinkedHashMap<>(read);
    all.remove(INCLUDE);
    for (String other : SourceMap.texts(read.get(INCLUDE))) {
      mapping(file.resolveSibling(other)).forEach((key, value) -> add(all, key, value));
    }
    return SourceMap.of("", all);
  }

  /** Lists grow, and anything else replaces what was there, as LiteLLM has it. */
  private static void add(Map<String, @Nullable Object> all, String key, @Nullable Object value) {
    if (all.get(key) instanceof List<?> former && value instanceof List<?> more) {
      List<@Nullable Object> both = new ArrayList<>(former);
      both.addAll(more);
      all.put(key, both);
    } else {
      all.put(key, value);
    }
  }

  private static Map<String, @Nullable Object> mapping(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError(
          ExitCode.BAD_ARGUMENTS, file + " is a directory (expected: a file, YAML or JSON)");
    }
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserError(ExitCode.BAD_CONFIGURATION, file + ": more than 16 MiB");
      }
      Object read = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
      if (count(read, 0) > MOST_VALUES) {
        throw new UserError(
            ExitCode.BAD_CONFIGURATION,
            file + ": an anchor that contains itself, or more than a million values");
      }
      if (read instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return values;
      }
    } catch (CharacterCodingException e) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, file + ": not UTF-8");
    } catch (IOException e) {
      throw UserFile.unread(file, e);
    } catch (YAMLException e) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, file + ": " + e.getMessage());
    }
    throw new UserError(ExitCode.BAD_CONFIGURATION, file + ": no mapping (expected: its settings)");
  }

  /** How many values there are, or more than the most; one that contains itself has no end. */
  private static int count(@Nullable Object value, int depth) {
    Iterable<?> parts =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof Iterable<?> list ? list : List.of();
    int count = depth > MOST_DEPTH ? MOST_VALUES + 1 : 1;
    for (Object part : parts) {
      if (count > MOST_VALUES) {
        return count;
      }
      count += count(part, depth + 1);
    }
    return count;
  }
}
