package dev.infermux.benchmarks.run;

import java.io.IOException;

/** How the programs of the scripts end: each says in one line what kept it from its figures. */
final class RunExit {

  private RunExit() {}

  /** A run, whose status is that of the program when nothing is thrown. */
  @FunctionalInterface
  interface Run {
    int run() throws IOException, InterruptedException;
  }

  /** Ends the program: 1 if something did not start or answer, 2 on bad arguments. */
  static void with(Run run) {
    int status;
    try {
      status = run.run();
    } catch (IllegalArgumentException e) {
      Progress.say("%s", String.valueOf(e.getMessage()));
      status = 2;
    } catch (IOException | InterruptedException | IllegalStateException e) {
      Progress.say("%s", String.valueOf(e.getMessage()));
      status = 1;
    }
    System.exit(status);
  }
}
