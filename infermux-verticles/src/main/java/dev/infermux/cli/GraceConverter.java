package dev.infermux.cli;

import dev.infermux.config.kind.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --graceful-shutdown}: a duration as in the file, or 0 for none. */
final class GraceConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    if (text.equals("0") || text.equals("0s")) {
      return Duration.ZERO;
    }
    return Durations.positive()
        .read(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"" + text + "\" (expected: a duration such as 500ms, 15s, 2m, or 0)"));
  }
}
