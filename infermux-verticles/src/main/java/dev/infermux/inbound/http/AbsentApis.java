package dev.infermux.inbound.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is answered for resources of OpenAI's API that a router does not have. */
final class AbsentApis {

  private static final String ELSEWHERE = "call the provider itself";
  private static final Map<String, String> INSTEAD =
      Map.of(
          "files", "send files inside the request, as data: URLs or as forms, or " + ELSEWHERE,
          "batches", "send the requests one by one, or " + ELSEWHERE,
          "realtime", "use /v1/chat/completions or /v1/audio with streams, or " + ELSEWHERE);

  private AbsentApis() {}

  /** What to do instead; null for a path of no such resource. */
  static @Nullable String advice(String normalPath) {
    String path = normalPath.startsWith("/v1/") ? normalPath.substring("/v1".length()) : normalPath;
    int end = path.indexOf('/', 1);
    String resource = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    String instead = INSTEAD.get(resource);
    return instead == null ? null : "/v1/" + resource + " is not served here; " + instead;
  }
}
