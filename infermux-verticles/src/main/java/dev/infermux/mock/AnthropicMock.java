package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.anthropic.AnthropicChat;
import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anthropic's messages, counts of tokens and list of models. */
final class AnthropicMock implements MockApi {

  private static final String PATH = "/messages";
  private static final String COUNT = "/messages/count_tokens";
  private static final String MODELS = "/models";
  private static final String VERSION = "anthropic-version";

  private static final byte[] NOTHING =
      "{\"model\":\"-\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"-\"}]}"
          .getBytes(UTF_8);

  /** The mock writes answers and never asks. */
  private static final AnthropicChat CHAT = new AnthropicChat(model -> 0);

  @Override
  public @Nullable Iterator<WireStep> answer(ApiRequest request) {
    String path = request.path();
    if (path.equals(PATH)) {
      return request.infer(AnthropicShape.INSTANCE, () -> asked(request));
    } else if (path.equals(COUNT)) {
      return count(request);
    } else if (path.startsWith(MODELS) && !request.header(VERSION).isEmpty()) {
      AnswerForm form = form(AnthropicRequestBody.scan(Operation.CHAT, NOTHING));
      return request.show(form, () -> models(request.mock(), path));
    }
    return null;
  }

  private static Asked asked(ApiRequest request) {
    AnthropicRequestBody body = read(request, Operation.CHAT);
    return new Asked(AnthropicDemands.call(body), form(body));
  }

  private static AnswerForm form(AnthropicRequestBody body) {
    return new DialectForm(AnthropicShape.INSTANCE, CHAT, Framing.NAMED_SSE, body);
  }

  private static AnthropicRequestBody read(ApiRequest request, Operation operation) {
    String version = request.header(VERSION);
    AnthropicRules.version(version);
    AnthropicRequestBody body = AnthropicRequestBody.scan(operation, request.body());
    JsonSlice json = new JsonSlice(body.bytes(), 0, body.bytes().length);
    AnthropicRules.check(json, version, request.mock().script().strict());
    return body;
  }

  /** Is free, and so moves no plan; the plan for health decides about it. */
  private static Iterator<WireStep> count(ApiRequest request) {
    if (!request.isPost()) {
      return request.wrongMethod(AnthropicShape.INSTANCE, "POST");
    }
    try {
      AnthropicRequestBody body = read(request, Operation.COUNT_TOKENS);
      long tokens = (body.facts().textLength() + 3) / 4;
      return request.planned(form(body), () -> "{\"input_tokens\":" + tokens + "}");
    } catch (InferenceException e) {
      return request.refused(AnthropicShape.INSTANCE, e.failure());
    }
  }

  private static String models(Mock mock, String path) {
    JsonOutput json = new JsonOutput();
    if (path.length() > MODELS.length() + 1) {
      model(json, path.substring(MODELS.length() + 1).replace("%2F", "/"));
      return json.toString();
    }
    Set<String> names = MockModels.of(mock);
    json.object().name("data").array();
    names.forEach(name -> model(json, name));
    json.endArray().field("has_more", false);
    json.field("first_id", names.iterator().next());
    return json.field("last_id", MockModels.LAST).endObject().toString();
  }

  private static void model(JsonOutput json, String name) {
    json.object()
        .field("type", "model")
        .field("id", name)
        .field("display_name", name)
        .field("created_at", "2026-01-01T00:00:00Z")
        .field("max_input_tokens", 200_000)
        .field("max_tokens", 64_000)
        .endObject();
  }
}
