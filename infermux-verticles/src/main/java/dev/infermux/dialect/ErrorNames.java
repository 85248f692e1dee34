package dev.infermux.dialect;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the codes, types and status words of providers stand for, however they are spelt. */
final class ErrorNames {

  private static final Set<String> CONTEXT_LENGTH =
      Set.of(
          "modelmaxprompttokensexceeded",
          "tokenslimitreached",
          "prompttoolong",
          "inputtoolong",
          "contextoverflow");

  private static final List<String> CONTEXT_LENGTH_PARTS =
      List.of("contextlengthexceeded", "exceedcontextsize", "contextwindowexceeded");

  private static final Set<String> CONTENT_FILTER =
      Set.of(
          "contentfilter",
          "contentpolicyviolation",
          "responsibleaipolicyviolation",
          "moderationblocked",
          "datainspectionfailed",
          "prohibitedcontent",
          "contentmoderation");

  private static final List<String> QUOTA_PARTS =
      List.of(
          "insufficientquota",
          "insufficientbalance",
          "insufficientcredit",
          "insufficientfunds",
          "insufficientuserquota",
          "quotaexceeded",
          "exceededcurrentquota",
          "spendlimit",
          "spendinglimit",
          "usagelimitexceeded",
          "usagelimitreached",
          "creditbalance",
          "creditsexhausted",
          "billing",
          "paymentrequired",
          "arrearage",
          "perday");

  private static final Map<String, Integer> STATUS =
      Map.ofEntries(
          entry("invalidrequest", 400),
          entry("badrequest", 400),
          entry("invalidargument", 400),
          entry("invalidparameter", 400),
          entry("invalidvalue", 400),
          entry("invalidtype", 400),
          entry("invalidprompt", 400),
          entry("invalidimage", 400),
          entry("validation", 400),
          entry("unsupportedparameter", 400),
          entry("unsupportedvalue", 400),
          entry("unknownparameter", 400),
          entry("missingrequiredparameter", 400),
          entry("failedprecondition", 400),
          entry("outofrange", 400),
          entry("authentication", 401),
          entry("invalidauthentication", 401),
          entry("invalidapikey", 401),
          entry("apikeyinvalid", 401),
          entry("unauthenticated", 401),
          entry("unauthorized", 401),
          entry("unrecognizedclient", 401),
          entry("billing", 402),
          entry("paymentrequired", 402),
          entry("permission", 403),
          entry("permissiondenied", 403),
          entry("accessdenied", 403),
          entry("forbidden", 403),
          entry("notfound", 404),
          entry("modelnotfound", 404),
          entry("modelnotexist", 404),
          entry("resourcenotfound", 404),
          entry("deploymentnotfound", 404),
          entry("requesttimeout", 408),
          entry("conflict", 409),
          entry("aborted", 409),
          entry("requesttoolarge", 413),
          entry("requestentitytoolarge", 413),
          entry("payloadtoolarge", 413),
          entry("unprocessableentity", 422),
          entry("ratelimit", 429),
          entry("ratelimited", 429),
          entry("ratelimitexceeded", 429),
          entry("ratelimitreached", 429),
          entry("toomanyrequests", 429),
          entry("resourceexhausted", 429),
          entry("throttling", 429),
          entry("throttled", 429),
          entry("slowdown", 429),
          entry("requests", 429),
          entry("tokens", 429),
          entry("engineoverloaded", 429),
          entry("server", 500),
          entry("api", 500),
          entry("internal", 500),
          entry("internalserver", 500),
          entry("internalfailure", 500),
          entry("unavailable", 503),
          entry("serviceunavailable", 503),
          entry("serverisoverloaded", 503),
          entry("modelnotready", 503),
          entry("overloaded", 529),
          entry("timeout", 504),
          entry("modeltimeout", 504),
          entry("gatewaytimeout", 504),
          entry("deadlineexceeded", 504));

  /** How codes begin of requests that cannot be done as they are. */
  private static final List<String> CALLERS_FAULTS =
      List.of(
          "invalid",
          "unsupported",
          "unknownparameter",
          "missingrequired",
          "image",
          "emptyimage",
          "failedtodownload",
          "bio");

  private ErrorNames() {}

  static boolean contextLength(String name) {
    String key = key(name);
    return CONTEXT_LENGTH.contains(key) || contains(key, CONTEXT_LENGTH_PARTS);
  }

  static boolean contentFilter(String name) {
    return CONTENT_FILTER.contains(key(name));
  }

  static boolean quota(String name) {
    return contains(key(name), QUOTA_PARTS);
  }

  /** Whether a rate that is too high is meant. */
  static boolean rateLimit(String name) {
    return status(name) == 429;
  }

  /** The HTTP status that it stands for; 0 = not known. */
  static int status(String name) {
    String key = key(name);
    Integer status = STATUS.get(key);
    if (status != null) {
      return status;
    }
    if (key.startsWith("throttling") || key.startsWith("ratelimit")) {
      return 429;
    }
    return CALLERS_FAULTS.stream().anyMatch(key::startsWith) ? 400 : 0;
  }

  /** Whether it says what a type or a number in its place may not. */
  static boolean isExact(String name) {
    return contextLength(name) || contentFilter(name) || quota(name) || status(name) == 401;
  }

  private static boolean contains(String key, List<String> parts) {
    return parts.stream().anyMatch(key::contains);
  }

  /**
   * A name in one spelling: {@code RateLimitError}, {@code rate_limit_error}, {@code RATE_LIMIT}.
   */
  private static String key(String name) {
    StringBuilder key = new StringBuilder(name.length());
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c != '_' && c != '-' && c != '.' && c != ' ') {
        key.append(c);
      }
    }
    String plain = key.toString();
    for (String ending : List.of("error", "exception")) {
      if (plain.endsWith(ending) && plain.length() > ending.length()) {
        return plain.substring(0, plain.length() - ending.length());
      }
    }
    return plain;
  }
}
