package dev.infermux.inbound.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One resource of a front API and what serves it.
 *
 * @param method {@code HEAD} goes where {@code GET} goes
 * @param path as it is documented
 * @param aliases further paths of it
 * @param below whether all paths below these are its own too
 */
record HttpRoute(
    HttpMethod method, String path, List<String> aliases, boolean below, HttpEndpoint endpoint) {

  HttpRoute {
    aliases = List.copyOf(aliases);
  }

  static HttpRoute get(String path, HttpEndpoint endpoint) {
    return new HttpRoute(HttpMethod.GET, path, List.of(), false, endpoint);
  }

  static HttpRoute post(String path, HttpEndpoint endpoint) {
    return new HttpRoute(HttpMethod.POST, path, List.of(), false, endpoint);
  }

  HttpRoute alsoAt(String alias) {
    List<String> all = Stream.concat(aliases.stream(), Stream.of(alias)).toList();
    return new HttpRoute(method, path, all, below, endpoint);
  }

  HttpRoute andBelow() {
    return new HttpRoute(method, path, aliases, true, endpoint);
  }

  /** Its paths, as they are written without a slash too many. */
  List<String> paths() {
    return Stream.concat(Stream.of(path), aliases.stream()).toList();
  }

  boolean accepts(HttpMethod asked) {
    return asked.equals(method) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
  }

  String allow() {
    return method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name();
  }

  /**
   * Matches raw paths, in which a slash may be repeated or trail. Nothing is unescaped and no dot
   * segment resolved, so that a path means the same here and to a proxy in front.
   */
  String pattern() {
    return paths().stream()
        .map(one -> one.substring(1).replaceAll("[^/]+", "\\\\Q$0\\\\E").replace("/", "/+"))
        .collect(Collectors.joining("|", "/+(?:", ")" + (below ? "(?:/.*)?" : "/*")));
  }

  /** What follows the route's path in this one; empty at the path itself. */
  String rest(String normalPath) {
    String rest = rest(path, normalPath);
    for (int i = 0; rest.isEmpty() && i < aliases.size(); i++) {
      rest = rest(aliases.get(i), normalPath);
    }
    return rest;
  }

  private static String rest(String route, String path) {
    int length = route.length();
    return path.length() > length && path.charAt(length) == '/' && path.startsWith(route)
        ? path.substring(length + 1)
        : "";
  }
}
