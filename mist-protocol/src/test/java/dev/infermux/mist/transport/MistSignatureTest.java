package dev.infermux.mist.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MistSignatureTest {

  private static final byte[] BODY = "The quick brown fox jumps over the lazy dog".getBytes(UTF_8);
  private static final String KNOWN =
      "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";

  private final MistSignature signature = new MistSignature("key");

  @Test
  void a_body_has_the_well_known_hmac() {
    assertThat(signature.sign(BODY)).isEqualTo(KNOWN);
    assertThat(signature.verify(BODY, KNOWN)).isTrue();
  }

  @Test
  void any_other_header_body_or_secret_does_not_verify() {
    assertThat(signature.verify(BODY, null)).isFalse();
    assertThat(signature.verify(BODY, "")).isFalse();
    assertThat(signature.verify(BODY, KNOWN.substring(7))).isFalse();
    assertThat(signature.verify(BODY, KNOWN.replace('8', '9'))).isFalse();
    assertThat(signature.verify("other".getBytes(UTF_8), KNOWN)).isFalse();
    assertThat(new MistSignature("other").verify(BODY, KNOWN)).isFalse();
  }

  @Test
  void a_secret_may_not_be_empty() {
    assertThatThrownBy(() -> new MistSignature("")).isInstanceOf(IllegalArgumentException.class);
  }
}
