package dev.infermux.benchmarks.library;

import dev.infermux.InferMux;
import dev.infermux.benchmarks.loop.CallLoop;
import dev.infermux.benchmarks.loop.ServingLoop;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Prints what the library costs. CPU time is that of the one event loop that serves, whatever else
 * runs on the machine; callers have threads of their own.
 */
public final class LibraryFigures {

  private static final String PROMPT = "word ".repeat(200);
  private static final int CALLS = 10_000;
  private static final int WIDTH = 16;
  private static final int WARM_UP = 8;
  private static final int WINDOWS = 7;
  private static final int STARTS = 30;

  private LibraryFigures() {}

  public static void main(String[] args) {
    inProcess();
    overSockets();
  }

  private static void inProcess() {
    ServingLoop loop = new ServingLoop();
    InProcess mock = loop.run(() -> Future.succeededFuture(new InProcess(loop.vertx(), PROMPT)));
    InferMux library = loop.run(mock::create);

    double[] medians =
        inTurn(
            loop,
            () -> loop.repeat(CALLS, mock::alone),
            () -> loop.repeat(CALLS, () -> mock.through(library)));
    row("the mock alone, µs of CPU", medians[0]);
    row("a call through the library on the mock", medians[1]);
    row("over the mock itself", medians[1] - medians[0]);
    row("create to first answer, ms", starts(mock));
    loop.run(library::close);
    loop.close();
  }

  /** The median of the later half, in milliseconds; as a program does it, off the event loop. */
  private static double starts(InProcess mock) {
    double[] millis = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long began = System.nanoTime();
      InferMux library = mock.create().await();
      mock.through(library).await();
      millis[i] = (System.nanoTime() - began) / 1e6;
      library.close().await();
    }
    row("create to first answer, the first in this JVM, ms", millis[0]);
    return median(Arrays.copyOfRange(millis, STARTS / 2, STARTS));
  }

  private static void overSockets() {
    ServingLoop loop = new ServingLoop();
    ListenAddress anyPort = new ListenAddress("127.0.0.1", 0);
    Config config =
        Config.echo().withHttp(HttpOptions.defaults().withListen(anyPort)).withGrpcListen(anyPort);
    InferMux library = loop.run(() -> InferMux.create(loop.vertx(), config));
    try (Callers callers = new Callers(library.listen().await(), "echo-v1", PROMPT)) {
      double[] medians =
          inTurn(
              loop,
              () -> calls(() -> callers.overHttp("/v1/chat/completions")),
              () -> calls(() -> callers.overHttp("/infer")),
              () -> calls(callers::overGrpc));
      row("HTTP, /v1/chat/completions, µs of CPU", medians[0]);
      row("HTTP, /infer", medians[1]);
      row("gRPC, Infer", medians[2]);
      row("gRPC, times HTTP's /v1/chat/completions", medians[2] / medians[0]);
      row("gRPC, times HTTP's /infer", medians[2] / medians[1]);
    }
    loop.run(library::close);
    loop.close();
  }

  private static void calls(Supplier<Future<?>> call) {
    CallLoop.run(CALLS, WIDTH, call).await();
  }

  /** Each in turn, round by round, so that what else happens meets all alike. */
  private static double[] inTurn(ServingLoop loop, Runnable... works) {
    double[][] micros = new double[works.length][WINDOWS];
    for (int round = -WARM_UP; round < WINDOWS; round++) {
      for (int i = 0; i < works.length; i++) {
        double each = loop.microsPerCall(CALLS, works[i]);
        if (round >= 0) {
          micros[i][round] = each;
        }
      }
    }
    return Arrays.stream(micros).mapToDouble(LibraryFigures::median).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void row(String what, double value) {
    System.out.println(String.format(Locale.ROOT, "| %s | %.1f |", what, value));
  }
}
