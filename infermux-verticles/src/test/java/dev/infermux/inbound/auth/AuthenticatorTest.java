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
  private final ManagementAuthenticator operators = operators(KEY);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer the-key", "bearer the-key", "BEARER  the-key "})
  void scheme_is_read_in_any_case_from_callers_and_operators(String header) {
    MultiMap headers = headers("Authorization", header);

    assertThatCode(() -> callers.authenticate(headers, Credentials.BEARER))
        .doesNotThrowAnyException();
    assertThatCode(() -> operators.admit(local(headers), false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Bearer", "Bearer ", "the-key", "Basic the-key", "Bearerthe-key"})
  void what_is_no_bearer_token_counts_as_none(@Nullable String header) {
    MultiMap headers = header == null ? headers("X-Other", "1") : headers("Authorization", header);
    String found =
        header == null || header.isEmpty()
            ? "Authorization: missing (expected: Bearer and "
            : "Authorization: no bearer token (expected: Bearer and ";

    assertThatThrownBy(() -> callers.authenticate(headers, Credentials.BEARER))
        .hasMessageStartingWith(found);
    assertThatThrownBy(() -> operators.admit(local(headers), false)).hasMessageStartingWith(found);
  }

  @Test
  void another_token_is_refused_to_both_without_repeating_it() {
    MultiMap headers = headers("Authorization", "Bearer another");

    for (Runnable asking :
        List.<Runnable>of(
            () -> callers.authenticate(headers, Credentials.BEARER),
            () -> operators.admit(local(headers), false))) {
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

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1%lo", "::ffff:127.0.0.1"})
  void without_a_token_this_machine_is_admitted(String address) {
    Sender here = new Sender(headers("X-Other", "1"), "localhost", address);

    assertThatCode(() -> operators(null).admit(here, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"10.0.0.7", "128.0.0.1", "fe80::1%eth0", "::ffff:10.0.0.7", "localhost"})
  void without_a_token_no_other_is(@Nullable String address) {
    Sender there = new Sender(headers("X-Other", "1"), "localhost", address);

    assertThatThrownBy(() -> operators(null).admit(there, false))
        .hasMessageContaining("INFERMUX_MANAGEMENT_TOKEN");
    assertThatCode(() -> operators(null).admit(there, true)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST", "Gate.internal", "listening", "10.0.0.7", "[::1]"})
  void name_of_this_server_is_known(String host) {
    Sender asking = new Sender(headers("X-Other", "1"), host, "127.0.0.1");

    assertThatCode(() -> operators(null).admit(asking, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "[evil]", ""})
  void any_other_name_may_be_one_that_a_foreign_site_has_rebound(@Nullable String host) {
    Sender asking = new Sender(headers("X-Other", "1"), host, "127.0.0.1");

    assertThatThrownBy(() -> operators(null).admit(asking, true))
        .hasMessageContaining("management.hosts");
  }

  private static ManagementAuthenticator operators(@Nullable Secret token) {
    ManagementOptions options =
        ManagementOptions.defaults().withToken(token).withHosts(List.of("gate.internal"));
    return new ManagementAuthenticator(options, "Listening", false);
  }

  private static Sender local(MultiMap headers) {
    return new Sender(headers, "localhost", "127.0.0.1");
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
