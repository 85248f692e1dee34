package dev.infermux.tokentrace.span;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one span, as numbers: drawing and handing them on costs no text until someone asks.
 * The wire form is W3C Trace Context's {@code traceparent}, version 00.
 */
public record TraceContext(long traceHigh, long traceLow, long span, boolean sampled) {

  private static final HexFormat DIGITS = HexFormat.of();
  private static final int LENGTH = 55;
  private static final int TRACE = 3;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  /** A new trace, sampled. */
  public static TraceContext root() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new TraceContext(random.nextLong(), nonZero(random), nonZero(random), true);
  }

  /** A new span of the same trace. */
  public TraceContext child() {
    return new TraceContext(traceHigh, traceLow, nonZero(ThreadLocalRandom.current()), sampled);
  }

  /** Reads a {@code traceparent}; null when there is none or it is malformed. */
  public static @Nullable TraceContext parse(@Nullable String header) {
    if (header == null || !wellFormed(header)) {
      return null;
    }
    long high = Hex.number(header, TRACE);
    long low = Hex.number(header, TRACE + 16);
    long span = Hex.number(header, SPAN);
    if ((high | low) == 0 || span == 0) {
      return null;
    }
    boolean sampled = (Hex.digit(header.charAt(FLAGS + 1)) & 1) == 1;
    return new TraceContext(high, low, span, sampled);
  }

  private static boolean wellFormed(String header) {
    int length = header.length();
    if (length < LENGTH || header.startsWith("ff")) {
      return false;
    }
    // Versions to come may append fields; version 00 has none.
    boolean noMore = length == LENGTH;
    boolean later = !header.startsWith("00") && length > LENGTH && header.charAt(LENGTH) == '-';
    return (noMore || later)
        && header.charAt(2) == '-'
        && header.charAt(SPAN - 1) == '-'
        && header.charAt(FLAGS - 1) == '-'
        && Hex.digits(header, 0, 2)
        && Hex.digits(header, TRACE, SPAN - 1)
        && Hex.digits(header, SPAN, FLAGS - 1)
        && Hex.digits(header, FLAGS, LENGTH);
  }

  /** 32 lower-case hex digits. */
  public String traceId() {
    byte[] text = new byte[32];
    Hex.write(traceHigh, text, 0);
    Hex.write(traceLow, text, 16);
    return Hex.text(text);
  }

  /** 16 lower-case hex digits. */
  public String spanId() {
    return spanId(span);
  }

  /** The 16 lower-case hex digits of a span's number. */
  public static String spanId(long span) {
    return DIGITS.toHexDigits(span);
  }

  /** The W3C header that names this span as the receiver's parent. */
  public String traceparent() {
    byte[] text = new byte[LENGTH];
    text[0] = '0';
    text[1] = '0';
    text[TRACE - 1] = '-';
    Hex.write(traceHigh, text, TRACE);
    Hex.write(traceLow, text, TRACE + 16);
    text[SPAN - 1] = '-';
    Hex.write(span, text, SPAN);
    text[FLAGS - 1] = '-';
    text[FLAGS] = '0';
    text[FLAGS + 1] = (byte) (sampled ? '1' : '0');
    return Hex.text(text);
  }

  private static long nonZero(ThreadLocalRandom random) {
    long drawn = random.nextLong();
    return drawn == 0 ? 1 : drawn;
  }
}
