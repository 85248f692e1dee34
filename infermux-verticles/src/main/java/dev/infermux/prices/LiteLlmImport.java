package dev.infermux.prices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.network.UnusableFile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * LiteLLM's {@code model_prices_and_context_window.json} as a price list.
 *
 * @param list in the format of the built-in one
 * @param rows how many rows it has
 * @param leftOut how many of LiteLLM's have no price by the token
 */
public record LiteLlmImport(ObjectNode list, int rows, int leftOut) {

  private static final Set<String> MODES =
      Set.of("", "chat", "completion", "responses", "embedding");

  /** LiteLLM's names of vendors, where this list spells them otherwise. */
  private static final Map<String, String> VENDORS =
      Map.of(
          "text-completion-openai", "openai",
          "azure", "azure_openai",
          "together_ai", "together",
          "fireworks_ai", "fireworks",
          "cohere_chat", "cohere");

  /**
   * Reads a file of LiteLLM's.
   *
   * @throws UnusableFile when it is none
   */
  public static LiteLlmImport read(Path file, LocalDate asOf) {
    LiteLlmImport imported = of(PriceJson.read(file));
    if (imported.rows == 0) {
      throw UnusableFile.wrong(file, "has no row of LiteLLM's price file with a price by token");
    }
    imported.list.put("as_of", asOf.toString());
    return imported;
  }

  static LiteLlmImport of(JsonNode file) {
    Map<String, Map<String, ObjectNode>> sections = new TreeMap<>();
    int rows = 0;
    int leftOut = 0;
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      JsonNode row = entry.getValue();
      if (entry.getKey().equals("sample_spec") || !priced(row)) {
        leftOut += entry.getKey().equals("sample_spec") ? 0 : 1;
        continue;
      }
      String vendor = row.path("litellm_provider").asText();
      Map<String, ObjectNode> models =
          sections.computeIfAbsent(VENDORS.getOrDefault(vendor, vendor), any -> new TreeMap<>());
      models.put(model(entry.getKey(), vendor), new LiteLlmRow(row).listed());
      rows++;
    }
    ObjectNode list = PriceJson.MAPPER.createObjectNode();
    list.put("as_of", "1970-01-01").put("currency", "USD");
    list.putObject("sources").put("litellm", "BerriAI/litellm, model_prices_and_context_window");
    ObjectNode providers = list.putObject("providers");
    sections.forEach((vendor, models) -> providers.putObject(vendor).setAll(models));
    return new LiteLlmImport(list, rows, leftOut);
  }

  private static boolean priced(JsonNode row) {
    return row.isObject()
        && !row.path("litellm_provider").asText().isEmpty()
        && MODES.contains(row.path("mode").asText(""))
        && LiteLlmRow.priced(row);
  }

  /** The name that the vendor itself knows: LiteLLM writes some with the vendor before them. */
  private static String model(String name, String vendor) {
    return name.startsWith(vendor + "/") ? name.substring(vendor.length() + 1) : name;
  }

  /** As a file, a line for each row. */
  public String text() {
    return list.toPrettyString() + "\n";
  }
}
