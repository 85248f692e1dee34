package dev.infermux.tokentrace.otlp;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Encodes messages in memory. */
final class OtlpBody {
  private OtlpBody() {}

  static byte[] encode(Marshaler message, boolean gzip) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getBinarySerializedSize());
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
      message.writeBinaryTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
