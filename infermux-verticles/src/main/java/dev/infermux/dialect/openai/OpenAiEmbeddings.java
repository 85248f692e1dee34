package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.embedding.EmbeddingDialect;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import dev.infermux.vertx.Buffers;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** OpenAI's embeddings as an end of a translation. */
public final class OpenAiEmbeddings implements EmbeddingDialect {

  private static final byte[] ENCODING_FORMAT = "encoding_format".getBytes(US_ASCII);

  @Override
  public Dialect dialect() {
    return OpenAiDialect.INSTANCE;
  }

  @Override
  public String title() {
    return "embeddings";
  }

  @Override
  public Texts asked(RequestBody request, Losses losses) {
    List<JsonText> inputs = List.of();
    JsonSlice dimensions = null;
    JsonCursor json = new JsonCursor(request.bytes());
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      switch (name) {
        case "model" -> json.skip();
        case "encoding_format" -> base64(json);
        case "input" -> inputs = inputs(json);
        case "dimensions" -> {
          if (json.kind() == JsonKind.NUMBER) {
            dimensions = json.value();
          } else if (!new FieldReader(json).nullSkipped()) {
            throw FieldReader.invalid("dimensions: not a number (expected: one)", name);
          }
        }
        default -> {
          losses.drop(name);
          json.skip();
        }
      }
    }
    return new Texts(inputs, dimensions);
  }

  private static List<JsonText> inputs(JsonCursor json) {
    List<JsonText> inputs = new ArrayList<>();
    if (json.kind() == JsonKind.STRING) {
      inputs.add(json.text());
    } else {
      json.enterArray();
      while (json.nextElement()) {
        if (json.kind() != JsonKind.STRING) {
          throw Losses.refused("input", "tokens, which only OpenAI's own models can read");
        }
        inputs.add(json.text());
      }
    }
    return inputs;
  }

  /** Consumes the encoding that is asked for. */
  private static boolean base64(JsonCursor json) {
    FieldReader fields = new FieldReader(json);
    if (fields.nullSkipped()) {
      return false;
    }
    fields.expect(JsonKind.STRING, "encoding_format", "float | base64");
    String format = json.string();
    if (!format.equals("float") && !format.equals("base64")) {
      throw FieldReader.invalid(
          "encoding_format: \"" + format + "\" (expected: float | base64)", "encoding_format");
    }
    return format.equals("base64");
  }

  /** Numbers are asked for, since every server of the dialect knows those. */
  @Override
  public RequestBody request(Texts texts, String model, Losses losses) {
    JsonOutput out = new JsonOutput().object().field("model", model).name("input").array();
    texts.inputs().forEach(out::string);
    out.endArray().field("dimensions", texts.dimensions()).field("encoding_format", "float");
    return OpenAiRequestBody.scan(Operation.EMBEDDINGS, out.endObject().toBytes());
  }

  @Override
  public Vectors vectors(Buffer answer) {
    String model = "";
    TreeMap<Long, JsonSlice> vectors = new TreeMap<>();
    Usage usage = null;
    JsonCursor json = new JsonCursor(answer.getBytes());
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "data" -> {
          json.enterArray();
          while (json.nextElement()) {
            vector(json, vectors);
          }
        }
        case "usage" -> usage = UsageReader.read(json);
        case "model" -> {
          if (json.kind() == JsonKind.STRING) {
            model = json.string();
          } else {
            json.skip();
          }
        }
        default -> json.skip();
      }
    }
    return new Vectors(
        model, new ArrayList<>(vectors.values()), usage == null ? -1 : usage.promptTokens());
  }

  private static void vector(JsonCursor json, Map<Long, JsonSlice> vectors) {
    long index = vectors.size();
    JsonSlice vector = null;
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "index" -> index = json.longValue();
        case "embedding" -> {
          vector = json.value();
          vector.cursor().enterArray();
        }
        default -> json.skip();
      }
    }
    if (vector != null) {
      vectors.put(index, vector);
    }
  }

  @Override
  public Buffer answer(Vectors vectors, Attempt attempt) {
    boolean base64 = wantsBase64(attempt.call().body().bytes());
    JsonOutput out = new JsonOutput(size(vectors)).object().field("object", "list");
    out.name("data").array();
    for (int i = 0; i < vectors.all().size(); i++) {
      JsonSlice vector = vectors.all().get(i);
      out.object().field("object", "embedding").field("index", i).name("embedding");
      if (base64) {
        VectorPacker.pack(vector.cursor(), out);
      } else {
        out.value(vector);
      }
      out.endObject();
    }
    String model = vectors.model().isEmpty() ? attempt.model() : vectors.model();
    long tokens = Math.max(0, vectors.promptTokens());
    out.endArray().field("model", model).name("usage").object();
    out.field("prompt_tokens", tokens).field("total_tokens", tokens).endObject();
    return Buffers.wrap(out.endObject().toBytes());
  }

  private static int size(Vectors vectors) {
    return 256 + vectors.all().stream().mapToInt(vector -> vector.length() + 64).sum();
  }

  private static boolean wantsBase64(byte[] request) {
    boolean base64 = false;
    JsonCursor json = new JsonCursor(request);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(ENCODING_FORMAT)) {
        base64 = base64(json);
      } else {
        json.skip();
      }
    }
    return base64;
  }
}
