package dev.infermux.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.assembly.ListPrices;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.testing.Arithmetic;
import dev.infermux.testing.GoldenUsage;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole answers of the golden set through the real reader, and every row's price. */
class GoldenUsageTest {

  static Stream<GoldenUsage> all() {
    return GoldenUsage.all();
  }

  static Stream<GoldenUsage> wholeAnswers() {
    return all().filter(GoldenUsage::whole);
  }

  @Test
  void the_set_is_large_and_every_name_stands_once() {
    assertThat(all().map(GoldenUsage::name)).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    assertThat(all().filter(GoldenUsage::streamed)).hasSizeGreaterThan(15);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeAnswers")
  void a_whole_answer_has_these_buckets(GoldenUsage row) {
    byte[] body = row.body();

    AnswerReader read = AnswerReader.read(row.asked() == Operation.CHAT, body, 0, body.length);

    Usage usage = read.answer(Buffer.buffer(body)).end().result().usage();
    assertThat(usage == null ? null : usage.withTerms(Usage.Terms.STANDARD))
        .isEqualTo(row.buckets().usage());
  }

  /** The expected price comes from the arithmetic of the row, never from a price book. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void the_price_is_that_of_the_arithmetic(GoldenUsage row) {
    BigDecimal byHand =
        Arithmetic.value(row.arithmetic()).movePointLeft(6).setScale(9, RoundingMode.HALF_UP);
    PriceBook book = new PriceBook(ListPrices.builtIn(), row.pricing());

    Cost cost = book.cost(row.provider(), row.type(), row.model(), row.buckets().usage());

    assertThat(row.usd()).isEqualByComparingTo(byHand);
    assertThat(BigDecimal.valueOf(cost.amount().nanos(), 9)).isEqualByComparingTo(row.usd());
    assertThat(cost.status().wireName()).isEqualTo(row.status());
  }
}
