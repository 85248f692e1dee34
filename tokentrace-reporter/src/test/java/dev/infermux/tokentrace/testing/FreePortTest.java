package dev.infermux.tokentrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void nobody_is_given_a_port_twice_be_it_in_use_or_not() throws Exception {
    Set<Integer> ports = new HashSet<>();
    try (ServerSocket taken = new ServerSocket(FreePort.next())) {
      ports.add(taken.getLocalPort());
      for (int i = 0; i < 9; i++) {
        assertThat(ports.add(FreePort.next())).isTrue();
      }

      assertThat(ports).doesNotContain(Integer.valueOf(inAnotherProcess()));
    }
  }

  /** Prints a port. */
  static final class Other {
    public static void main(String[] arguments) {
      System.out.print(FreePort.next());
    }
  }

  private static String inAnotherProcess() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classes, Other.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
