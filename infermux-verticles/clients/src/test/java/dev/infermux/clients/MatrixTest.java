package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MatrixTest {

  @Test
  void docs_show_the_last_recorded_results() {
    assertThat(Matrix.shown()).isEqualTo(Matrix.recorded().markdown());
  }
}
