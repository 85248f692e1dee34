package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Images, transcriptions, moderations and rankings: one answer each, whatever is asked. */
final class RelayMock implements MockApi {

  private static final String TOKENS = "\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3";

  private static final Map<String, String> ANSWERS =
      Map.of(
          "/images/generations", image(),
          "/images/edits", image(),
          "/audio/transcriptions", text(),
          "/audio/translations", text(),
          "/moderations",
              "{\"id\":\"modr-mock\",\"model\":\"mock\",\"results\":[{\"flagged\":false,"
                  + "\"categories\":{},\"category_scores\":{}}]}");

  private static final String RERANK = "/rerank";

  /** The model of a form with files, within its first part of so many bytes. */
  private static final Pattern MODEL =
      Pattern.compile("name=\"model\"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]{1,256})\r\n");

  private static final int SEARCHED = 64 << 10;

  @Override
  public @Nullable Iterator<WireStep> answer(ApiRequest request) {
    String answer = ANSWERS.get(request.path());
    if (answer == null && !request.path().equals(RERANK)) {
      return null;
    }
    return request.infer(
        OpenAiForm.INSTANCE,
        () -> {
          JsonSlice json = json(request.body());
          String model = json == null ? formModel(request.body()) : FieldLookup.text(json, "model");
          String body = answer == null ? ranking(json, model) : answer;
          return new Asked(MockCall.plain(model), new FixedForm(body));
        });
  }

  private static String image() {
    return "{\"created\":1700000000,\"data\":[{\"b64_json\":\"bW9jaw==\"}],\"usage\":{"
        + TOKENS
        + "}}";
  }

  private static String text() {
    return "{\"text\":\"mock: heard\",\"usage\":{\"type\":\"tokens\"," + TOKENS + "}}";
  }

  private static String ranking(@Nullable JsonSlice json, String model) {
    List<JsonSlice> documents = FieldLookup.elements(FieldLookup.field(json, "documents"));
    JsonOutput ranking = new JsonOutput().object().field("id", "rerank-mock");
    ranking.field("model", model).name("results").array();
    for (int i = 0; i < documents.size(); i++) {
      ranking.object().field("index", i).name("relevance_score").raw(1 / (i + 1.0) + "");
      ranking.endObject();
    }
    ranking.endArray().name("usage").object().field("total_tokens", 3);
    return ranking.endObject().endObject().toString();
  }

  private static @Nullable JsonSlice json(byte[] body) {
    try {
      JsonCursor json = new JsonCursor(body);
      JsonSlice value = json.value();
      json.end();
      return value;
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  private static String formModel(byte[] body) {
    String begin = new String(body, 0, Math.min(body.length, SEARCHED), ISO_8859_1);
    Matcher model = MODEL.matcher(begin);
    return model.find() ? model.group(1) : "";
  }
}
