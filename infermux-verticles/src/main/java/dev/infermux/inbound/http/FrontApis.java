package dev.infermux.inbound.http;

import java.util.List;

/** All front APIs, in the order in which the error of an unknown path lists them. */
final class FrontApis {

  private FrontApis() {}

  static List<FrontApi> of(FrontApiServices services) {
    return List.of(
        OpenAiApi.of(services),
        ResponsesApi.of(services),
        MessagesApi.of(services),
        OllamaApi.of(services),
        MistApi.of(services));
  }
}
