package dev.infermux.inbound.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.AttributionText;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** Reads from a request's headers whom it is charged to. */
public final class AttributionHeaders {

  private static final String PREFIX = "X-Infermux-";
  private static final CharSequence CALLER = HttpHeaders.createOptimized(PREFIX + "Caller");
  private static final CharSequence PROJECT = HttpHeaders.createOptimized(PREFIX + "Project");
  private static final CharSequence ENV = HttpHeaders.createOptimized(PREFIX + "Env");

  private AttributionHeaders() {}

  /**
   * Whom these headers name.
   *
   * @throws InferenceException with an {@link InvalidRequest}
   */
  public static Attribution read(MultiMap headers) {
    String caller = SingleHeader.of(headers, CALLER);
    String project = SingleHeader.of(headers, PROJECT);
    String env = SingleHeader.of(headers, ENV);
    if (caller == null && project == null && env == null) {
      return Attribution.ANONYMOUS;
    }
    return AttributionText.of(text(caller), text(project), text(env), PREFIX);
  }

  /** Header bytes arrive as Latin-1 characters; people write UTF-8 in them. */
  private static String text(@Nullable String header) {
    if (header == null) {
      return "";
    }
    ByteBuffer bytes = ByteBuffer.wrap(header.getBytes(ISO_8859_1));
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new InferenceException(
          new InvalidRequest(
              PREFIX + "*: bytes that are not UTF-8 (expected: printable text)", null));
    }
  }
}
