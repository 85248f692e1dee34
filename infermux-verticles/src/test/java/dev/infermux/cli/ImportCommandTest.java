package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.ReadOptions;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Configurations as people have them, and what becomes of each of their settings. */
@ExtendWith(VertxExtension.class)
class ImportCommandTest {

  private static final Path SOURCES = Path.of("src/test/resources/import");

  @TempDir private Path folder;

  @Test
  void accounts_become_providers_and_names_become_aliases(Vertx vertx) throws Exception {
    Imported imported = litellm(vertx, "litellm-simple.yaml");

    assertThat(imported.provider("openai").models()).containsExactly("gpt-4o");
    assertThat(imported.entry("openai").rateLimits().requestsPerMinute()).isEqualTo(480);
    assertThat(imported.provider("openai").timeout()).isEqualTo(Duration.ofSeconds(300));
    ProviderOptions anthropic = imported.provider("anthropic");
    assertThat(anthropic.modelAliases())
        .containsExactly(
            Map.entry("claude-sonnet", "claude-sonnet-4-6"),
            Map.entry("claude-haiku", "claude-haiku-4-5"));
    assertThat(anthropic.apiKey().reveal()).isEqualTo("key-of-anthropic");
    assertThat(anthropic.timeout()).isEqualTo(Duration.ofSeconds(600));
    assertThat(imported.provider("ollama-chat").baseUrl())
        .isEqualTo(URI.create("http://ollama:11434"));
    assertThat(imported.provider("openai-2").models()).isNull();
    assertThat(imported.config().http().auth().key().reveal()).isEqualTo("the-master");
    assertThat(imported.lost())
        .contains("model_list[0].litellm_params.stream_timeout")
        .contains("litellm_settings.success_callback: langfuse")
        .contains("model_list[4]: openai/*: callers ask for models without the prefix")
        .doesNotContain("drop_params");
  }

  @Test
  void fallbacks_become_groups_in_order_and_limits_stay(Vertx vertx) throws Exception {
    Imported imported = litellm(vertx, "litellm-azure.yaml");
    Config config = imported.config();

    assertThat(imported.provider("azure").azureDeployment()).isEqualTo("gpt-4-eu");
    assertThat(imported.provider("azure").azureApiVersion()).isEqualTo("2024-10-21");
    assertThat(imported.provider("azure-2").azureDeployment()).isEqualTo("gpt-4-ca");
    assertThat(imported.provider("azure-2").modelAliases()).containsKey("gpt-4-turbo");
    GroupOptions group = config.routing().groups().get(0);
    assertThat(group.models()).containsExactly("gpt-4");
    assertThat(group.strategy()).isEqualTo(RoutingStrategy.PRIORITY);
    assertThat(group.providers()).containsExactly("azure", "azure-2", "openai");
    assertThat(config.routing().groups().get(1).providers())
        .containsExactly("openai", "azure", "azure-2");
    assertThat(config.routing().strategy()).isEqualTo(RoutingStrategy.ROUND_ROBIN);
    assertThat(config.routing().retry().attempts()).isEqualTo(3);
    assertThat(config.circuit().consecutiveFailures()).isEqualTo(3);
    assertThat(config.circuit().recoveryWindow()).isEqualTo(Duration.ofSeconds(45));
    assertThat(config.http().limits().maxInFlight()).isEqualTo(500);
    assertThat(config.budgets().callers().get(0).caller()).isEqualTo("*");
    assertThat(config.telemetry().otlp()).isNotNull();
    assertThat(imported.text()).contains("input_per_million: 0.15", "output_per_million: 0.6");
    assertThat(imported.lost())
        .contains("bedrock-claude: InferMux does not speak the API of bedrock")
        .contains("model_list[2].litellm_params.api_key stands in clear")
        .contains("usage-based-routing-v2 has become round_robin")
        .contains("nobody else serves nowhere")
        .contains("router_settings.redis_host")
        .contains("litellm_settings.context_window_fallbacks")
        .contains("litellm_settings.cache\n")
        .contains("litellm_settings.max_budget: 100 USD of all callers")
        .contains("general_settings.database_url: virtual keys")
        .contains("general_settings.alerting")
        .contains("environment_variables: set them where the gateway starts: [REDIS_HOST]")
        .doesNotContain("postgresql");
  }

