package dev.infermux.dialect;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The code, type, parameter and status that an object names, under the names of all dialects. */
final class ErrorCodes {

  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?)s");

  private String code = "";
  private String type = "";
  private String param = "";
  private String detail = "";
  private int status;
  private @Nullable Duration wait;
  private boolean marked;
  private boolean fine;

  /** Whether a text is a name and no words. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches() && (text.indexOf('_') > 0 || text.indexOf('.') < 0);
  }

  /** Consumes the value of a field that is one of these; false when it is another's. */
  boolean field(String name, JsonCursor json) {
    switch (name) {
      case "code", "error_code", "errorcode", "err_code", "errcode" -> code(scalar(json));
      case "status", "status_code", "statuscode", "http_status", "http_code", "http_status_code" ->
          status(scalar(json));
      case "type", "error_type", "errortype", "__type" -> type(scalar(json));
      case "param", "parameter" -> param = or(param, scalar(json));
      case "loc" -> param = or(param, path(json));
      case "reason", "quotaid" -> detail(scalar(json));
      case "retrydelay" -> wait = seconds(scalar(json));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void code(String value) {
    code = or(code, value);
    status = status == 0 ? httpStatus(value) : status;
    marked |= status != 0;
  }

  private void status(String value) {
    fine |= value.equals("0");
    int named = httpStatus(value);
    if (named != 0) {
      status = status == 0 ? named : status;
      marked = true;
    } else if (!value.isEmpty() && !Character.isDigit(value.charAt(0)) && isName(value)) {
      type(value);
    }
  }

  /** Google's word for a status is its type; that something is an error says no more. */
  private void type(String value) {
    if (value.equals("error")) {
      marked = true;
    } else {
      type = or(type, afterHash(value));
    }
  }

  private void detail(String value) {
    detail = detail.isEmpty() || value.contains("PerDay") ? value : detail;
  }

  /** What the facts beside an error say more exactly. */
  void detail(ErrorCodes facts) {
    detail = or(facts.code, or(facts.detail, detail));
    wait = facts.wait == null ? wait : facts.wait;
  }

  boolean say() {
    return !code.isEmpty() || !type.isEmpty() || status != 0;
  }

  /** Whether a status says that there is no error, as it stands beside each answer. */
  boolean fine() {
    return fine;
  }

  /** Whether they tell that there is an error. */
  boolean marked() {
    return marked;
  }

  /** These, and the other ones where these say nothing. */
  ErrorCodes or(ErrorCodes outer) {
    ErrorCodes both = new ErrorCodes();
    both.code = or(code, outer.code);
    both.type = or(type, outer.type);
    both.param = or(param, outer.param);
    both.detail = or(detail, outer.detail);
    both.status = status == 0 ? outer.status : status;
    both.wait = wait == null ? outer.wait : wait;
    return both;
  }

  /**
   * The error that they name.
   *
   * @param name one that stands in the place of words; empty = none
   */
  ProviderError error(String message, String name) {
    String word = or(type, name);
    // What is spent, blocked or refused is often said in a detail alone.
    boolean exact = ErrorNames.isExact(detail) && !ErrorNames.isExact(code);
    return new ProviderError(
        message, exact ? detail : code, word, param.isEmpty() ? null : param, status, wait);
  }

  private static String or(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private static String scalar(JsonCursor json) {
    JsonKind kind = json.kind();
    if (kind == JsonKind.STRING) {
      return json.string().strip();
    }
    String spelt = kind == JsonKind.NUMBER ? json.value().toString() : "";
    if (kind != JsonKind.NUMBER) {
      json.skip();
    }
    return spelt;
  }

  /** Where a field stands, as FastAPI says it; {@code body} stands before all of them. */
  private static String path(JsonCursor json) {
    if (json.kind() != JsonKind.ARRAY) {
      return scalar(json);
    }
    StringBuilder path = new StringBuilder();
    json.enterArray();
    while (json.nextElement()) {
      String step = scalar(json);
      if (!step.isEmpty() && !(path.isEmpty() && step.equals("body"))) {
        path.append(path.isEmpty() ? "" : ".").append(step);
      }
    }
    return path.toString();
  }

  private static int httpStatus(String text) {
    boolean number = text.length() == 3 && (text.charAt(0) == '4' || text.charAt(0) == '5');
    return number && text.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(text) : 0;
  }

  private static @Nullable Duration seconds(String text) {
    Matcher seconds = SECONDS.matcher(text.toLowerCase(Locale.ROOT));
    return seconds.matches()
        ? Duration.ofMillis(Math.round(Double.parseDouble(seconds.group(1)) * 1_000))
        : null;
  }

  /** A type without the namespace before it and the address behind it, as AWS writes both. */
  static String afterHash(String type) {
    String name = type.substring(type.indexOf('#') + 1);
    int colon = name.indexOf(":http");
    return colon < 0 ? name : name.substring(0, colon);
  }
}
