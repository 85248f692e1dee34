package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonOutput;
import java.util.Set;

/** For whom and in which tier a call is made, as OpenAI's APIs take it; they refuse all else. */
public final class CallerFields {

  private static final int LONGEST_USER = 64;
  private static final Set<String> TIERS =
      Set.of("auto", "default", "flex", "scale", "priority", "fast");

  private CallerFields() {}

  /** Writes the fields into an open object. */
  public static void write(JsonOutput out, Conversation asked, Losses losses) {
    String user = asked.user();
    if (user != null) {
      if (user.length() <= LONGEST_USER) {
        out.field("user", user);
      } else {
        losses.drop("user");
      }
    }
    String tier = asked.serviceTier();
    if (tier != null) {
      if (TIERS.contains(tier)) {
        out.field("service_tier", tier);
      } else {
        losses.drop("service_tier");
      }
    }
  }
}
