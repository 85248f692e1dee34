package dev.infermux.inbound.http;

import java.util.List;

/** All front APIs, in the order in which unknown paths are told about them. */
final class FrontApis {

  private FrontApis() {}

  static List<FrontApi> of(FrontApiServices services) {
    return List.of(OpenAiApi.of(services), MistApi.of(services));
  }
}
