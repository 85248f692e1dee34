package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.auth.CallerKey;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Secret;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code auth}: who may call. */
public final class AuthBlock {
  private static final int MAX_ATTRIBUTION = 256;
  private static final String NOT_SET = "empty, since its variable is not set";
  private static final String WHICH_MODE =
      "\"mode: static_key\", which asks callers for the key, or \"mode: passthrough\", which does"
          + " not";

  private static final Key<AuthMode> MODE =
      Key.of(
          "mode",
          Choices.of(List.of(AuthMode.values()), AuthMode::wireName),
          AuthOptions.defaults().mode(),
          "Whether anyone may call, or those with a key.");
  private static final Key<Secret> KEY =
      Key.optional(
          "key", Texts.secret(), "The key of all callers; `static_key` needs it or `keys`.");
  private static final Key<Secret> CALLER_KEY =
      Key.required("key", Texts.secret(), "The key of one caller.");
  private static final Key<String> CALLER =
      Key.required("caller", Texts.caller(MAX_ATTRIBUTION), "Whom its calls are put down to.");
  private static final Key<String> PROJECT =
      Key.optional("project", Texts.optional("name"), "And to which project.");
  private static final Key<String> ENV =
      Key.optional("env", Texts.optional("name"), "And to which environment.");
  private static final Part LIMITS =
      Part.of(
          "limits",
          CallerLimitBlock.BLOCK,
          "What this caller may ask for, in place of `limits.per_caller`.");
  private static final Block KEY_BLOCK = Block.of(CALLER_KEY, CALLER, PROJECT, ENV, LIMITS);
  private static final Part KEYS =
      Part.of("keys", new ListOf(KEY_BLOCK), "One key a caller; it decides the attribution.");
  private static final Key<Secret> MIST_SECRET =
      Key.optional(
          "mist_secret",
          Texts.secret(),
          "With it, `/mist` takes only bodies that are signed (`X-Mist-Signature`).");

  private static final Key<Path> KEYS_FILE =
      Key.optional(
          "keys_file",
          Texts.path(),
          "Where keys that are made while running survive a restart, hashed; absent = nowhere.");

  public static final Block BLOCK = Block.of(MODE, KEY, KEYS, MIST_SECRET, KEYS_FILE);

  private AuthBlock() {}

  public static AuthOptions read(Fields fields) {
    AuthMode mode = fields.get(MODE);
    Optional<Secret> key = fields.find(KEY);
    List<CallerKey> keys = keys(fields.at(KEYS), mode);
    boolean any =
        key.isPresent() || !fields.at(KEYS).items().isEmpty() || !fields.at(KEYS_FILE).absent();
    if (mode == AuthMode.STATIC_KEY) {
      reportNoKey(fields, any);
    } else if (fields.at(MODE).absent() && !(fields.at(KEY).absent() && fields.at(KEYS).absent())) {
      fields.report().problem(fields.at(MODE).path(), "missing beside a key", WHICH_MODE);
    } else {
      warnOfNoUse(fields.at(KEY));
      warnOfNoUse(fields.at(KEYS));
    }
    return new AuthOptions(
        mode, key.orElse(null), keys, mistSecret(fields), fields.find(KEYS_FILE).orElse(null));
  }

  private static void warnOfNoUse(Node node) {
    if (!node.absent()) {
      node.report().warn(node.path(), "of no use in passthrough mode: anyone may call");
    }
  }

  /** One that is not set would let unsigned bodies in, which cannot be meant. */
  private static @Nullable Secret mistSecret(Fields fields) {
    Node node = fields.at(MIST_SECRET);
    if (node.unset()) {
      node.report().unlocked(node.path(), NOT_SET, "a secret, or no mist_secret");
    } else if (node.writtenEmpty()) {
      node.report().problem(node.path(), "\"\"", "a secret, or no mist_secret");
    }
    return fields.find(MIST_SECRET).orElse(null);
  }

  private static void reportNoKey(Fields fields, boolean any) {
    Node key = fields.at(KEY);
    if (key.unset()) {
      fields.report().unlocked(key.path(), NOT_SET, "the callers' key; set the variable");
    } else if (any) {
      return;
    } else if (key.absent() || key.text().filter(String::isEmpty).isPresent()) {
      String found = key.absent() ? "missing" : "\"\"";
      fields.report().problem(key.path(), found, "a key, or keys, in static_key mode");
    }
  }

  private static @Nullable CallerLimitOptions limits(Fields fields) {
    Node node = fields.at(LIMITS);
    return node.absent() ? null : CallerLimitBlock.read(node.fields(CallerLimitBlock.BLOCK));
  }

  /** Two names are no caller's whom a key could be for. */
  static void named(Node at, String caller) {
    if (caller.equals(Attribution.ANONYMOUS.caller())) {
      at.report().problem(at.path(), caller, "another name: this is that of no caller");
    } else if (caller.equals(CallerBudget.EVERYONE_ELSE)) {
      at.report().problem(at.path(), caller, "another name: this is that of all others");
    }
  }

  /** Entries whose key is not set are left out: an empty key must admit no caller. */
  private static List<CallerKey> keys(Node node, AuthMode mode) {
    Map<Secret, String> paths = new LinkedHashMap<>();
    Map<String, CallerLimitOptions> limits = new LinkedHashMap<>();
    List<CallerKey> keys = new ArrayList<>();
    for (Node item : node.items()) {
      Fields fields = item.fields(KEY_BLOCK);
      Secret key = fields.need(CALLER_KEY, Secret.of(""));
      String caller = fields.need(CALLER, "?");
      String project = fields.find(PROJECT).orElse(null);
      String env = fields.find(ENV).orElse(null);
      named(fields.at(CALLER), caller);
      CallerLimitOptions own = limits(fields);
      CallerLimitOptions other = own == null ? null : limits.putIfAbsent(caller, own);
      if (other != null && !other.equals(own)) {
        fields
            .report()
            .problem(
                fields.at(LIMITS).path(), caller, "the limits that another key of this caller has");
      }
      if (fields.at(CALLER_KEY).unset() && mode == AuthMode.STATIC_KEY) {
        String path = fields.at(CALLER_KEY).path();
        node.report().unlocked(path, NOT_SET, "the key of " + caller + "; set the variable");
      }
      if (!key.reveal().isEmpty()) {
        keys.add(new CallerKey(key, caller, project, env, own));
        String first = paths.putIfAbsent(key, item.path());
        if (first != null) {
          fields
              .report()
              .problem(
                  fields.at(CALLER_KEY).path(),
                  "a value that is not shown",
                  "a key of its own, " + first + " has this one");
        }
      }
    }
    return keys;
  }
}
