package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.api.ChatResponse;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.api.EmbeddingResponse.Embedding;
import dev.infermux.api.Message;
import dev.infermux.api.ResponseMeta;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole answers as values, for programs. */
public final class TypedAnswers {

  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] CREATED = "created".getBytes(US_ASCII);
  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] CHOICES = "choices".getBytes(US_ASCII);
  private static final byte[] USAGE = "usage".getBytes(US_ASCII);
  private static final byte[] INDEX = "index".getBytes(US_ASCII);
  private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
  private static final byte[] FINISH_REASON = "finish_reason".getBytes(US_ASCII);
  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] EMBEDDING = "embedding".getBytes(US_ASCII);

  private TypedAnswers() {}

  /** A chat's answer, which its provider's reader has accepted. */
  public static ChatResponse chat(Buffer answer, ResponseMeta meta) {
    String id = "";
    long created = 0;
    String model = "";
    List<ChatResponse.Choice> choices = new ArrayList<>(1);
    @Nullable Usage usage = null;
    JsonCursor json = new JsonCursor(answer.getBytes());
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(CHOICES) && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          choices.add(choice(json, choices.size()));
        }
      } else if (json.nameIs(ID) && json.kind() == JsonKind.STRING) {
        id = json.string();
      } else if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
        model = json.string();
      } else if (json.nameIs(CREATED) && json.kind() == JsonKind.NUMBER) {
        created = seconds(json);
      } else if (json.nameIs(USAGE)) {
        usage = UsageReader.read(json);
      } else {
        json.skip();
      }
    }
    return new ChatResponse(id, created, model, choices, usage, meta, answer);
  }

  private static long seconds(JsonCursor json) {
    return (long) Double.parseDouble(json.value().toString());
  }

  private static ChatResponse.Choice choice(JsonCursor json, int position) {
    int index = position;
    Message message = Message.assistant("");
    String reason = "";
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MESSAGE) && json.kind() == JsonKind.OBJECT) {
        message = MessageJson.read(json);
      } else if (json.nameIs(FINISH_REASON) && json.kind() == JsonKind.STRING) {
        reason = json.string();
      } else if (json.nameIs(INDEX) && json.kind() == JsonKind.NUMBER) {
        index = (int) seconds(json);
      } else {
        json.skip();
      }
    }
    return new ChatResponse.Choice(index, message, reason);
  }

  /** The answer to a request for embeddings, plain or in base64. */
  public static EmbeddingResponse embeddings(Buffer answer, ResponseMeta meta) {
    String model = "";
    List<Embedding> data = new ArrayList<>();
    @Nullable Usage usage = null;
    JsonCursor json = new JsonCursor(answer.getBytes());
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(DATA) && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          data.add(embedding(json, data.size()));
        }
      } else if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
        model = json.string();
      } else if (json.nameIs(USAGE)) {
        usage = UsageReader.read(json);
      } else {
        json.skip();
      }
    }
    return new EmbeddingResponse(model, data, usage, meta);
  }

  private static Embedding embedding(JsonCursor json, int position) {
    int index = position;
    float[] vector = {};
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(EMBEDDING)) {
        vector = vector(json);
      } else if (json.nameIs(INDEX) && json.kind() == JsonKind.NUMBER) {
        index = (int) seconds(json);
      } else {
        json.skip();
      }
    }
    return new Embedding(index, vector);
  }

  private static float[] vector(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      return unpacked(json.string());
    }
    float[] vector = new float[1536];
    int length = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (length == vector.length) {
        vector = Arrays.copyOf(vector, 2 * length);
      }
      vector[length++] = Float.parseFloat(json.value().toString());
    }
    return Arrays.copyOf(vector, length);
  }

  private static float[] unpacked(String base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    float[] vector = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(vector);
    return vector;
  }
}
