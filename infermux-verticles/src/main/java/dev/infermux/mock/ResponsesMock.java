package dev.infermux.mock;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.dialect.responses.ResponsesEndpoint;
import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.ApiRequest.Planned;
import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireStep;
import dev.infermux.mock.script.MockOutcome;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's Responses API, and the last responses by their ids. */
final class ResponsesMock implements MockApi {

  private static final String PATH = "/responses";
  private static final int KEPT = 200;
  private static final ApiShape ERRORS = new ResponsesShape(false);

  /** Bodies by ids; only of answers that were whole. */
  private final Map<String, String> responses =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > KEPT;
        }
      };

  @Override
  public @Nullable Iterator<WireStep> answer(ApiRequest request) {
    String path =
        request.path().startsWith("/openai/v1/")
            ? request.path().substring("/openai/v1".length())
            : request.path();
    if (path.equals(PATH)) {
      return request.infer(ERRORS, () -> asked(request), this::keep);
    } else if (path.equals(PATH + ResponsesEndpoint.COMPACT.path()) && request.isPost()) {
      return request.infer(
          ERRORS, () -> ResponseInputs.compacted(read(request, ResponsesEndpoint.COMPACT)));
    } else if (path.equals(PATH + ResponsesEndpoint.COUNT.path()) && request.isPost()) {
      return ResponseInputs.count(request, () -> read(request, ResponsesEndpoint.COUNT));
    } else if (!path.startsWith(PATH + "/")) {
      return null;
    }
    return stored(request, path.substring(PATH.length() + 1).split("/", 2));
  }

  private Asked asked(ApiRequest request) {
    ResponsesRequestBody body = read(request, ResponsesEndpoint.CREATE);
    JsonSlice json = new JsonSlice(body.bytes(), 0, body.bytes().length);
    boolean signs =
        FieldLookup.elements(FieldLookup.field(json, "include")).stream()
            .anyMatch(one -> FieldLookup.text(one).equals("reasoning.encrypted_content"));
    ApiShape shape = new ResponsesShape(signs);
    return new Asked(
        ResponsesDemands.call(body),
        new DialectForm(shape, new ResponsesChat(), Framing.NAMED_SSE, body));
  }

  private ResponsesRequestBody read(ApiRequest request, ResponsesEndpoint endpoint) {
    ResponsesRequestBody body = ResponsesRequestBody.scan(endpoint, request.body());
    JsonSlice json = new JsonSlice(body.bytes(), 0, body.bytes().length);
    ResponsesRules.check(json, endpoint, request.mock().script().strict(), this::isKept);
    return body;
  }

  private synchronized boolean isKept(String id) {
    return responses.containsKey(id);
  }

  private synchronized void keep(Planned planned) {
    boolean stored = planned.form() instanceof DialectForm form && isStored(form.body().bytes());
    if (stored && planned.plan().behaviour().outcome() instanceof MockOutcome.Answers) {
      responses.put("resp_mock" + planned.plan().number(), planned.form().body(planned.plan()));
    }
  }

  private static boolean isStored(byte[] body) {
    JsonSlice store = FieldLookup.field(new JsonSlice(body, 0, body.length), "store");
    return !Boolean.FALSE.equals(FieldLookup.flag(store));
  }

  private synchronized Iterator<WireStep> stored(ApiRequest request, String[] steps) {
    String id = steps[0];
    String response = responses.get(id);
    if (response == null) {
      return request.error(
          ERRORS, MockError.refused(404, "Response with id '" + id + "' not found.", ""));
    }
    String what = request.wire().method() + (steps.length > 1 ? " " + steps[1] : "");
    return switch (what) {
      case "GET", "POST cancel" -> WireAnswer.json(200, response).steps();
      case "DELETE" -> {
        responses.remove(id);
        JsonOutput gone = new JsonOutput().object().field("id", id).field("object", "response");
        yield WireAnswer.json(200, gone.field("deleted", true).endObject().toString()).steps();
      }
      case "GET input_items" ->
          WireAnswer.json(200, "{\"object\":\"list\",\"data\":[],\"has_more\":false}").steps();
      default -> request.wrongMethod(ERRORS, "GET, DELETE");
    };
  }
}
