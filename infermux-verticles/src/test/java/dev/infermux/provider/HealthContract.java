package dev.infermux.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.Cancelled;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.spi.HealthCheck;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.ProviderRig;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider says whether its API is there and takes the key, by a request that costs nothing. */
public abstract class HealthContract extends ProviderContract {

  protected HealthContract(ProviderSpeech api) {
    super(api);
  }

  @Test
  void the_check_is_a_get_with_the_gateways_key_and_nothing_of_a_callers() {
    upstream.always(MockAnswer.json("{\"data\":[]}"));

    check(rig());

    MockRequest request = upstream.lastRequest();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).isEqualTo(api.healthTarget());
    assertThat(request.headers().toString()).contains(KEY);
    assertThat(request.headers().contains("content-type")).isFalse();
    assertThat(request.body()).isEmpty();
  }

  @Test
  void without_a_key_none_is_sent() {
    upstream.always(MockAnswer.json("{\"data\":[]}"));

    check(rig(options -> options.withApiKey(null)));

    assertThat(upstream.lastRequest().headers().names())
        .doesNotContain("authorization", "x-api-key", "api-key");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 299, 404, 405})
  void a_provider_that_answers_or_has_no_such_list_is_well(int status) {
    upstream.always(MockAnswer.empty(status));

    check(rig());
  }

  @Test
  void whatever_an_answer_of_200_holds_it_is_well() {
    upstream.next(MockAnswer.html(200), MockAnswer.json("{\"data\":[").cutAfter(5));

    ProviderRig rig = rig();
    check(rig);
    check(rig);
  }

  @ParameterizedTest
  @CsvSource({
    "400, SERVER_ERROR",
    "401, UNAUTHORIZED",
    "403, UNAUTHORIZED",
    "429, RATE_LIMITED",
    "500, SERVER_ERROR",
    "503, SERVER_ERROR"
  })
  void any_other_status_fails_in_its_class(int status, FailureClass kind) {
    upstream.always(MockAnswer.html(status));

    Failure failure = failedCheck(rig());

    assertThat(failure)
        .isInstanceOfSatisfying(
            UpstreamError.class,
            error -> {
              assertThat(error.kind()).isEqualTo(kind);
              assertThat(error.providerStatus()).isEqualTo(status);
              assertThat(error.message())
                  .contains("answered " + status)
                  .doesNotContain("<html>", KEY);
            });
  }

  @Test
  void a_redirect_is_not_followed() {
    upstream.always(MockAnswer.redirect(upstream.baseUrl() + "/elsewhere"));

    assertThat(failedCheck(rig()).message()).contains("307", "base_url");
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void a_provider_that_is_not_there_fails_by_its_connection() {
    ProviderRig rig = rig(options -> options.withBaseUrl(URI.create("http://127.0.0.1:1/v1")));

    assertThat(failedCheck(rig).message()).isEqualTo("provider \"up\": connection refused");
  }

  @Test
  void a_connection_that_breaks_before_the_head_fails() {
    upstream.next(MockAnswer.reset(), MockAnswer.close());

    ProviderRig rig = rig();
    assertThat(kind(failedCheck(rig))).isEqualTo(FailureClass.CONNECTION);
    assertThat(kind(failedCheck(rig))).isEqualTo(FailureClass.CONNECTION);
  }

  @Test
  void an_answer_without_end_is_cut_and_its_status_counts() {
    upstream.always(MockAnswer.flood("application/json", Buffer.buffer("x".repeat(10_000)), -1));

    check(rig());

    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void a_connection_serves_one_check_after_the_other() {
    upstream.always(MockAnswer.json("{\"data\":[]}"));

    ProviderRig rig = rig();
    check(rig);
    check(rig);

    assertThat(upstream.acceptedConnections()).isOne();
  }

  @Test
  void a_check_that_is_given_up_closes_its_connection_whether_the_head_was_there_or_not() {
    upstream.next(
        MockAnswer.silence(),
        MockAnswer.flood("application/json", Buffer.buffer("{"), 1).thenSilence());
    ProviderRig rig = rig();

    for (int i = 1; i <= 2; i++) {
      Cancellation cancellation = new Cancellation();
      CompletableFuture<Void> checked = start(rig, new HealthCheck(null, cancellation));
      int requests = i;
      await().until(() -> upstream.requests().size() == requests);
      rig.settle();
      cancellation.cancel();

      assertThat(failure(checked)).isInstanceOf(Cancelled.class);
      await().until(() -> upstream.openConnections() == 0);
    }
  }

  @Test
  void a_check_that_was_given_up_before_sends_nothing() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    CompletableFuture<Void> checked = start(rig(), new HealthCheck(null, cancellation));

    assertThat(failure(checked)).isInstanceOf(Cancelled.class);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void a_check_that_brings_a_completion_is_that_completion() {
    upstream.next(MockAnswer.json(api.whole()), MockAnswer.json(500, api.error("no", "no")));
    Attempt completion = chat().attempt();
    HealthCheck check = new HealthCheck(completion, completion.cancellation());
    ProviderRig rig = rig();

    ProviderRig.wait(start(rig, check));

    assertThat(upstream.lastRequest().method()).isEqualTo("POST");
    assertThat(kind(failure(start(rig, check)))).isEqualTo(FailureClass.SERVER_ERROR);
  }

  private static void check(ProviderRig rig) {
    ProviderRig.wait(start(rig, new HealthCheck(null, new Cancellation())));
  }

  private static Failure failedCheck(ProviderRig rig) {
    return failure(start(rig, new HealthCheck(null, new Cancellation())));
  }

  private static CompletableFuture<Void> start(ProviderRig rig, HealthCheck check) {
    CompletableFuture<Void> checked = new CompletableFuture<>();
    rig.loop()
        .runOnContext(
            here ->
                rig.provider()
                    .check(check)
                    .onComplete(checked::complete, checked::completeExceptionally));
    return checked;
  }

  private static Failure failure(CompletableFuture<Void> checked) {
    Throwable cause = catchThrowable(() -> ProviderRig.wait(checked));
    assertThat(cause).isInstanceOf(InferenceException.class);
    return ((InferenceException) cause).failure();
  }

  private static FailureClass kind(Failure failure) {
    return ((UpstreamError) failure).kind();
  }
}
