package dev.infermux.dialect;

import dev.infermux.inference.Shortened;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's error says, whatever shape it has; its texts are bounded.
 *
 * @param message empty when there is none fit to be passed on
 * @param code the error's code as text; empty when not given
 * @param type empty when not given
 * @param status the HTTP status that the error names itself; 0 when it names none
 * @param askAgain when its body says that it wants to be asked again; null when it does not
 */
public record ProviderError(
    String message,
    String code,
    String type,
    @Nullable String param,
    int status,
    @Nullable Duration askAgain) {

  /** An error of which nothing can be read. */
  public static final ProviderError UNREADABLE = new ProviderError("", "", "", null, 0);

  private static final int LONGEST_MESSAGE = 4_096;
  private static final int LONGEST_NAME = 256;

  public ProviderError {
    message = Shortened.beginning(message, LONGEST_MESSAGE);
    code = Shortened.beginning(code, LONGEST_NAME);
    type = Shortened.beginning(type, LONGEST_NAME);
    param = param == null ? null : Shortened.beginning(param, LONGEST_NAME);
  }

  public ProviderError(
      String message, String code, String type, @Nullable String param, int status) {
    this(message, code, type, param, status, null);
  }

  /** Whether the prompt was too long for the model. */
  public boolean contextLength() {
    return ErrorNames.contextLength(code)
        || ErrorNames.contextLength(type)
        || (!limitsRate() && ContextLengthPhrases.in(message));
  }

  /** Whether the words were refused, by a filter and not by the model. */
  public boolean contentFilter() {
    return ErrorNames.contentFilter(code)
        || ErrorNames.contentFilter(type)
        || ContentFilterPhrases.in(message);
  }

  /** Whether money ran out, which no short wait mends. */
  public boolean quota() {
    if (ErrorNames.quota(code) || ErrorNames.quota(type)) {
      return true;
    }
    // Google says of a minute's limit too that the quota is exceeded.
    return QuotaPhrases.in(message) && (!limitsRate() || QuotaPhrases.lasting(message));
  }

  /** Whether the model is unknown to the provider, by what the error says itself. */
  public boolean notFound() {
    return ErrorNames.status(code) == 404;
  }

  /** Whether what was not found may be the model: a file or an item is named by its parameter. */
  public boolean aboutModel() {
    return param == null || param.equals("model");
  }

  /** Whether what was not found is the path, by its words, or by the want of any. */
  public boolean aboutPath() {
    return isPage() || message.isEmpty() || PathPhrases.in(message);
  }

  /** Whether it is about the key that was used, whatever the status is. */
  public boolean refusesKey() {
    return ErrorNames.status(code) == 401;
  }

  private boolean limitsRate() {
    return ErrorNames.rateLimit(code) || ErrorNames.rateLimit(type);
  }

  /** The HTTP status with which it would have come, had its answer not begun as a success. */
  public int impliedStatus() {
    if (contextLength() || contentFilter()) {
      return status >= 400 && status < 500 ? status : 400;
    } else if (quota()) {
      return status == 402 ? status : 429;
    }
    for (int named :
        new int[] {
          status, ErrorNames.status(code), ErrorNames.status(type), ErrorPhrases.status(message)
        }) {
      if (named != 0) {
        return named;
      }
    }
    return 500;
  }

  /** A name for it: the provider's code, else its type; empty when it has neither. */
  public String name() {
    return code.isEmpty() && !isPage() ? type : code;
  }

  /** Whether it was a page of markup, which its message describes. */
  public boolean isPage() {
    return type.equals(ErrorPage.TYPE);
  }

  /** The same, completed by what another one says. */
  ProviderError or(ProviderError other) {
    return new ProviderError(
        message.isEmpty() ? other.message : message,
        code.isEmpty() ? other.code : code,
        type.isEmpty() ? other.type : type,
        param == null ? other.param : param,
        status == 0 ? other.status : status,
        askAgain == null ? other.askAgain : askAgain);
  }

  /** The same with what it is due to behind it. */
  ProviderError because(ProviderError cause) {
    boolean news = !cause.message.isEmpty() && !message.contains(cause.message);
    String words = message.isEmpty() ? cause.message : message + ": " + cause.message;
    boolean exact = ErrorNames.isExact(cause.code) && !ErrorNames.isExact(code);
    return new ProviderError(
        news ? words : message,
        exact || code.isEmpty() ? cause.code : code,
        type.isEmpty() ? cause.type : type,
        param == null ? cause.param : param,
        status == 0 ? cause.status : status,
        askAgain == null ? cause.askAgain : askAgain);
  }
}
