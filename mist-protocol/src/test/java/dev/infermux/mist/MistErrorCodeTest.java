package dev.infermux.mist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "internal, 500, false", "timeout, 504, true", "cancelled, 499, false",
    "transport, 500, true", "protocol, 500, false", "validation, 400, false",
    "not_found, 404, false", "unavailable, 503, true", "rate_limit, 429, true",
    "auth, 401, false", "conflict, 409, false"
  })
  void codes_have_the_status_and_retryability_of_the_family(
      String code, int status, boolean retryable) {
    MistErrorCode found = MistErrorCode.of(code).orElseThrow();

    assertThat(found.code()).isEqualTo(code);
    assertThat(found.status()).isEqualTo(status);
    assertThat(found.retryable()).isEqualTo(retryable);
  }

  @Test
  void a_code_of_a_tools_own_has_no_constant() {
    assertThat(MistErrorCode.of("budget_exceeded")).isEmpty();
  }
}
