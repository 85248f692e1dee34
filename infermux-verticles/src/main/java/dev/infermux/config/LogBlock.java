package dev.infermux.config;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import java.util.List;

/** {@code log}. */
final class LogBlock {
  private static final LogOptions DEFAULTS = LogOptions.defaults();

  private static final Key<LogLevel> LEVEL =
      Key.of(
          "level",
          Choices.of(List.of(LogLevel.values()), LogLevel::wireName),
          DEFAULTS.level(),
          "The least important that is logged.");
  private static final Key<LogFormat> FORMAT =
      Key.of(
          "format",
          Choices.of(List.of(LogFormat.values()), LogFormat::wireName),
          DEFAULTS.format(),
          "Lines for people, or a JSON object a line.");
  private static final Key<Boolean> TIMESTAMPS =
      Key.of("timestamps", Texts.flag(), DEFAULTS.timestamps(), "Whether each line has its time.");

  static final Block BLOCK = Block.of(LEVEL, FORMAT, TIMESTAMPS);

  private LogBlock() {}

  static LogOptions read(Fields fields) {
    return new LogOptions(fields.get(LEVEL), fields.get(FORMAT), fields.get(TIMESTAMPS));
  }
}
