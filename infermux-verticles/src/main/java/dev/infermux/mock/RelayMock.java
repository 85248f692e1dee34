package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.http.WireStep;
import java.net.URLDecoder;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Images, speech, transcriptions, moderations and rankings: one answer each, whatever is asked, at
 * OpenAI's paths and at Azure's.
 */
final class RelayMock implements MockApi {

  private static final Pattern AZURE =
      Pattern.compile("/openai/(?:v1|deployments/(?<model>[^/]+))(?<path>/.+)");

  @Override
  public @Nullable Iterator<WireStep> answer(ApiRequest request) {
    Matcher azure = AZURE.matcher(request.path());
    boolean elsewhere = azure.matches();
    String path = elsewhere ? azure.group("path") : request.path();
    if (!OpenAiPaths.RELAYED.containsKey(path)) {
      return null;
    }
    String deployment = elsewhere ? azure.group("model") : null;
    return request.infer(
        OpenAiForm.INSTANCE, () -> asked(path, deployment, RelayedFields.of(request.body())));
  }

  private static Asked asked(String path, @Nullable String deployment, RelayedFields fields) {
    FixedAnswer answer = java.util.Objects.requireNonNull(FixedAnswers.of(path, fields));
    String model = deployment == null ? fields.model() : URLDecoder.decode(deployment, UTF_8);
    boolean stream = fields.stream() && !answer.events().isEmpty();
    return new Asked(MockCall.relayed(model, stream), new FixedForm(answer));
  }
}
