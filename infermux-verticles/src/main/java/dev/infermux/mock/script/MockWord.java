package dev.infermux.mock.script;

import dev.infermux.dialect.openai.StreamText;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import dev.infermux.mock.script.MockOutcome.Refuses;
import java.util.List;

/** The words of the vocabulary: one table for reading them and for the docs. */
enum MockWord {
  OK("ok", "", "A whole, correct answer; what other words leave open is as here."),
  STATUS("status", "N", "An error of this status, 300 to 599."),
  HANG("hang", "", "Never an answer."),
  RESET("reset", "", "The connection is torn down (RST) before a head."),
  CLOSE("close", "", "The connection is closed (FIN) before a head."),
  MALFORMED("malformed", "", "A 200 that is not what the dialect promises."),
  ERROR("error", "", "An error inside a 200, before any token."),
  CUT_AFTER("cut-after", "N", "The connection is closed after N tokens."),
  RESET_AFTER("reset-after", "N", "The connection is torn down after N tokens."),
  STALL_AFTER("stall-after", "N", "Nothing more comes after N tokens; the connection stays."),
  ERROR_AFTER("error-after", "N", "An error inside a 200, after N tokens."),
  RETRY_AFTER("retry-after", "D", "The `Retry-After` of an error status."),
  CODE(
      "code",
      "C",
      "The error code of a status or of an error inside a 200, such as `context_length_exceeded`."),
  LATENCY("latency", "D", "A wait before the head."),
  FIRST_TOKEN("first-token", "D", "A wait between head and first token."),
  PACE("pace", "D", "A wait between two tokens."),
  JITTER("jitter", "D", "Each of these waits is longer by up to D; by how much, the seed decides."),
  TEXT("text", "T", "What the answer says."),
  TOKENS("tokens", "N", "An answer of N tokens."),
  FINISH("finish", "R", "The finish reason, such as `content_filter`."),
  USAGE("usage", "U", "`exact`, `none`, `wrong` (ten times as much), or counts such as `9/3`."),
  TOOL_CALL(
      "tool-call",
      "[T]",
      "Calls of the request's tools: of the first one, of the first N (`tool-call-2`), or of those"
          + " that are named (`tool-call-a/b`)."),
  ARGUMENTS(
      "arguments", "J", "The arguments of these calls, in JSON; else what fills a tool's schema."),
  SCHEMA("schema", "", "JSON that fills the schema which the caller asks for."),
  REASONING("reasoning", "N", "N tokens of reasoning before all else."),
  MALFORMED_AFTER(
      "malformed-after", "N", "A chunk that is no JSON after N tokens; the stream goes on."),
  NO_DONE("no-done", "", "A stream without `" + StreamText.DONE + "`.");

  /** Of these an answer can have one at most. */
  static final List<MockWord> FATES =
      List.of(
          STATUS,
          HANG,
          RESET,
          CLOSE,
          MALFORMED,
          ERROR,
          CUT_AFTER,
          RESET_AFTER,
          STALL_AFTER,
          ERROR_AFTER);

  private final String text;
  private final String value;
  private final String meaning;

  MockWord(String text, String value, String meaning) {
    this.text = text;
    this.value = value;
    this.meaning = meaning;
  }

  String text() {
    return text;
  }

  /** Whether the word may stand so. */
  boolean takes(String given) {
    return isOptional() || value.isEmpty() == given.isEmpty();
  }

  private boolean isOptional() {
    return value.startsWith("[");
  }

  /** The word with what its value is called. */
  String synopsis() {
    String called = isOptional() ? value.replace("[", "[-") : "-" + value;
    return value.isEmpty() ? text : text + called;
  }

  /** One sentence for the docs. */
  String meaning() {
    return meaning;
  }

  /** The behaviour with what the word adds. */
  MockBehaviour apply(MockBehaviour to, String given) {
    return switch (this) {
      case OK -> to;
      case STATUS -> to.ending(MockBehaviour.status(Values.number(given, 300, 599)).outcome());
      case HANG -> to.ending(MockBehaviour.hang().outcome());
      case RESET -> to.ending(MockBehaviour.reset().outcome());
      case CLOSE -> to.ending(MockBehaviour.close().outcome());
      case MALFORMED -> to.ending(MockOutcome.GARBAGE);
      case ERROR -> to.ending(MockBehaviour.errorAfter(0).outcome());
      case CUT_AFTER -> to.ending(breaks(How.CUT, given));
      case RESET_AFTER -> to.ending(breaks(How.RESET, given));
      case STALL_AFTER -> to.ending(breaks(How.SILENCE, given));
      case ERROR_AFTER -> to.ending(breaks(How.ERROR, given));
      case RETRY_AFTER -> to.retryAfter(Values.duration(given));
      case CODE -> to.code(given);
      case LATENCY -> to.latency(Values.duration(given));
      case FIRST_TOKEN -> to.firstToken(Values.duration(given));
      case PACE -> to.pace(Values.duration(given));
      case JITTER -> to.jitter(Values.duration(given));
      case TEXT -> to.text(given);
      case TOKENS -> to.tokens(Values.number(given, 1, Values.MOST_TOKENS));
      case FINISH -> to.finishReason(given);
      case USAGE -> to.usage(Values.usage(given));
      case TOOL_CALL -> to.tools(MockToolCalls.parse(given));
      case ARGUMENTS -> to.arguments(given);
      case SCHEMA -> to.schema();
      case REASONING -> to.reasoning(Values.number(given, 1, Values.MOST_TOKENS));
      case MALFORMED_AFTER -> to.malformedAfter(Values.tokens(given));
      case NO_DONE -> to.noDone();
    };
  }

  private static MockOutcome breaks(How how, String after) {
    return new Breaks(how, Values.tokens(after), "");
  }

  /** The word of a fate that has one, with its value. */
  static String of(MockOutcome outcome) {
    if (outcome instanceof Refuses refuses) {
      return "status-" + refuses.status();
    } else if (outcome instanceof Breaks breaks) {
      return of(breaks);
    }
    return outcome instanceof MockOutcome.Garbage ? MALFORMED.text : "";
  }

  private static String of(Breaks breaks) {
    boolean never = breaks.beforeHead();
    String word =
        switch (breaks.how()) {
          case CUT -> never ? CLOSE.text : CUT_AFTER.text;
          case RESET -> never ? RESET.text : RESET_AFTER.text;
          case SILENCE -> never ? HANG.text : STALL_AFTER.text;
          case ERROR -> breaks.after() <= 0 ? ERROR.text : ERROR_AFTER.text;
        };
    return word.endsWith("after") ? word + "-" + breaks.after() : word;
  }
}