  @Test
  void compatible_vendors_have_their_addresses(Vertx vertx) throws Exception {
    Imported imported = litellm(vertx, "litellm-compatible.yaml");

    assertThat(imported.provider("groq").baseUrl())
        .isEqualTo(URI.create("https://api.groq.com/openai/v1"));
    assertThat(imported.provider("deepseek").apiKey().reveal()).isEqualTo("key-of-deepseek");
    assertThat(imported.provider("openrouter").modelAliases())
        .containsEntry("router", "google/gemini-2.5-pro");
    assertThat(imported.provider("openrouter").headers()).containsEntry("X-Title", "It's mine $5");
    assertThat(imported.provider("hosted-vllm").models()).containsExactly("org/model-7b");
    assertThat(imported.config().routing().strategy()).isEqualTo(RoutingStrategy.LEAST_LATENCY);
    assertThat(imported.lost())
        .contains("model_list[0].litellm_params.weight")
        .contains("model_list[7]: no api_base, so that it cannot be reached")
        .contains("weird is taken for an OpenAI-compatible API")
        .contains("router_settings.retry_policy");
  }

  @Test
  void keys_of_bifrost_become_providers(Vertx vertx) throws Exception {
    Imported imported = imported(vertx, "bifrost", "bifrost.json");

    assertThat(imported.provider("openai").models()).containsExactly("gpt-4o", "gpt-4o-mini");
    assertThat(imported.provider("openai-2").models()).isNull();
    assertThat(imported.provider("groq").timeout()).isEqualTo(ProviderOptions.DEFAULT_TIMEOUT);
    assertThat(imported.provider("openai").timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(imported.config().routing().retry().attempts()).isEqualTo(2);
    assertThat(imported.lost())
        .contains("providers.bedrock: InferMux does not speak its API")
        .contains("providers.openai.keys[0].weight")
        .contains("providers.openai.concurrency_and_buffer_size")
        .contains("client\n");
  }

  @Test
  void each_kind_of_key_and_custom_provider_of_bifrost_is_taken_over(Vertx vertx) throws Exception {
    Imported imported = imported(vertx, "bifrost", "bifrost-own.json");

    ProviderOptions azure = imported.provider("azure");
    assertThat(azure.models()).containsExactly("gpt-4o");
    assertThat(azure.azureDeployment()).isEqualTo("gpt-4o-aug");
    assertThat(azure.azureApiVersion()).isEqualTo("2024-10-21");
    assertThat(azure.apiKey().reveal()).isEqualTo("key-of-azure");
    assertThat(imported.provider("azure-2").azureDeployment()).isEqualTo("o3");
    assertThat(imported.provider("azure-3").azureDeployment()).isEqualTo("us-4o");
    ProviderOptions relay = imported.provider("relay");
    assertThat(relay.baseUrl()).isEqualTo(URI.create("http://10.0.0.7:8000"));
    assertThat(relay.headers()).containsEntry("X-Price", "$5").containsEntry("X-Team", "blue");
    assertThat(relay.apiKey()).isNull();
    assertThat(imported.provider("claude-eu").apiKey().reveal()).isEqualTo("key-of-claude");
    assertThat(imported.text()).contains("base_url: \"https://claude.example/anthropic\"");
    assertThat(imported.provider("groq").baseUrl())
        .isEqualTo(URI.create("https://api.groq.com/openai/v1"));
    assertThat(imported.provider("groq").modelAliases())
        .containsEntry("llama", "llama-3.3-70b-versatile");
    assertThat(imported.provider("ollama").baseUrl()).isEqualTo(URI.create("http://ollama:11434"));
    assertThat(imported.provider("vllm").models()).containsExactly("org/m-7b");
    assertThat(imported.lost())
        .contains("providers.sgl.keys[0]: no base_url, so that it cannot be reached")
        .contains("providers.vertex: InferMux does not speak its API")
        .contains("  mcp\n", "  encryption_key\n")
        .doesNotContain("$schema", "deployments", "allow_private_network", "extra_headers");
  }

  @Test
  void files_that_are_included_and_credentials_that_are_named_are_read(Vertx vertx)
      throws Exception {
    Imported imported = litellm(vertx, "litellm-parts.yaml");

    assertThat(imported.provider("hosted-vllm").models()).containsExactly("own-1");
    assertThat(imported.provider("hosted-vllm-60").models()).containsExactly("own-60");
    assertThat(imported.entry("hosted-vllm-60").rateLimits().requestsPerMinute()).isEqualTo(60);
    assertThat(imported.provider("openai").baseUrl())
        .isEqualTo(URI.create("https://eu.example/v1"));
    assertThat(imported.provider("openai").apiKey().reveal()).isEqualTo("key-of-eu");
    assertThat(imported.provider("azure").azureApiVersion()).isEqualTo("2024-10-21");
    assertThat(imported.config().routing().retry().attempts()).isEqualTo(4);
    assertThat(imported.lost())
        .contains("model_list[1].litellm_params.litellm_credential_name")
        .doesNotContain("model_list[0].litellm_params", "credential_list", "  include");
  }

  @Test
  void what_is_no_such_file_is_said() throws Exception {
    Path odd = Files.writeString(folder.resolve("odd.yaml"), "- 1\n");
    Path none = Files.writeString(folder.resolve("none.yaml"), "model_list: []\n");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, new byte[] {'a', ':', ' ', (byte) 0xE9, '\n'});
    Path apart = Files.writeString(folder.resolve("apart.yaml"), "include: [gone.yaml]\n");

    assertThat(Cli.run("import", "litellm", "/nowhere.yaml").exitCode()).isEqualTo(1);
    assertThat(Cli.run("import", "litellm").exitCode()).isEqualTo(1);
    assertThat(Cli.run("import", "kong", odd.toString()).exitCode()).isEqualTo(1);
    assertThat(Cli.run("import", "litellm", odd.toString()).exitCode()).isEqualTo(2);
    assertThat(Cli.run("import", "litellm", latin.toString()).err()).contains("not UTF-8");
    assertThat(Cli.run("import", "litellm", apart.toString()).err())
        .contains("gone.yaml cannot be read: no such file or directory");
    assertThat(Cli.run("import", "litellm", folder.toString()).err())
        .contains("is a directory (expected: a file, YAML or JSON)");
    assertThat(Cli.run("import", "litellm", none.toString()).err()).contains("no model that");
  }

