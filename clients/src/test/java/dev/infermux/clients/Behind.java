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

  /** Those that the property names, in lower case; the table has a column only where it differs. */
  static List<Behind> chosen(String front) {
    List<String> names = List.of(System.getProperty("clients.columns", "compatible").split(","));
    return Arrays.stream(values())
        .filter(column -> names.contains(column.name().toLowerCase(Locale.ROOT)))
        .filter(
            column -> column != COMPATIBLE || front.equals(Clients.RESPONSES) || names.size() == 1)
        .toList();
  }
}
