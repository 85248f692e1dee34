package dev.infermux.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {

  @Test
  void handler_that_throws_keeps_no_other_from_what_it_undoes() {
    Cancellation cancellation = new Cancellation();
    List<String> undone = new ArrayList<>();
    cancellation.onCancel(
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
    cancellation.onCancel(() -> undone.add("own"));
    cancellation.child().onCancel(() -> undone.add("child's"));

    cancellation.cancel();

    assertThat(undone).containsExactly("own", "child's");
    assertThat(cancellation.isCancelled()).isTrue();
  }
}
