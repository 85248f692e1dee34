package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that is relayed without being understood, but for its model and whether it streams:
 * images, audio, moderations, rankings. It is JSON or a form.
 */
public interface RelayedRequest extends RequestBody {

  /** Where it goes, below a base URL. */
  String path();

  /** The type that the caller gave its body, a form's boundary included. */
  String contentType();

  /** What it asks for is not measured in tokens. */
  @Override
  default boolean takesMaxTokens() {
    return false;
  }

  /**
   * Scans a body of either type.
   *
   * @param contentType as the caller gave it; null = JSON
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  static RelayedRequest scan(
      Operation operation, String path, @Nullable String contentType, byte[] bytes) {
    String type = contentType == null ? "" : contentType.strip();
    RelayedRequest request =
        type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
            ? RelayedForm.scan(path, type, bytes)
            : RelayedJson.scan(path, bytes);
    if (request.model().isEmpty() && !operation.modelless()) {
      throw FieldReader.invalid("model: missing or empty (expected: a model's name)", "model");
    }
    return request;
  }
}
