package dev.infermux.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;

/**
 * A Vert.x of timers and one context, all in virtual time on the test's own thread. It has what
 * code on a context of its own needs; anything else throws.
 */
public final class VirtualVertx {

  private final VirtualTime time;
  private final ContextInternal context = proxy(ContextInternal.class, this::onContext);
  private final VertxInternal vertx = proxy(VertxInternal.class, this::onVertx);

  private VirtualVertx(VirtualTime time) {
    this.time = time;
  }

  public static Vertx in(VirtualTime time) {
    return new VirtualVertx(time).vertx;
  }

  private Object onVertx(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "createEventLoopContext", "getOrCreateContext" -> context;
      case "cancelTimer" -> time.cancel((Long) arguments[0]);
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  @SuppressWarnings("unchecked")
  private Object onContext(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "setTimer" -> timer((Long) arguments[0], (Handler<Long>) arguments[1]);
      case "runOnContext" ->
          time.after(Duration.ZERO, () -> ((Handler<Void>) arguments[0]).handle(null));
      case "isRunningOnContext" -> true;
      case "promise" -> InvocationHandler.invokeDefault(proxy, method, arguments);
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private long timer(long millis, Handler<Long> handler) {
    return time.after(Duration.ofMillis(millis), () -> handler.handle(0L));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
