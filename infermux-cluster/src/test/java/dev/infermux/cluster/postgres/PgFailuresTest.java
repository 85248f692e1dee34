package dev.infermux.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PgFailuresTest {

  @Test
  void connection_that_ends_is_told_in_words_and_not_in_those_of_the_socket() {
    for (Throwable cut :
        List.of(
            new IOException("recvAddress(..) failed with error(-104): Connection reset by peer"),
            ClosedConnectionException.INSTANCE)) {
      assertThat(PgFailures.of(cut, "db:5432/b").getMessage())
          .startsWith("the database at db:5432/b: it ends connections (is it being stopped,");
    }
  }
}
