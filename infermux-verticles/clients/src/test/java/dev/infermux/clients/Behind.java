package dev.infermux.clients;

import dev.infermux.provider.ProviderOptions.Responses;
import dev.infermux.provider.ProviderType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is behind InferMux: the columns of the matrix. */
enum Behind {
  OPENAI("openai", ProviderType.OPENAI, Responses.YES),
  /** One of the many that have no Responses API. */
  COMPATIBLE("openai, chat only", ProviderType.OPENAI, Responses.NO),
  AZURE("azure_openai", ProviderType.AZURE_OPENAI, Responses.NO),
  ANTHROPIC("anthropic", ProviderType.ANTHROPIC, Responses.NO),
  OLLAMA("ollama", ProviderType.OLLAMA, Responses.NO);

  private final String text;
  private final ProviderType type;
  private final Responses responses;

  Behind(String text, ProviderType type, Responses responses) {
    this.text = text;
    this.type = type;
    this.responses = responses;
  }

  /** Its name in the matrix. */
  String text() {
    return text;
  }

  ProviderType type() {
    return type;
  }

  Responses responses() {
    return responses;
  }

  /** Those that the property {@code clients.columns} names, in lower case; without it one. */
  static List<Behind> chosen(String front) {
    String property = System.getProperty("clients.columns", "");
    if (property.isEmpty()) {
      return List.of(front.equals(Clients.CHAT) ? ANTHROPIC : COMPATIBLE);
    }
    List<String> names = List.of(property.split(","));
    return Arrays.stream(values())
        .filter(column -> names.contains(column.name().toLowerCase(Locale.ROOT)))
        .filter(column -> column != COMPATIBLE || front.equals(Clients.RESPONSES))
        .toList();
  }
}
