package dev.infermux.mock;

import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonOutput;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** OpenAI's chats, legacy completions, embeddings and list of models. */
final class OpenAiMock implements MockApi {

  private static final String MODELS = "/models";

  @Override
  public @Nullable Iterator<WireStep> answer(ApiRequest request) {
    return answer(request, request.path(), OpenAiForm.INSTANCE);
  }

  /** The same at another path, in a relative's form. */
  static @Nullable Iterator<WireStep> answer(ApiRequest request, String path, AnswerForm form) {
    for (Operation operation : OpenAiPaths.OPERATIONS) {
      if (path.equals(OpenAiPaths.of(operation))) {
        return request.infer(form, () -> new Asked(call(request, operation), form));
      }
    }
    if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
      return request.show(form, () -> models(request.mock(), path));
    }
    return null;
  }

  private static MockCall call(ApiRequest request, Operation operation) {
    OpenAiRequestBody body = OpenAiRequestBody.scan(operation, request.body());
    OpenAiRules.check(operation, body.bytes(), request.mock().script().strict());
    return MockCall.of(operation, body, body.model());
  }

  private static String models(Mock mock, String path) {
    JsonOutput json = new JsonOutput();
    if (!path.equals(MODELS)) {
      model(json, path.substring(MODELS.length() + 1).replace("%2F", "/"));
      return json.toString();
    }
    json.object().field("object", "list").name("data").array();
    MockModels.of(mock).forEach(name -> model(json, name));
    return json.endArray().endObject().toString();
  }

  private static void model(JsonOutput json, String name) {
    json.object()
        .field("id", name)
        .field("object", "model")
        .field("created", 1_700_000_000)
        .field("owned_by", "mock")
        .endObject();
  }
}
