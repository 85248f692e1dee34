package dev.infermux.cli.process;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as requests to stop, SIGHUP as one to read the configuration again.
 *
 * <p>A shutdown hook could not distinguish the two, nor see a second one. {@code sun.misc.Signal}
 * can and is in every JDK (module jdk.unsupported); javac warns of it by name, hence the
 * reflection.
 */
final class Signals implements StopRequests {

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  @Override
  public void listen(IntConsumer stop) {
    on("TERM", () -> stop.accept(ExitCode.OK));
    on("INT", () -> stop.accept(ExitCode.INTERRUPTED));
  }

  @Override
  public void onReload(Runnable reload) {
    on("HUP", reload);
  }

  private static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object caller =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), caller);
    } catch (ReflectiveOperationException e) {
      // With -Xrs, or where there are no signals.
      LOG.warn("SIG{} cannot be handled, it stops the process at once", name, e);
    }
  }
}
