package dev.infermux.tokentrace.otlp;

import io.opentelemetry.exporter.internal.marshal.CodedInputStream;
import java.io.IOException;

/**
 * What a collector answered.
 *
 * @param rejected of a message that was taken, the items that were not
 * @param problem empty when there was none
 */
record OtlpReply(Verdict verdict, int rejected, long pauseMillis, String problem) {

  private static final int PARTIAL_SUCCESS = 1 << 3 | 2;
  private static final int REJECTED_ITEMS = 1 << 3;
  private static final int ERROR_MESSAGE = 2 << 3 | 2;

  /** What that means for the message. */
  enum Verdict {
    TAKEN,
    LATER,
    REFUSED
  }

  static OtlpReply later(long pauseMillis, String problem) {
    return new OtlpReply(Verdict.LATER, 0, pauseMillis, problem);
  }

  static OtlpReply refused(String problem) {
    return new OtlpReply(Verdict.REFUSED, 0, 0, problem);
  }

  /**
   * Reads the {@code Export…ServiceResponse} of a message that was taken: the same three fields for
   * each signal. One that cannot be read counts as plain success, as OTLP's empty answer does.
   */
  static OtlpReply taken(byte[] response) {
    int rejected = 0;
    String problem = "";
    try {
      CodedInputStream in = CodedInputStream.newInstance(response);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == REJECTED_ITEMS) {
          rejected = Math.max(0, in.readRawVarint32());
        } else if (tag == ERROR_MESSAGE) {
          problem = in.readStringRequireUtf8();
        } else if (tag == PARTIAL_SUCCESS) {
          in.readRawVarint32(); // its length: its fields are read in line
        } else {
          in.skipField(tag);
        }
      }
    } catch (IOException e) {
      return new OtlpReply(Verdict.TAKEN, 0, 0, "");
    }
    String why = problem.isEmpty() ? "rejected in part" : problem;
    return new OtlpReply(Verdict.TAKEN, rejected, 0, rejected == 0 ? "" : why);
  }
}