  @Test
  void where_it_cannot_be_written_is_said_in_words() {
    Path output = folder.resolve("none").resolve("infermux.yml");

    Cli cli =
        Cli.run(
            "import",
            "litellm",
            SOURCES.resolve("litellm-simple.yaml").toString(),
            "--output",
            output.toString());

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err())
        .contains(output + " cannot be written: no such file or directory (expected: a file in")
        .doesNotContain("Exception");
  }

  private Imported litellm(Vertx vertx, String name) throws Exception {
    return imported(vertx, "litellm", name);
  }

  private Imported imported(Vertx vertx, String from, String name) throws Exception {
    Path output = folder.resolve("infermux.yml");
    Cli cli =
        Cli.run("import", from, SOURCES.resolve(name).toString(), "--output", output.toString());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    Map<String, String> keys =
        Map.of(
            "ANTHROPIC_API_KEY", "key-of-anthropic",
            "AZURE_ENDPOINT", "https://eu.openai.azure.com",
            "AZURE_EU", "key-of-azure",
            "AZURE_VERSION", "2024-10-21",
            "CLAUDE_EU", "key-of-claude",
            "DEEPSEEK_API_KEY", "key-of-deepseek",
            "EU_KEY", "key-of-eu",
            "LITELLM_MASTER_KEY", "the-master",
            "OLLAMA_URL", "http://ollama:11434",
            "TEAM", "blue");
    assertThat(Cli.run(keys, "", "validate", "--config", output.toString()).exitCode()).isZero();
    ConfigResult result =
        ConfigReader.read(vertx, output, ReadOptions.of(keys).withToServe(false)).await();
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    String text = Files.readString(output);
    for (String line : cli.err().split("\n")) {
      if (line.startsWith("  ")) {
        assertThat(text).contains("# - " + line.strip());
      }
    }
    return new Imported(((ConfigResult.Loaded) result).config(), cli.err(), text);
  }

  private record Imported(Config config, String lost, String text) {

    ProviderOptions provider(String name) {
      return entry(name).options();
    }

    ProviderEntry entry(String name) {
      List<ProviderEntry> all = config.providers();
      return all.stream()
          .filter(one -> one.options().name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }
}
