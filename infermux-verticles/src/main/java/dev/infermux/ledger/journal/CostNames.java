package dev.infermux.ledger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The names of a cost, with which its record ends. */
record CostNames(String caller, String project, String group, String provider, String model) {

  static CostNames read(ByteBuffer in) {
    return new CostNames(text(in), text(in), text(in), text(in), text(in));
  }

  /** A text in UTF-8 behind its length. */
  static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }
}
