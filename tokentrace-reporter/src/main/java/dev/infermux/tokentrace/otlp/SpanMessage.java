package dev.infermux.tokentrace.otlp;

import dev.infermux.tokentrace.record.EncodedSpan;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** One export, of spans that are encoded already. */
final class SpanMessage implements MessageWriter {
  private final byte[] head;
  private final List<EncodedSpan> spans;

  /**
   * @param head what stands before the first
   */
  SpanMessage(byte[] head, List<EncodedSpan> spans) {
    this.head = head;
    this.spans = spans;
  }

  /** The length of spans in all. */
  static int length(List<EncodedSpan> spans) {
    int length = 0;
    for (EncodedSpan span : spans) {
      length += span.length();
    }
    return length;
  }

  @Override
  public void writeMessage(OutputStream output) throws IOException {
    output.write(head);
    for (EncodedSpan span : spans) {
      output.write(span.bytes(), 0, span.length());
    }
  }

  @Override
  public int getContentLength() {
    return head.length + length(spans);
  }
}
