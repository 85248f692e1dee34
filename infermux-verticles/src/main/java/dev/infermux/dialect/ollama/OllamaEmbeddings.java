package dev.infermux.dialect.ollama;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.embedding.EmbeddingDialect;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import dev.infermux.time.Ticker;
import dev.infermux.vertx.Buffers;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Embeddings of Ollama's dialect as an end of a translation; servers are asked the newer way. */
public final class OllamaEmbeddings implements EmbeddingDialect {

  private final Ticker ticker;

  /**
   * Takes the calls' ticker.
   *
   * @param ticker answers say how long they took
   */
  public OllamaEmbeddings(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public Dialect dialect() {
    return OllamaDialect.INSTANCE;
  }

  @Override
  public String title() {
    return "ollama";
  }

  @Override
  public Texts asked(RequestBody request, Losses losses) {
    List<JsonText> inputs = new ArrayList<>();
    JsonSlice dimensions = null;
    JsonCursor json = new JsonCursor(request.bytes());
    String prompt = endpoint(request).prompt();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals(prompt)) {
        inputs(json, inputs);
      } else if (json.kind() == JsonKind.NULL || name.equals("model") || name.equals("stream")) {
        json.skip();
      } else if (name.equals("dimensions")) {
        new FieldReader(json).expect(JsonKind.NUMBER, name, "a number");
        dimensions = json.value();
      } else {
        losses.drop(name);
        json.skip();
      }
    }
    return new Texts(inputs, dimensions);
  }

  private static OllamaEndpoint endpoint(RequestBody request) {
    return request instanceof OllamaRequestBody own ? own.endpoint() : OllamaEndpoint.EMBED;
  }

  private static void inputs(JsonCursor json, List<JsonText> inputs) {
    if (json.kind() == JsonKind.STRING) {
      inputs.add(json.text());
    } else if (json.kind() == JsonKind.ARRAY) {
      json.enterArray();
      while (json.nextElement()) {
        inputs.add(json.text());
      }
    } else {
      json.skip();
    }
  }

  @Override
  public OllamaRequestBody request(Texts texts, String model, Losses losses) {
    if (texts.inputs().size() == 1 && texts.inputs().get(0).isEmpty()) {
      throw Losses.refused("input", "empty, of which Ollama makes no vector");
    }
    JsonOutput out = new JsonOutput().object().field("model", model).name("input").array();
    texts.inputs().forEach(out::string);
    out.endArray().field("dimensions", texts.dimensions());
    return OllamaRequestBody.scan(OllamaEndpoint.EMBED, out.endObject().toBytes());
  }

  @Override
  public Vectors vectors(Buffer answer) {
    byte[] bytes = answer.getBytes();
    OllamaObject object = OllamaObject.read(bytes, 0, bytes.length);
    List<JsonSlice> vectors = new ArrayList<>();
    JsonCursor json = new JsonCursor(bytes);
    json.enterObject();
    while (json.nextField()) {
      if (json.name().equals("embeddings")) {
        json.enterArray();
        while (json.nextElement()) {
          JsonSlice vector = json.value();
          vector.cursor().enterArray();
          vectors.add(vector);
        }
      } else {
        json.skip();
      }
    }
    return new Vectors(
        object.model(), vectors, object.usage() == null ? -1 : object.usage().promptTokens());
  }

  @Override
  public Buffer answer(Vectors vectors, Attempt attempt) {
    JsonOutput out = new JsonOutput(1024).object();
    if (endpoint(attempt.call().body()) == OllamaEndpoint.LEGACY_EMBEDDINGS) {
      out.name("embedding");
      if (vectors.all().isEmpty()) {
        out.array().endArray();
      } else {
        out.value(vectors.all().get(0));
      }
      return Buffers.wrap(out.endObject().toBytes());
    }
    out.field("model", vectors.model().isEmpty() ? attempt.model() : vectors.model());
    out.name("embeddings").array();
    vectors.all().forEach(out::value);
    out.endArray();
    out.field("total_duration", Math.max(1, ticker.nanos() - attempt.call().startedNanos()));
    if (vectors.promptTokens() >= 0) {
      out.field("prompt_eval_count", vectors.promptTokens());
    }
    return Buffers.wrap(out.endObject().toBytes());
  }
}
