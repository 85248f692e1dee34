package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.WireAnswer;

/** An error as Anthropic's clients read it. */
final class MessageErrorShape {

  private MessageErrorShape() {}

  static void check(WireAnswer answer, String type, String code) {
    assertThat(answer.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("X-Infermux-Error", code);
    assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("type", "error");
    assertThat(answer.json().getString("type")).isEqualTo("error");
    assertThat(answer.error().getString("type")).isEqualTo(type);
    assertThat(answer.error().getString("code")).isEqualTo(code);
    assertThat(answer.error().getString("message")).isNotEmpty();
  }
}
