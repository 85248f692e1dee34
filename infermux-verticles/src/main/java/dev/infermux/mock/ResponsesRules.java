package dev.infermux.mock;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.responses.ResponsesEndpoint;
import dev.infermux.json.JsonSlice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the Responses API refuses with a 400, beyond what a scan does. */
final class ResponsesRules {

  private ResponsesRules() {}

  /**
   * Checks a body.
   *
   * @param strict whether fields that the API does not know are refused
   * @param known whether there is a response with this id
   */
  static void check(
      JsonSlice body, ResponsesEndpoint endpoint, boolean strict, Predicate<String> known) {
    if (strict) {
      OpenAiRules.known(body, ResponsesFields.of(endpoint));
    }
    String previous = FieldLookup.text(body, "previous_response_id");
    if (!previous.isEmpty() && !known.test(previous)) {
      throw FieldReader.invalid(
          "Previous response with id '" + previous + "' not found.", "previous_response_id");
    }
    JsonSlice format = FieldLookup.field(FieldLookup.field(body, "text"), "format");
    if (FieldLookup.text(format, "type").equals("json_schema")
        && FieldLookup.text(format, "name").isEmpty()) {
      String where = "text.format.name";
      throw FieldReader.invalid("Missing required parameter: '" + where + "'.", where);
    }
    OpenAiRules.options(body);
    results(FieldLookup.elements(FieldLookup.field(body, "input")), previous);
  }

  private static void results(List<JsonSlice> items, String previous) {
    Set<String> open = new LinkedHashSet<>();
    for (JsonSlice item : items) {
      String id = FieldLookup.text(item, "call_id");
      String type = FieldLookup.text(item, "type");
      if (type.equals("function_call")) {
        open.add(id);
      } else if (type.equals("function_call_output") && !open.remove(id) && previous.isEmpty()) {
        throw FieldReader.invalid(
            "No tool call found for function call output with call_id " + id + ".", "input");
      }
    }
    if (!open.isEmpty()) {
      throw FieldReader.invalid(
          "No tool output found for function call " + open.iterator().next() + ".", "input");
    }
  }
}
