package dev.infermux.prices;

import dev.infermux.policy.pricing.ListPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one list says of a model and another does not.
 *
 * @param change one of "added", "removed" and "changed"
 * @param before what the first list says, or a dash
 * @param after what the second one says, or a dash
 */
public record PriceDifference(
    String change, String vendor, String model, String before, String after) {

  private static final String NOTHING = "-";

  /** From one list to another, by vendor and model. */
  public static List<PriceDifference> between(PriceFile before, PriceFile after) {
    List<PriceDifference> all = new ArrayList<>();
    TreeSet<String> vendors = new TreeSet<>(before.sections().keySet());
    vendors.addAll(after.sections().keySet());
    for (String vendor : vendors) {
      Map<String, ListPrice> old = before.sections().getOrDefault(vendor, Map.of());
      Map<String, ListPrice> fresh = after.sections().getOrDefault(vendor, Map.of());
      TreeSet<String> models = new TreeSet<>(old.keySet());
      models.addAll(fresh.keySet());
      models.forEach(model -> add(all, vendor, model, old.get(model), fresh.get(model)));
    }
    return all;
  }

  private static void add(
      List<PriceDifference> all,
      String vendor,
      String model,
      @Nullable ListPrice old,
      @Nullable ListPrice fresh) {
    if (old == null || fresh == null) {
      String change = old == null ? "added" : "removed";
      all.add(new PriceDifference(change, vendor, model, brief(old), brief(fresh)));
      return;
    }
    Map<String, String> was = new TreeMap<>(PriceFields.of(old));
    Map<String, String> is = new TreeMap<>(PriceFields.of(fresh));
    Map<String, String> both = new TreeMap<>(was);
    both.entrySet().retainAll(is.entrySet());
    was.keySet().removeAll(both.keySet());
    is.keySet().removeAll(both.keySet());
    if (!was.isEmpty() || !is.isEmpty()) {
      all.add(new PriceDifference("changed", vendor, model, text(was), text(is)));
    }
  }

  private static String brief(@Nullable ListPrice row) {
    return row == null
        ? NOTHING
        : "input "
            + row.price().inputPerMillion().toPlainString()
            + ", output "
            + row.price().outputPerMillion().toPlainString();
  }

  private static String text(Map<String, String> fields) {
    List<String> parts = new ArrayList<>();
    fields.forEach((name, value) -> parts.add(name + " " + value));
    return parts.isEmpty() ? NOTHING : String.join(", ", parts);
  }
}
