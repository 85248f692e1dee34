package dev.infermux.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.openai.OpenAiResponses;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Secret;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.TestTimes;
import dev.infermux.testing.Wire;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamErrorClassifierTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private @Nullable Secret apiKey = Secret.of("gateway-key-1");

  private Failure refused(int status, String body) {
    return refused(TestCall.chat(), status, body);
  }

  private Failure refused(TestCall call, int status, String body) {
    ProviderFailures failures = new ProviderFailures("up");
    ErrorClassifier errors = new UpstreamErrorClassifier(failures, apiKey);
    return new OpenAiResponses(failures, errors, TestTimes.at(CLOCK))
        .refused(new ErrorResponse(call.attempt(), status, headers, Buffer.buffer(body)));
  }

  private static FailureClass classOf(Failure failure) {
    return failure instanceof UpstreamError error
        ? error.kind()
        : ((ProviderRejected) failure).kind();
  }

  private static String error(String message, String type, String code) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
        .formatted(message, type, code);
  }

  @Test
  void recorded_rejections_keep_their_status_words_code_and_parameter() {
    assertThat(refused(404, Wire.text("openai/error-404.json")))
        .isEqualTo(
            new ProviderRejected(
                FailureClass.NOT_FOUND,
                404,
                "model_not_found",
                "The model `gpt-4.1-nano-wrong` does not exist or you do not have access to it.",
                null));
    assertThat(refused(400, Wire.text("openai/error-400.json")))
        .isEqualTo(
            new ProviderRejected(
                FailureClass.CALLER_FAULT,
                400,
                "unsupported_parameter",
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                    + " 'max_completion_tokens' instead.",
                "max_tokens"));
  }

  @ParameterizedTest
  @CsvSource({
    "500, SERVER_ERROR", "502, SERVER_ERROR", "503, SERVER_ERROR", "529, SERVER_ERROR",
    "599, SERVER_ERROR", "408, TRANSIENT", "429, RATE_LIMITED", "401, UNAUTHORIZED",
    "402, QUOTA", "403, UNAUTHORIZED", "400, CALLER_FAULT", "404, NOT_FOUND",
    "405, CALLER_FAULT", "409, TRANSIENT", "413, TOO_LARGE", "422, CALLER_FAULT",
    "425, TRANSIENT", "451, CALLER_FAULT"
  })
  void every_status_has_its_class(int status, FailureClass kind) {
    assertThat(classOf(refused(status, "{}"))).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_refused_key_of_the_callers_passes_on_as_it_came(int status) {
    apiKey = null;

    Failure failure =
        refused(TestCall.chat().credential("caller-key-1"), status, error("No", "auth", "null"));

    assertThat(failure)
        .isEqualTo(new ProviderRejected(FailureClass.CALLER_FAULT, status, "auth", "No", null));
  }

  @Test
  void a_key_that_nobody_gave_is_the_gateways_to_find() {
    apiKey = null;

    assertThat(classOf(refused(401, "{}"))).isEqualTo(FailureClass.UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}",
        "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096"
            + " tokens.\",\"type\":\"BadRequestError\",\"code\":400}",
        "{\"error\":{\"message\":\"the request exceeds the available context"
            + " size\",\"type\":\"exceed_context_size_error\",\"code\":400}}",
        "[{\"error\":{\"code\":400,\"message\":\"The input token count (9) exceeds the maximum"
            + " number of tokens allowed (8).\",\"status\":\"INVALID_ARGUMENT\"}}]",
      })
  void a_prompt_too_long_is_its_own_class(String body) {
    Failure failure = refused(400, body);

    assertThat(classOf(failure)).isEqualTo(FailureClass.CONTEXT_LENGTH);
    assertThat(failure.status()).isEqualTo(400);
  }

  @Test
  void a_content_filter_is_the_callers_even_where_it_looks_like_a_key() {
    assertThat(classOf(refused(403, error("no", "x", "\"content_filter\""))))
        .isEqualTo(FailureClass.CALLER_FAULT);
    assertThat(classOf(refused(400, error("no", "x", "\"content_policy_violation\""))))
        .isEqualTo(FailureClass.CALLER_FAULT);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 429})
  void a_spent_quota_is_told_as_one_that_no_retry_mends(int status) {
    headers.set("retry-after-ms", "274579000");

    Failure failure =
        refused(status, error("You exceeded your current quota", "insufficient_quota", "null"));

    assertThat(classOf(failure)).isEqualTo(FailureClass.QUOTA);
    assertThat(failure.status()).isEqualTo(429);
    assertThat(failure.code()).isEqualTo("insufficient_quota");
    assertThat(failure.worthRetrying()).isFalse();
    assertThat(failure.retryAfter()).isNull();
    assertThat(failure.message()).endsWith("You exceeded your current quota");
  }

  @Test
  void a_402_is_a_spent_account_whatever_its_words_and_whoevers_key() {
    apiKey = null;

    Failure failure = refused(TestCall.chat().credential("caller-key-1"), 402, "{}");

    assertThat(classOf(failure)).isEqualTo(FailureClass.QUOTA);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 413, 425, 429, 500, 503})
  void retry_after_of_any_status_is_read(int status) {
    headers.set("retry-after", "3");

    assertThat(refused(status, "{}").retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 503})
  void a_provider_that_forbids_a_retry_is_heard_and_passed_on(int status) {
    assertThat(refused(status, "{}").forbidsRetry()).isFalse();

    headers.set("x-should-retry", "false");
    assertThat(refused(status, "{}").forbidsRetry()).isTrue();
    assertThat(refused(status, "{}").worthRetrying()).isFalse();
  }

  @Test
  void a_404_about_something_in_the_call_is_the_callers() {
    String item =
        "{\"error\":{\"message\":\"Item with id 'rs_1' not found.\",\"param\":\"input\"}}";

    assertThat(classOf(refused(404, item))).isEqualTo(FailureClass.CALLER_FAULT);
    assertThat(classOf(refused(400, error("no such model", "x", "\"model_not_found\""))))
        .isEqualTo(FailureClass.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Bad words\",\"code\":400}}",
        "{\"error\":\"Bad words\"}",
        "{\"detail\":\"Bad words\"}",
        "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"Bad words\",\"type\":\"missing\"}]}",
        "{\"detail\":{\"message\":\"Bad words\"}}",
        "{\"message\":\"Bad words\"}",
        "{\"msg\":\"Bad words\"}",
        "[{\"error\":{\"message\":\"Bad words\"}}]",
        "\"Bad words\"",
        "Bad words"
      })
  void every_shape_of_an_error_gives_its_words(String body) {
    assertThat(refused(422, body).message()).isEqualTo("Bad words");
  }

  @Test
  void a_numeric_code_becomes_text() {
    assertThat(refused(400, error("x", "y", "4711")).code()).isEqualTo("4711");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "42", "{\"error\":null}", "{\"error\":{}}"})
  void a_body_without_words_leaves_the_status_to_speak(String body) {
    assertThat(refused(400, body).message()).isEqualTo("provider \"up\": answered 400");
  }

  @Test
  void markup_and_keys_are_never_passed_on() {
    headers.set("content-type", "text/html");
    assertThat(refused(502, "<html>nginx</html>").message())
        .isEqualTo("provider \"up\": answered 502 with an HTML page");

    headers.set("content-type", "application/json");
    String told =
        refused(401, error("Wrong key gateway-key-1, sk-abcdef12345", "a", "null")).message();
    assertThat(told).isEqualTo("provider \"up\": answered 401: Wrong key ****, ****");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detail\":\"Not Found\"}",
        "404 page not found\n",
        "{\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"path\":\"/v1/responses\"}",
        "{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}",
        "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}",
        "{\"error\":{\"message\":\"Invalid URL (POST /v1/responses)\",\"code\":null}}",
        "{\"message\":\"Route POST:/v1/responses not found\",\"statusCode\":404}",
        "<html><head><title>404 Not Found</title></head></html>",
        "Cannot POST /v1/responses",
        ""
      })
  void a_404_about_the_path_is_not_one_about_the_model(String body) {
    assertThat(((ProviderRejected) refused(404, body)).code()).isNotEqualTo("model_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"model 'x' not found\"}",
        "{\"error\":{\"message\":\"No endpoints found for acme/x.\",\"code\":404}}",
        "{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"code\":404}",
        "{\"error\":{\"code\":404,\"message\":\"models/x is not found\",\"status\":\"NOT_FOUND\"}}"
      })
  void a_404_without_a_code_that_says_more_is_about_the_model(String body) {
    assertThat(((ProviderRejected) refused(404, body)).code()).isEqualTo("model_not_found");
  }
}
