package dev.infermux.dialect.openai;

import dev.infermux.json.Span;
import dev.infermux.json.Splice;

/**
 * Where the fields of a request body stand that may have to be rewritten.
 *
 * @param inside the byte after the body's opening brace
 * @param options the value of {@code stream_options}
 * @param optionsEmpty whether that is null or an object without a field
 * @param includeUsage the value of its {@code include_usage}
 * @param promptEnd the byte after the prompt: after a chat's closing bracket
 */
record BodyLayout(
    int inside,
    Span model,
    Span options,
    boolean optionsEmpty,
    Span includeUsage,
    Maximum maxTokens,
    Maximum maxCompletionTokens,
    int promptEnd) {

  /**
   * A limit of the completion's length.
   *
   * @param value -1 when it is null or absent
   */
  record Maximum(Span at, long value) {

    static final Maximum ABSENT = new Maximum(Span.ABSENT, -1);

    boolean given() {
      return value >= 0;
    }

    /** What it is lowered to; nothing at all is no limit. */
    long atMost(long most) {
      return value == 0 ? most : Math.min(value, most);
    }

    Maximum lowered(long most) {
      return given() ? new Maximum(at, atMost(most)) : this;
    }
  }

  /** The layout of what the edits make of the body; the values of replaced maxima are not in it. */
  BodyLayout after(Splice edits) {
    return new BodyLayout(
        inside,
        edits.moved(model),
        edits.moved(options),
        optionsEmpty,
        edits.moved(includeUsage),
        new Maximum(edits.moved(maxTokens.at()), maxTokens.value()),
        new Maximum(edits.moved(maxCompletionTokens.at()), maxCompletionTokens.value()),
        edits.moved(promptEnd));
  }

  BodyLayout withModel(Span other) {
    return new BodyLayout(
        inside,
        other,
        options,
        optionsEmpty,
        includeUsage,
        maxTokens,
        maxCompletionTokens,
        promptEnd);
  }

  /**
   * Of the two spellings of the longest completion the one with this name is changed.
   *
   * @param name a field of {@link MaximumOption}
   */
  BodyLayout withMaximum(String name, Maximum maximum) {
    return name.equals(MaximumOption.TOKENS)
        ? withMaxima(maximum, maxCompletionTokens)
        : withMaxima(maxTokens, maximum);
  }

  BodyLayout withMaxima(Maximum tokens, Maximum completionTokens) {
    return new BodyLayout(
        inside, model, options, optionsEmpty, includeUsage, tokens, completionTokens, promptEnd);
  }
}
