package dev.infermux.inbound.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and operators present is read in one way. */
class AuthenticatorTest {

  private static final Secret KEY = Secret.of("the-key");

  private static final AuthOptions ONE_KEY =
      AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(KEY);

  private final Authenticator callers = new Authenticator(ONE_KEY);
  private final ManagementAuthenticator operators = new ManagementAuthenticator(KEY);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer the-key", "bearer the-key", "BEARER  the-key "})
  void scheme_is_read_in_any_case_from_callers_and_operators(String header) {
    MultiMap headers = headers("Authorization", header);

    assertThatCode(() -> callers.authenticate(headers, Credentials.BEARER))
        .doesNotThrowAnyException();
    assertThatCode(() -> operators.authenticate(headers)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Bearer", "Bearer ", "the-key", "Basic the-key", "Bearerthe-key"})
  void what_is_no_bearer_token_counts_as_none(@Nullable String header) {
    MultiMap headers = header == null ? headers("X-Other", "1") : headers("Authorization", header);

    assertThatThrownBy(() -> callers.authenticate(headers, Credentials.BEARER))
        .hasMessageStartingWith("Authorization: missing");
    assertThatThrownBy(() -> operators.authenticate(headers))
        .hasMessageStartingWith("Authorization: missing");
  }

  @Test
  void another_token_is_refused_to_both_without_repeating_it() {
    MultiMap headers = headers("Authorization", "Bearer another");

    for (Runnable asking :
        List.<Runnable>of(
            () -> callers.authenticate(headers, Credentials.BEARER),
            () -> operators.authenticate(headers))) {
      assertThatThrownBy(asking::run)
          .isInstanceOfSatisfying(
              InferenceException.class,
              refused -> {
                assertThat(refused.failure()).isInstanceOf(Failure.InvalidApiKey.class);
                assertThat(refused.failure().message())
                    .doesNotContain("another")
                    .doesNotContain("the-key");
              });
    }
  }

  @Test
  void without_a_token_every_operator_is_admitted() {
    ManagementAuthenticator open = new ManagementAuthenticator(null);

    assertThatCode(() -> open.authenticate(headers("X-Other", "1"))).doesNotThrowAnyException();
  }

  @Test
  void key_bound_to_a_caller_decides_the_attribution() {
    CallerKey bound = new CallerKey(Secret.of("team-key"), "team-a", null, "production");
    Authenticator keyed = new Authenticator(ONE_KEY.withKeys(List.of(bound)));
    MultiMap headers = headers("Authorization", "Bearer team-key");
    headers.set("X-Infermux-Caller", "team-b");

    Authenticator.Caller caller = keyed.authenticate(headers, Credentials.BEARER);

    assertThat(caller.attribution().caller()).isEqualTo("team-a");
    assertThat(caller.attribution().env()).isEqualTo("production");
    assertThat(caller.credential()).isNull();
  }

  private static MultiMap headers(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().set(name, value);
  }
}
