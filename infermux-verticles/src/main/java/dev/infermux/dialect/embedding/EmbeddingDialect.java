package dev.infermux.dialect.embedding;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One dialect's embeddings as an end of a translation. Stateless and safe on any thread. */
public interface EmbeddingDialect {

  /** The dialect that these are a part of. */
  Dialect dialect();

  /** What {@code X-Infermux-Translated} calls it. */
  String title();

  /**
   * Reads a request that a scan has found to be sound.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest} where the scan
   *     does not look, or {@code Untranslatable}
   */
  Texts asked(RequestBody request, Losses losses);

  /**
   * Writes a request.
   *
   * @param model as the provider knows it
   */
  RequestBody request(Texts texts, String model, Losses losses);

  /** Reads a provider's answer, which its response reader has accepted. */
  Vectors vectors(Buffer answer);

  /**
   * Writes an answer.
   *
   * @param attempt the one that is answered, with the caller's own request
   */
  Buffer answer(Vectors vectors, Attempt attempt);

  /**
   * What is to be embedded.
   *
   * @param dimensions how long the vectors are to be; null = as long as the model makes them
   */
  record Texts(List<JsonText> inputs, @Nullable JsonSlice dimensions) {

    public Texts {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * What came of it.
   *
   * @param model as the provider names it; empty = not said
   * @param all an array of numbers each, as they are spelt, in the order of the texts
   * @param promptTokens -1 = not counted
   */
  record Vectors(String model, List<JsonSlice> all, long promptTokens) {

    public Vectors {
      all = List.copyOf(all);
    }
  }
}
