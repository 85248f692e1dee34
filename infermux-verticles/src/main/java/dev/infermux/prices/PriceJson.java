package dev.infermux.prices;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.network.CauseText;
import dev.infermux.network.UnusableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads JSON files of prices, whose numbers stay decimal. */
final class PriceJson {

  /** LiteLLM's list has some two megabytes. */
  private static final long MOST_BYTES = 32L << 20;

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PriceJson() {}

  /**
   * Reads a JSON object.
   *
   * @throws UnusableFile when the file has none
   */
  static JsonNode read(Path file) {
    if (!Files.exists(file)) {
      throw UnusableFile.missing(file, "does not exist");
    }
    if (Files.isDirectory(file)) {
      throw UnusableFile.wrong(file, "is a directory");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw UnusableFile.wrong(file, "has more than 32 MiB");
      }
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      if (json == null || !json.isObject()) {
        throw UnusableFile.wrong(file, "has no JSON object in it");
      }
      return json;
    } catch (JacksonException e) {
      String at = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
      throw UnusableFile.wrong(file, "is no JSON" + at + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw UnusableFile.missing(file, "cannot be read: " + CauseText.of(e));
    }
  }
}
