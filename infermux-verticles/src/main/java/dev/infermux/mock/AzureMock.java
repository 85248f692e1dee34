package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.http.WireStep;
import java.net.URLDecoder;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Azure OpenAI: deployments with their versions, and the form with {@code /openai/v1}. */
final class AzureMock implements MockApi {

  private static final String DEPLOYMENTS = "/openai/deployments/";
  private static final String LATEST = "/openai/v1/";
  private static final String MODELS = "/openai/models";

  @Override
  public @Nullable Iterator<WireStep> answer(ApiRequest request) {
    String path = request.path();
    if (path.startsWith(LATEST)) {
      return OpenAiMock.answer(request, path.substring(LATEST.length() - 1), new AzureForm(""));
    } else if (path.equals(MODELS)) {
      return OpenAiMock.answer(request, "/models", new AzureForm(""));
    } else if (!path.startsWith(DEPLOYMENTS)) {
      return null;
    }
    String rest = path.substring(DEPLOYMENTS.length());
    int slash = rest.indexOf('/');
    String segment = slash < 0 ? rest : rest.substring(0, slash);
    String deployment = URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    AzureForm form = new AzureForm(deployment);
    if (!request.wire().target().contains("api-version=")) {
      return request.error(form, MockError.refused(404, "Resource not found", ""));
    }
    for (Operation operation : OpenAiPaths.OPERATIONS) {
      if (slash >= 0 && rest.substring(slash).equals(OpenAiPaths.of(operation))) {
        return request.infer(form, () -> new Asked(call(request, operation, deployment), form));
      }
    }
    return request.error(form, MockError.refused(404, "Resource not found", ""));
  }

  /** The path says the model; what the body says does not count. */
  private static MockCall call(ApiRequest request, Operation operation, String deployment) {
    OpenAiRequestBody body = OpenAiRequestBody.scanModelOptional(operation, request.body());
    OpenAiRules.check(operation, body.bytes(), request.mock().script().strict());
    return MockCall.of(operation, body, deployment);
  }
}
