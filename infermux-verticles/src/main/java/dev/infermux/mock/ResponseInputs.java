package dev.infermux.mock;

import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.inference.InferenceException;
import dev.infermux.json.JsonOutput;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import java.util.function.Supplier;

/** What the Responses API does with an input besides answering it. */
final class ResponseInputs {

  private ResponseInputs() {}

  /** Is free, and so moves no plan; the plan for health decides about it. */
  static Iterator<WireStep> count(ApiRequest request, Supplier<ResponsesRequestBody> reader) {
    try {
      JsonOutput json = new JsonOutput().object().field("object", "response.input_tokens");
      json.field("input_tokens", tokens(reader.get())).endObject();
      return request.planned(OpenAiForm.INSTANCE, json::toString);
    } catch (InferenceException e) {
      return request.refused(OpenAiForm.INSTANCE, e.failure());
    }
  }

  /** A shorter input, which says how long the longer one was. */
  static Asked compacted(ResponsesRequestBody body) {
    JsonOutput json = new JsonOutput().object().field("id", "resp_mock_compacted");
    json.field("object", "response.compaction").field("created_at", 1_700_000_000L);
    json.name("output").array().object().field("id", "cmp_mock").field("type", "compaction");
    json.field("encrypted_content", "mock: " + tokens(body) + " tokens").endObject().endArray();
    json.name("usage").object().field("input_tokens", tokens(body)).field("output_tokens", 4);
    json.field("total_tokens", tokens(body) + 4).endObject().endObject();
    return new Asked(ResponsesDemands.call(body), new FixedForm(FixedAnswer.json(json.toString())));
  }

  private static long tokens(ResponsesRequestBody body) {
    return (body.facts().textLength() + 3) / 4;
  }
}
