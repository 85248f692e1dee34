package dev.infermux.dialect;

import java.util.List;

/** How providers say in words alone that money or an allowance is used up. */
final class QuotaPhrases {

  private static final List<String> SPENT =
      List.of(
          "exceeded your current quota",
          "insufficient quota",
          "insufficient balance",
          "insufficient credit",
          "insufficient fund",
          "credit balance is too low",
          "credit balance too low",
          "credits are depleted",
          "credits have been exhausted",
          "exceeded your monthly",
          "monthly spending",
          "billing hard limit",
          "check your billing",
          "spend limit",
          "spending limit",
          "spending cap",
          "usage limits",
          "out of credits",
          "not enough credits",
          "requires more credits",
          "quota exhausted",
          "payment required",
          "余额不足");

  private static final List<String> LASTING =
      List.of("per day", "perday", "daily", "credits", "spending");

  private QuotaPhrases() {}

  static boolean in(String words) {
    return ErrorPhrases.has(ErrorPhrases.lower(words), SPENT);
  }

  /** Whether they are about a day, a month or money, and not about a minute. */
  static boolean lasting(String words) {
    return ErrorPhrases.has(ErrorPhrases.lower(words), LASTING);
  }
}
