package dev.infermux.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.math.BigDecimal;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * Lines for people: {@code 2026-01-31T12:00:00.123Z INFO request: answered model=gpt-4o
 * status=200}.
 *
 * <p>Text from outside cannot forge a line: control characters are escaped, and a value that is not
 * one plain word is quoted.
 */
final class TextLines implements LogLines {

  private static final int LEVEL_WIDTH = 5;

  private final boolean timestamps;
  private final Timestamp timestamp = new Timestamp();

  TextLines(boolean timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public void append(ILoggingEvent event, StringBuilder out) {
    if (timestamps) {
      timestamp.append(event.getTimeStamp(), out);
      out.append(' ');
    }
    String level = event.getLevel().toString();
    out.append(level).append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())));
    String logger = event.getLoggerName();
    out.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
    escape(event.getFormattedMessage(), out);
    String reason = LogLines.reason(event);
    if (reason != null) {
      out.append(": ");
      escape(reason, out);
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> append(pair, out));
    }
    out.append('\n');
    if (event.getThrowableProxy() != null && reason == null) {
      out.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }

  private static void append(KeyValuePair pair, StringBuilder out) {
    out.append(' ').append(pair.key).append('=');
    // 1E-9 is no amount that anybody reads.
    String value =
        pair.value instanceof BigDecimal exact ? exact.toPlainString() : String.valueOf(pair.value);
    if (plain(value)) {
      out.append(value);
    } else {
      out.append('"');
      escape(value.replace("\\", "\\\\").replace("\"", "\\\""), out);
      out.append('"');
    }
  }

  private static boolean plain(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && c != 0x7f);
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append("\\n");
      } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        out.append("\\u").append(String.format("%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  }
}
