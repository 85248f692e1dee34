package dev.infermux.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/** The dialects InferMux speaks to providers, under the names of the configuration file. */
public enum ProviderType {
  OPENAI("openai", "https://api.openai.com/v1"),
  ANTHROPIC("anthropic", "https://api.anthropic.com/v1"),
  OLLAMA("ollama", "http://localhost:11434"),
  /** Has no default address: every Azure resource has its own. */
  AZURE_OPENAI("azure_openai", "infermux:azure_openai"),
  /** Built in, for trying out: answers without any network. */
  ECHO("echo", "infermux:echo"),
  /** Built in, for tests: answers and fails as its script says, without any network. */
  MOCK("mock", "infermux:mock");

  private final String wireName;
  private final URI defaultBaseUrl;

  ProviderType(String wireName, String defaultBaseUrl) {
    this.wireName = wireName;
    this.defaultBaseUrl = URI.create(defaultBaseUrl);
  }

  public String wireName() {
    return wireName;
  }

  /** Where the vendor is found; of scheme {@code infermux} when there is no such place. */
  public URI defaultBaseUrl() {
    return defaultBaseUrl;
  }

  /** Whether the vendor hosts it and wants a key for each call. */
  public boolean hosted() {
    return this == OPENAI || this == ANTHROPIC || this == AZURE_OPENAI;
  }

  /** Whether calling it needs the network. */
  public boolean remote() {
    return this != ECHO && this != MOCK;
  }

  public static Optional<ProviderType> of(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }
}
