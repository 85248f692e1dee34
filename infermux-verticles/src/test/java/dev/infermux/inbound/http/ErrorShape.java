package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.ApiSchema;
import dev.infermux.e2e.kit.WireAnswer;

/** The one shape of every error. */
final class ErrorShape {

  private ErrorShape() {}

  static void check(WireAnswer answer, String code) {
    assertThat(answer.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("X-Infermux-Error", code);
    assertThat(answer.header("www-authenticate") != null).isEqualTo(answer.status() == 401);
    ApiSchema.ERROR.check(answer.body());
    assertThat(answer.json().fieldNames()).containsExactly("error");
    assertThat(answer.error().fieldNames())
        .containsExactlyInAnyOrder("message", "type", "code", "param");
    assertThat(answer.error().getString("type")).isEqualTo("infermux_error");
    assertThat(answer.error().getString("code")).isEqualTo(code);
    assertThat(answer.error().getString("message")).isNotEmpty();
  }
}
