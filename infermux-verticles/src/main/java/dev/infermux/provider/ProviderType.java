package dev.infermux.provider;

import dev.infermux.mock.script.MockScript;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dialects InferMux speaks to providers, under the names of the configuration file. */
public enum ProviderType {
  OPENAI("openai", Place.HOSTED, "https://api.openai.com/v1"),
  ANTHROPIC("anthropic", Place.HOSTED, "https://api.anthropic.com/v1"),
  OLLAMA("ollama", Place.NETWORK, "http://localhost:11434"),
  /** Has no default address: every Azure resource has its own. */
  AZURE_OPENAI("azure_openai", Place.HOSTED, "infermux:azure_openai"),
  /** Built in, for trying out: answers without any network. */
  ECHO("echo", Place.PROCESS, "infermux:echo"),
  /** Built in, for tests: answers and fails as its script says, without any network. */
  MOCK("mock", Place.PROCESS, "infermux:mock"),
  /** A program's own; no configuration file can have it. */
  PROGRAM("program", Place.PROCESS, "infermux:program");

  /** Where an API of a type runs. */
  private enum Place {
    /** At its vendor, which requires a key. */
    HOSTED,
    NETWORK,
    PROCESS
  }

  private final String wireName;
  private final Place place;
  private final URI defaultBaseUrl;

  ProviderType(String wireName, Place place, String defaultBaseUrl) {
    this.wireName = wireName;
    this.place = place;
    this.defaultBaseUrl = URI.create(defaultBaseUrl);
  }

  public String wireName() {
    return wireName;
  }

  /** The caller's headers that its API reads, and that pass unless the configuration says so. */
  public List<String> forwardHeaders() {
    return switch (this) {
      case ANTHROPIC -> List.of("anthropic-version", "anthropic-beta");
      case OPENAI, AZURE_OPENAI -> List.of("openai-beta");
      case OLLAMA, ECHO, MOCK, PROGRAM -> List.of();
    };
  }

  /**
   * What it serves unless the configuration says so; null where that is not restricted. A provider
   * that makes its answers up never answers for a real model.
   */
  public @Nullable List<String> ownModels() {
    return switch (this) {
      case ECHO -> List.of("echo-v1");
      case MOCK -> List.of(MockScript.MODEL);
      default -> null;
    };
  }

  /** Where the vendor is found; of scheme {@code infermux} when there is no such place. */
  public URI defaultBaseUrl() {
    return defaultBaseUrl;
  }

  /** Whether a caller's own key is passed on to it where it has none of its own. */
  public boolean takesCallersKey() {
    return switch (this) {
      case OPENAI, ANTHROPIC, AZURE_OPENAI, MOCK -> true;
      case OLLAMA, ECHO, PROGRAM -> false;
    };
  }

  /** Whether the vendor hosts it and wants a key for each call. */
  public boolean hosted() {
    return place == Place.HOSTED;
  }

  /** Whether calling it needs the network. */
  public boolean remote() {
    return place != Place.PROCESS;
  }

  public static Optional<ProviderType> of(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }
}
