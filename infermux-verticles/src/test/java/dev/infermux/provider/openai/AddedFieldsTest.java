package dev.infermux.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.provider.ProviderOptions.StreamUsage;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.VirtualTime;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddedFieldsTest {

  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");

  private final VirtualTime time = new VirtualTime();
  private final RefusedFields refused = new RefusedFields(time.time().ticker());
  private final List<String> sent = new ArrayList<>();
  private final List<String> refuses = new ArrayList<>();
  private boolean borne = true;
  private int asked;

  private boolean answered(OpenAiRequestBody body) {
    return answered(body, StreamUsage.AUTO);
  }

  private boolean answered(OpenAiRequestBody body, StreamUsage usage) {
    Attempt plain = TestCall.of(Operation.CHAT, CHAT).attempt();
    Attempt attempt =
        new Attempt(
            plain.call().withBody(body),
            "m",
            null,
            1,
            plain.cancellation(),
            new AttemptProgress() {
              @Override
              public void promptCounted(long tokens) {}

              @Override
              public Future<Boolean> withoutMaximum() {
                asked++;
                return Future.succeededFuture(borne);
              }
            },
            false,
            false);
    return new AddedFields(usage, refused).send(attempt, this::upstream).succeeded();
  }

  private Future<Answer> upstream(Attempt attempt) {
    String body = new String(attempt.bytes(), StandardCharsets.UTF_8);
    sent.add(body);
    for (String field : refuses) {
      if (body.contains(field)) {
        return Future.failedFuture(
            new InferenceException(
                new ProviderRejected(
                    FailureClass.CALLER_FAULT, 400, "x", "Unrecognized argument: " + field, null)));
      }
    }
    return Future.succeededFuture(Answer.whole(Buffer.buffer(), End.whole("m", null, "stop", 1)));
  }

  private static OpenAiRequestBody body(String json) {
    return OpenAiRequestBody.scan(Operation.CHAT, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_usage_that_is_refused_is_left_out_for_an_hour() {
    refuses.add("stream_options");

    assertThat(answered(body(STREAM))).isTrue();
    assertThat(sent).hasSize(2).last().isEqualTo(STREAM);
    assertThat(answered(body(STREAM))).isTrue();
    assertThat(sent).hasSize(3);

    time.pass(Duration.ofMinutes(61));
    assertThat(answered(body(STREAM))).isTrue();
    assertThat(sent).hasSize(5);
  }

  @Test
  void what_the_caller_asked_for_is_his_to_mend() {
    refuses.add("stream_options");
    refuses.add("max_tokens");

    assertThat(
            answered(
                body(
                    STREAM.replace(
                        "{\"stream\"", "{\"stream_options\":{\"include_usage\":true},\"stream\""))))
        .isFalse();
    assertThat(
            answered(
                body(CHAT.replace("{\"model\"", "{\"max_tokens\":5,\"model\"")).withMaxTokens(3)))
        .isFalse();
    assertThat(sent).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS, 4", "NEVER, 2"})
  void a_configured_usage_is_not_found_out(StreamUsage usage, int requests) {
    refuses.add("stream_options");

    assertThat(answered(body(STREAM), usage)).isTrue();
    assertThat(answered(body(STREAM), usage)).isTrue();
    assertThat(sent).hasSize(requests);
  }

  @Test
  void a_maximum_is_tried_in_its_other_spelling() {
    refuses.add("max_tokens");

    assertThat(answered(body(CHAT).withMaxTokens(7))).isTrue();
    assertThat(sent).hasSize(2).last().asString().startsWith("{\"max_completion_tokens\":7,");
    assertThat(answered(body(CHAT).withModel("other").withMaxTokens(7))).isTrue();
    assertThat(sent).hasSize(3);
    assertThat(asked).isZero();
  }

  @Test
  void without_a_maximum_the_budget_is_asked() {
    refuses.add("max_tokens");
    refuses.add("max_completion_tokens");

    assertThat(answered(body(CHAT).withMaxTokens(7))).isTrue();
    assertThat(sent).hasSize(3).last().isEqualTo(CHAT);
    assertThat(asked).isOne();

    borne = false;
    assertThat(answered(body(CHAT).withMaxTokens(7))).isFalse();
  }

  @Test
  void both_fields_are_left_out_one_after_the_other() {
    refuses.add("stream_options");
    refuses.add("max_tokens");

    assertThat(answered(body(STREAM).withMaxTokens(7))).isTrue();
    assertThat(sent).hasSize(3).last().asString().doesNotContain("stream_options", "max_tokens");
  }

  @Test
  void what_does_not_help_is_not_remembered() {
    refuses.add("stream_options");
    refuses.add("messages");

    assertThat(answered(body(STREAM))).isFalse();
    assertThat(refused.has("m", "usage")).isFalse();
  }
}
