package dev.infermux.provider.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Undoes the content encodings of providers that compress although they were asked not to. */
final class Encodings {

  private Encodings() {}

  /** The plain bytes, at most {@code limit} of them, so that a small bomb stays small. */
  static Buffer decode(String encoding, Buffer body, int limit) {
    if (encoding.isBlank() || HttpHeaders.IDENTITY.toString().equalsIgnoreCase(encoding.trim())) {
      return body;
    }
    if (!isGzip(encoding)) {
      throw new BodyUndecodable("a content-encoding nobody asked for");
    }
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
      byte[] bytes = plain.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new BodyTooLarge(limit);
      }
      return Buffer.buffer(bytes);
    } catch (IOException e) {
      throw new BodyUndecodable("a body that is not the gzip it says it is");
    }
  }

  /** As many plain bytes as there are and may be; none where the encoding is not known. */
  static Buffer beginning(String encoding, Buffer body, int limit) {
    if (!isGzip(encoding)) {
      return encoding.trim().equalsIgnoreCase("identity") ? body : Buffer.buffer();
    }
    Buffer plain = Buffer.buffer();
    try (GZIPInputStream bytes = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
      byte[] some = new byte[4_096];
      for (int n = bytes.read(some); n > 0 && plain.length() < limit; n = bytes.read(some)) {
        plain.appendBytes(some, 0, n);
      }
    } catch (IOException cut) {
      // What came before the cut is what there is.
    }
    return plain;
  }

  private static boolean isGzip(String encoding) {
    String name = encoding.trim();
    return name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip");
  }
}
