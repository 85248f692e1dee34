package dev.infermux.mock;

import dev.infermux.dialect.openai.RelayedEventText;
import dev.infermux.json.JsonOutput;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is answered to requests for images, moderations and rankings; sounds have a file. */
final class FixedAnswers {

  /** Of all that is counted in tokens. */
  static final String USAGE =
      "\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}";

  /** A PNG of one pixel. */
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
          + "rkJggg==";

  private static final long MOST_IMAGES = 10;

  private FixedAnswers() {}

  /** Null = the path has none. */
  static @Nullable FixedAnswer of(String path, RelayedFields request) {
    return switch (path) {
      case "/images/generations" -> images(request, "image_generation");
      case "/images/edits", "/images/variations" -> images(request, "image_edit");
      case "/audio/speech" -> SpokenAnswers.speech(request);
      case "/audio/transcriptions", "/audio/translations" -> SpokenAnswers.transcript(request);
      case "/moderations" -> moderation(request);
      case "/rerank" -> ranking(request);
      default -> null;
    };
  }

  private static FixedAnswer images(RelayedFields request, String stream) {
    long count = Math.max(1, Math.min(MOST_IMAGES, request.number("n")));
    String image = "\"b64_json\":\"" + PIXEL + "\"";
    String all = String.join(",", java.util.Collections.nCopies((int) count, "{" + image + "}"));
    FixedAnswer whole =
        FixedAnswer.json("{\"created\":1700000000,\"data\":[" + all + "]," + USAGE + "}");
    String[] events = new String[(int) count + 1];
    events[0] =
        RelayedEventText.of(stream + ".partial_image", "\"partial_image_index\":0," + image);
    for (int i = 1; i < events.length; i++) {
      events[i] = RelayedEventText.of(stream + ".completed", image + "," + USAGE);
    }
    return whole.streamed(events);
  }

  private static FixedAnswer moderation(RelayedFields request) {
    JsonOutput json = new JsonOutput().object().field("id", "modr-mock");
    json.field("model", request.model().isEmpty() ? "mock" : request.model());
    json.name("results").array();
    for (int i = 0; i < Math.max(1, request.elements("input").size()); i++) {
      json.object().name("flagged").raw("false");
      for (String field : List.of("categories", "category_scores")) {
        json.name(field).object().endObject();
      }
      json.endObject();
    }
    String body = json.endArray().endObject().toString();
    return FixedAnswer.of(FixedAnswer.JSON, Buffer.buffer(body));
  }

  private static FixedAnswer ranking(RelayedFields request) {
    JsonOutput json = new JsonOutput().object().field("id", "rerank-mock");
    json.field("model", request.model()).name("results").array();
    for (int i = 0; i < request.elements("documents").size(); i++) {
      json.object().field("index", i).name("relevance_score").raw(1 / (i + 1.0) + "");
      json.endObject();
    }
    json.endArray().name("usage").object().field("total_tokens", 3).endObject();
    return FixedAnswer.json(json.endObject().toString());
  }
}
