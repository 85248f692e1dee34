package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Ticker;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads answers that are relayed: of JSON the model, the usage and errors, of all else nothing. */
public final class RelayedAnswers implements ResponseDialect {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] USAGE = "usage".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);

  private final OpenAiResponses responses;
  private final ProviderFailures failures;
  private final Ticker ticker;

  public RelayedAnswers(OpenAiResponses responses, ProviderFailures failures, Ticker ticker) {
    this.responses = responses;
    this.failures = failures;
    this.ticker = ticker;
  }

  @Override
  public Framing framing() {
    return Framing.NAMED_SSE;
  }

  /** Only JSON has something that must be read before it is passed on. */
  @Override
  public Framing framing(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return isEvents(type) || isJson(type) ? framing() : Framing.BYTES;
  }

  /**
   * A server may stream what it was not asked to, and not stream what it was; sound is passed on as
   * it comes.
   */
  @Override
  public boolean streams(Attempt attempt, String contentType) {
    return isEvents(contentType.toLowerCase(Locale.ROOT)) || framing(contentType) == Framing.BYTES;
  }

  private boolean isEvents(String type) {
    return type.startsWith(framing().mediaType());
  }

  private static boolean isJson(String type) {
    return type.isEmpty() || type.startsWith("application/json");
  }

  @Override
  public Answer whole(Attempt attempt, Buffer body) {
    byte[] bytes = body.getBytes();
    String model = "";
    Usage usage = null;
    boolean failed = false;
    try {
      JsonCursor json = new JsonCursor(bytes);
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        json.end();
        return Answer.whole(body, End.whole(model, null, null, 0));
      }
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
          model = json.string();
        } else if (json.nameIs(USAGE)) {
          usage = UsageReader.relayed(json);
        } else if (json.nameIs(ERROR)) {
          failed |= ErrorBody.told(json);
        } else {
          json.skip();
        }
      }
      json.end();
    } catch (JsonSyntaxException e) {
      String found = "an answer that is not JSON: " + e.getMessage();
      throw new InferenceException(failures.malformed(200, found));
    }
    if (failed) {
      throw new InferenceException(responses.reported(attempt, bytes, 0, bytes.length));
    }
    return Answer.whole(body, End.whole(model, usage, null, 0));
  }

  @Override
  public Failure refused(ErrorResponse response) {
    return responses.refused(response);
  }

  @Override
  public @Nullable Usage usageIn(Buffer body) {
    return responses.usageIn(body);
  }

  @Override
  public EventReader events(Attempt attempt) {
    return new RelayedEvents(attempt, failures, responses, ticker);
  }

  @Override
  public EventReader events(Attempt attempt, Framing framing) {
    return framing == Framing.BYTES ? new RelayedBytes(attempt, failures, ticker) : events(attempt);
  }
}
