package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.Reservation;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A process that settles costs as fast as it can until it is killed. On its standard output it
 * reports each thing before it does it, and whenever a reservation is durable at once, and after a
 * batch, that everything so far is:
 *
 * <pre>
 * total N    what the ledger had spent when it was opened
 * r ID N     about to reserve
 * c ID N     about to settle the cost of a failed attempt
 * s ID N     about to settle
 * x ID       about to release
 * ok         all of that is durable
 * </pre>
 */
final class Hammer {

  private static final int MOST_OPEN = 40;

  private final LocalLedger ledger;
  private final Random random;
  private final PrintStream out;
  private final List<Reservation> open = new ArrayList<>();

  /** What each reservation is called on standard output. */
  private final Map<Long, Long> names = new HashMap<>();

  private long next;

  private Hammer(LocalLedger ledger, long seed, PrintStream out) {
    this.ledger = ledger;
    this.random = new Random(seed);
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 16), true);
    LocalLedger ledger =
        TestLedgers.open(
            Path.of(args[0]), TestLedgers.NO_BUDGETS, TestLedgers.SHORT_JOURNALS, alert -> {});
    out.println("total " + TestLedgers.spent(ledger).nanos());
    Hammer hammer = new Hammer(ledger, Long.parseLong(args[1]), out);
    while (true) {
      hammer.batch();
    }
  }

  private void batch() {
    int size = 1 + random.nextInt(30);
    for (int i = 0; i < size; i++) {
      if (open.size() < MOST_OPEN && random.nextBoolean() || open.isEmpty()) {
        reserve();
      } else {
        progress(open.get(random.nextInt(open.size())));
      }
    }
    TestLedgers.done(ledger.flush());
    out.println("ok");
  }

  private void reserve() {
    long tokens = 1 + random.nextInt(5000);
    out.println("r " + ++next + " " + tokens * 1000);
    Reservation reservation = TestLedgers.reserve(ledger, "team-" + random.nextInt(5), tokens);
    open.add(reservation);
    names.put(reservation.id(), next);
    if (ledger.durable(reservation).isComplete()) {
      out.println("ok");
    }
  }

  private void progress(Reservation reservation) {
    long name = names.get(reservation.id());
    Usd cost = new Usd(random.nextLong(reservation.amount().nanos() + 1));
    switch (random.nextInt(4)) {
      case 0 -> {
        out.println("x " + name);
        ledger.release(reservation);
        open.remove(reservation);
      }
      case 1 -> {
        out.println("c " + name + " " + cost.nanos());
        ledger.settlePart(reservation, TestLedgers.cost(cost));
        ledger.extend(reservation, List.of(), reservation.amount());
      }
      default -> {
        out.println("s " + name + " " + cost.nanos());
        ledger.settle(reservation, TestLedgers.cost(cost));
        open.remove(reservation);
      }
    }
  }
}
