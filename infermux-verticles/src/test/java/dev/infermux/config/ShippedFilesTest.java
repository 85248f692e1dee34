package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What is shipped beside the code says what the code says: both come from one table of keys. */
class ShippedFilesTest extends Reading {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path RESOURCE =
      Path.of("src", "main", "resources", "dev", "infermux", "config", "infermux.schema.json");
  private static final Path GENERATED = Path.of("target", "generated-docs");

  @Test
  void the_schema_in_the_jar_and_in_the_docs_is_that_of_the_code() throws Exception {
    String schema = ConfigReader.schema().encodePrettily() + "\n";
    Path copy = generated("infermux.schema.json", schema);

    assertThat(RESOURCE).as("copy %s there", copy).hasContent(schema);
    assertThat(DOCS.resolve("infermux.schema.json")).as("copy %s there", copy).hasContent(schema);
  }

  @Test
  void the_table_in_the_docs_is_that_of_the_code() throws Exception {
    String table = ConfigReader.keyTable();
    Path copy = generated("configuration-keys.md", table);

    String docs = Files.readString(DOCS.resolve("configuration.md"));

    assertThat(docs).as("copy %s there", copy).contains(table);
  }

  @Test
  void the_docs_say_what_is_not_active_yet() throws Exception {
    Path copy = generated("not-yet-active.md", NotYetActive.markdown());

    String docs = Files.readString(DOCS.resolve("configuration.md"));

    assertThat(docs).as("copy %s to the end", copy).endsWith("\n\n" + NotYetActive.markdown());
  }

  @Test
  void the_example_loads_without_any_complaint() throws Exception {
    Map<String, String> environment =
        Map.of(
            "INFERMUX_API_KEY",
            "a",
            "TEAM_B_KEY",
            "f",
            "TEAM_A_KEY",
            "b",
            "OPENAI_API_KEY",
            "c",
            "ANTHROPIC_API_KEY",
            "d",
            "AZURE_OPENAI_API_KEY",
            "e",
            "MANAGEMENT_TOKEN",
            "h",
            "PROXY_USER",
            "f",
            "PROXY_PASSWORD",
            "g");
    var options = ReadOptions.of(environment).withToServe(false).withStrict(true);

    var result = loaded(read(DOCS.resolve("infermux.example.yml"), options));

    assertThat(result.warnings())
        .hasSize(8)
        .allMatch(warning -> warning.endsWith(" does not exist (expected: a file that is there)"));
  }

  @Test
  void the_example_has_every_key_of_the_schema() throws Exception {
    JsonNode example = parse(Files.readString(DOCS.resolve("infermux.example.yml")));

    assertThat(Keys.ofSchema(schemaNode())).isSubsetOf(Keys.ofFile(example));
  }

  @Test
  void the_schema_accepts_the_example() throws Exception {
    assertThat(complaints(Files.readString(DOCS.resolve("infermux.example.yml")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yml", "failover.yml", "production.yml"})
  void the_schema_accepts_what_loads(String name) throws Exception {
    assertThat(complaints(Files.readString(resource(name)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "listen: 8080",
        "listen: nowhere",
        "listn: ':80'",
        "log: { level: loud }",
        "routing: { strategy: fastest }",
        "routing: { retry: { backoff: soon } }",
        "routing: { groups: [{ name: g }] }",
        "circuit_breaker: { error_rate_threshold: 1.5 }",
        "limits: { max_in_flight: 0 }",
        "budgets: [{ caller: a }]",
        "budgets: { callers: [{ caller: a, monthly_usd: -1 }] }",
        "telemetry: { otlp: { endpoint: 'ftp://h' } }",
        "tls: { cert_file: a }",
      })
  void the_schema_refuses_what_the_reader_refuses(String yaml) throws Exception {
    String file = "providers: [{ name: e, type: echo }]\n" + yaml + "\n";

    assertThat(complaints(file)).isNotEmpty();
    assertThat(read(file, ReadOptions.of(KEYS).withStrict(true)))
        .isInstanceOf(ConfigResult.Invalid.class);
  }

  @Test
  void the_schema_lets_a_variable_stand_anywhere() throws Exception {
    String file =
        """
        listen: ":${PORT}"
        log: { level: "${LEVEL}", timestamps: "${STAMPS}" }
        limits: { max_in_flight: "$LIMIT" }
        providers: [{ name: "${NAME}", type: "${TYPE}", timeout: "${WAIT}" }]
        budgets: "${NOT_A_STRUCTURE}"
        """;

    assertThat(complaints(file)).hasSize(2).allMatch(text -> text.startsWith("$.budgets"));
  }

  private static Set<String> complaints(String yaml) throws IOException {
    JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schemaNode());
    return schema.validate(parse(yaml)).stream()
        .map(ValidationMessage::getMessage)
        .collect(Collectors.toSet());
  }

  private static JsonNode schemaNode() throws IOException {
    return new ObjectMapper().readTree(RESOURCE.toFile());
  }

  private static JsonNode parse(String yaml) {
    return new ObjectMapper().valueToTree(new Yaml().load(yaml));
  }

  private static Path generated(String name, String content) throws IOException {
    return Files.writeString(Files.createDirectories(GENERATED).resolve(name), content);
  }
}
