package dev.infermux.vertx;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object that is another one but for some of its methods, whatever methods that has. A
 * method of the original that is for chaining, and returns the original itself, returns the new
 * object.
 */
final class Overlay {

  private static final Object[] NOTHING = {};

  private Overlay() {}

  /** What a method answers instead of the original's; null = as the original does. */
  interface Replacement {
    @Nullable Object of(String method, Object[] arguments);
  }

  static <T> T of(Class<T> type, T original, Replacement replacement) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (overlay, method, given) -> {
              Object[] arguments = given == null ? NOTHING : given;
              if (method.getName().equals("equals") && arguments[0] == overlay) {
                return true;
              }
              Object replaced = replacement.of(method.getName(), arguments);
              if (replaced != null) {
                return replaced;
              }
              Object result = call(original, method, arguments);
              return result == original ? overlay : result;
            }));
  }

  private static @Nullable Object call(Object original, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(original, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
