package dev.infermux.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The response that a caller has read by now: its ids, its numbers and its items. One thread. */
final class ContinuedResponse {

  private static final String INDEX = "output_index";
  private static final String NUMBER = "sequence_number";
  private static final String ITEM = "item";
  private static final int NONE = -1;

  private final TreeMap<Integer, JsonNode> items = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private JsonNode begun = JsonNodeFactory.instance.missingNode();
  private long next;
  private int added;
  private int message = NONE;
  private String messageId = "";
  private boolean open;

  /** Where a later provider's items are, by its own indexes. */
  private final Map<Integer, Integer> places = new HashMap<>();

  /** A later provider's indexes of what is left out. */
  private final Set<Integer> skipped = new HashSet<>();

  private int later = NONE;

  /** Notes the number of an event of the first provider's. */
  void number(ObjectNode event) {
    next = Math.max(next, event.path(NUMBER).asLong() + 1);
  }

  /** Gives an event the next number. */
  void numbered(ObjectNode event) {
    event.put(NUMBER, next++);
  }

  /** Gives a later provider's event the place of its item. */
  void moved(ObjectNode event) {
    Integer place = event.has(INDEX) ? places.get(event.path(INDEX).asInt()) : null;
    if (place != null) {
      event.put(INDEX, place);
      if (place == message && event.has("item_id")) {
        event.put("item_id", messageId);
      }
    }
  }

  void begins(ObjectNode event) {
    begun = event.path("response");
  }

  /** Notes an item of the first provider's; false where nobody could go on from it. */
  boolean adds(ObjectNode event) {
    added = Math.max(added, event.path(INDEX).asInt() + 1);
    String type = type(event);
    if (!type.equals("message") || message != NONE) {
      return type.equals("reasoning");
    }
    message = event.path(INDEX).asInt();
    messageId = event.path(ITEM).path("id").asText();
    open = true;
    return true;
  }

  /** Keeps an item that is whole. */
  void keep(ObjectNode event) {
    items.put(event.path(INDEX).asInt(), event.path(ITEM));
  }

  void say(String more) {
    text.append(more);
  }

  /** A later provider's events come next. */
  void resume() {
    places.clear();
    skipped.clear();
    later = NONE;
  }

  boolean isOpen() {
    return open;
  }

  /**
   * Whether a later provider's item is no new one: its message goes on, its thought is left out.
   */
  boolean joins(ObjectNode event) {
    int index = event.path(INDEX).asInt();
    if (open && type(event).equals("message")) {
      later = index;
      places.put(index, message);
      return true;
    }
    return open && type(event).equals("reasoning") && skipped.add(index);
  }

  /** Finds a place for a new item. */
  void place(ObjectNode event) {
    places.put(event.path(INDEX).asInt(), added++);
  }

  /** Whether a later provider's event is about the message that goes on. */
  boolean isMessages(ObjectNode event) {
    return later != NONE && event.has(INDEX) && event.path(INDEX).asInt() == later;
  }

  /** Whether it is about something that is left out. */
  boolean skips(ObjectNode event) {
    return event.has(INDEX) && skipped.contains(event.path(INDEX).asInt());
  }

  /** An event with a piece of the message's text. */
  ObjectNode piece(String added) {
    return about("response.output_text.delta").put("delta", added);
  }

  /**
   * The events that end the message.
   *
   * @param last a later provider's own, with what stands beside the text; null = none
   */
  List<ObjectNode> close(@Nullable ObjectNode last) {
    open = false;
    ObjectNode part = part(last == null ? null : last.path(ITEM).path("content").path(0));
    ObjectNode item = object().put("id", messageId).put("type", "message");
    item.put("status", "completed").put("role", "assistant");
    item.putArray("content").add(part);
    items.put(message, item);
    ObjectNode text = about("response.output_text.done").put("text", this.text.toString());
    text.putArray("logprobs");
    ObjectNode whole = object().put("type", "response.output_item.done").put(INDEX, message);
    return List.of(
        text, about("response.content_part.done").set("part", part), whole.set(ITEM, item));
  }

  private ObjectNode part(@Nullable JsonNode beside) {
    ObjectNode part =
        beside instanceof ObjectNode given && given.path("type").asText().equals("output_text")
            ? given
            : object().put("type", "output_text");
    if (!part.has("annotations")) {
      part.putArray("annotations");
    }
    return part.put("text", text.toString());
  }

  /** The last event, with all items and under the first provider's id. */
  ObjectNode ended(ObjectNode event) {
    if (event.path("response") instanceof ObjectNode response) {
      for (String name : new String[] {"id", "created_at"}) {
        if (begun.has(name)) {
          response.set(name, begun.get(name));
        }
      }
      ArrayNode output = response.putArray("output");
      items.values().forEach(output::add);
    }
    return event;
  }

  private ObjectNode about(String type) {
    ObjectNode event = object().put("type", type).put("item_id", messageId);
    return event.put(INDEX, message).put("content_index", 0);
  }

  private static String type(ObjectNode event) {
    return event.path(ITEM).path("type").asText();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
