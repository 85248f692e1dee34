package dev.infermux.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void of_a_variable_that_is_not_set_is_said_in_words() {
    assertThatNullPointerException()
        .isThrownBy(() -> Secret.of(System.getenv("INFERMUX_TEST_NOT_SET")))
        .withMessage("secret: null (expected: a text; is its variable set?)");
    assertThat(Secret.of("k")).hasToString("****");
  }
}
