package dev.infermux.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CauseTextTest {

  @Test
  void a_cause_without_a_message_is_named_by_its_kind() {
    assertThat(CauseText.of(new EOFException())).isEqualTo("EOFException");
    assertThat(CauseText.of(new IOException(" "))).isEqualTo("IOException");
    assertThat(CauseText.of(new IOException("Broken pipe"))).isEqualTo("Broken pipe");
  }
}
