package dev.infermux.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.metrics.MetricsCallListener;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.operations.Fleet;
import dev.infermux.operations.ProviderStateGauges;
import dev.infermux.policy.circuit.CircuitReason;
import dev.infermux.policy.circuit.CircuitState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/events.md shows is what the code does. */
class EventsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "events.md");
  private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "infermux.json");
  private static final Path EXAMPLE =
      Path.of("src/test/java/dev/infermux/examples/CostFileExporter.java");

  private final JsonMapper mapper = new JsonMapper();

  @Test
  void its_exporter_is_the_one_that_is_compiled_and_run() throws Exception {
    assertThat(blocks("java")).contains(Files.readString(EXAMPLE, UTF_8).strip());
  }

  @Test
  void its_payloads_are_what_is_published() throws Exception {
    FinishedCall call = FinishedCall.of(Samples.failedOver());
    var charged = call.attempts().get(1);
    JsonNode inference = mapper.readTree(new InferenceRequestEvent(call).json());
    JsonNode cost =
        mapper.readTree(new ProviderCostEvent(call, 2, charged, charged.charge()).json());

    JsonNode circuit = mapper.readTree(new CircuitStateEvent(Samples.circuitOpened()).json());

    List<JsonNode> shown = new ArrayList<>();
    for (String block : blocks("json")) {
      shown.add(mapper.readTree(block));
    }

    JsonNode health = mapper.readTree(Samples.unhealthy().json());
    assertThat(shown).contains(inference, cost, circuit, health);
  }

  @Test
  void every_field_and_every_address_is_explained() throws Exception {
    String page = Files.readString(PAGE, UTF_8);
    FinishedCall call = FinishedCall.of(Samples.failedOver());
    var charged = call.attempts().get(1);

    List<String> names = new ArrayList<>();
    mapper
        .readTree(new InferenceRequestEvent(call).json())
        .fieldNames()
        .forEachRemaining(names::add);
    mapper
        .readTree(new ProviderCostEvent(call, 2, charged, charged.charge()).json())
        .fieldNames()
        .forEachRemaining(names::add);
    mapper.readTree(Samples.unhealthy().json()).fieldNames().forEachRemaining(names::add);
    mapper
        .readTree(new CircuitStateEvent(Samples.circuitOpened()).json())
        .fieldNames()
        .forEachRemaining(names::add);
    for (CircuitState state : CircuitState.values()) {
      names.add(state.wireName());
    }
    for (CircuitReason reason : CircuitReason.values()) {
      names.add(reason.wireName());
    }
    names.addAll(List.of(EventAddresses.INFERENCE, EventAddresses.COST, EventAddresses.CIRCUIT));
    names.addAll(List.of(EventAddresses.HEALTH, EventAddresses.BUDGET, EventAddresses.CONFIG));

    assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  @Test
  void every_metric_of_calls_and_providers_is_listed() throws Exception {
    String page = Files.readString(PAGE, UTF_8);
    Metrics metrics = new Metrics(System::nanoTime);
    new MetricsCallListener(metrics, model -> true, provider -> true)
        .finished(Samples.failedOver());
    ProviderStateGauges.register(metrics, new Fleet().registry);
    Matcher help =
        Pattern.compile("# HELP (infermux_\\S+)").matcher(metrics.render(null).body().toString());

    List<String> names = new ArrayList<>();
    while (help.find()) {
      names.add(help.group(1));
    }

    assertThat(names).hasSizeGreaterThan(12);
    assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name));
  }

  @Test
  void every_metric_of_the_dashboard_is_on_the_page() throws Exception {
    String page = Files.readString(PAGE, UTF_8);
    Matcher metric =
        Pattern.compile("infermux_[a-z0-9_]+").matcher(Files.readString(DASHBOARD, UTF_8));

    List<String> names = new ArrayList<>();
    while (metric.find()) {
      names.add(metric.group().replaceAll("_bucket$", ""));
    }

    assertThat(names).hasSizeGreaterThan(10);
    assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  private static List<String> blocks(String language) throws Exception {
    Matcher fence =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE, UTF_8));
    List<String> blocks = new ArrayList<>();
    while (fence.find()) {
      blocks.add(fence.group(1).strip());
    }
    return blocks;
  }
}
