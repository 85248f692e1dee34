package dev.infermux.policy.budget;

import dev.infermux.policy.budget.BudgetVerdict.Admit;
import dev.infermux.policy.budget.BudgetVerdict.Downgrade;
import dev.infermux.policy.budget.BudgetVerdict.Lowered;
import org.jspecify.annotations.Nullable;

/**
 * On which terms a call goes.
 *
 * @param model null = the asked one
 * @param maxTokens null = as asked
 * @param nanos what has to be reserved
 */
record AdmissionTerms(@Nullable String model, @Nullable Long maxTokens, long nanos) {

  /** A completion shorter than this is of no use to a caller that asked for more. */
  static final long LEAST_USEFUL = 16;

  /** One of this length is useful however much more was asked for. */
  static final long ALWAYS_USEFUL = 256;

  /**
   * The best terms for which there is room; null when there are none. In order: as asked; the
   * override model; the override model with a shorter completion; the asked one with a shorter
   * completion.
   */
  static @Nullable AdmissionTerms best(
      @Nullable BudgetLimit budget, long room, ReservationRequest request) {
    long maxTokens = request.longest();
    AdmissionTerms whole = whole(null, request.asked(), request, maxTokens);
    boolean fits = request.asked().known() && Account.fits(whole.nanos, room);
    if (fits || budget == null) {
      return fits ? whole.held(budget, request, request.asked()) : null;
    }
    AdmissionTerms cheaper = cheaper(budget, request, maxTokens, whole.nanos);
    return switch (budget.action()) {
      case ALERT -> whole;
      case MODEL_OVERRIDE -> cheaper == null ? whole : cheaper;
      case HARD_STOP -> fitting(budget, room, request, cheaper);
    };
  }

  /** Whether it goes to the asked model, and at its full length. */
  boolean asAsked(ReservationRequest request) {
    Long most = maxTokens;
    return model == null && (most == null || most >= request.longest());
  }

  BudgetVerdict verdict(Reservation reservation) {
    String cheaper = model;
    Long most = maxTokens;
    if (cheaper != null) {
      return new Downgrade(reservation, cheaper, most);
    }
    return most == null ? new Admit(reservation) : new Lowered(reservation, most);
  }

  /** Under a hard limit what was reserved is also the most that the provider is asked for. */
  private AdmissionTerms held(
      @Nullable BudgetLimit budget, ReservationRequest request, UnitPrice price) {
    boolean hard = budget != null && budget.action() == BudgetAction.HARD_STOP;
    return hard && request.held(price) ? new AdmissionTerms(model, request.longest(), nanos) : this;
  }

  private static @Nullable AdmissionTerms fitting(
      BudgetLimit budget, long room, ReservationRequest request, @Nullable AdmissionTerms cheaper) {
    long maxTokens = request.longest();
    UnitPrice price = request.override();
    if (cheaper != null && price != null) {
      if (Account.fits(cheaper.nanos, room)) {
        return cheaper.held(budget, request, price);
      }
      AdmissionTerms shorter = shorter(cheaper.model, price, request, maxTokens, room);
      if (shorter != null) {
        return shorter;
      }
    }
    return request.asked().known()
        ? shorter(null, request.asked(), request, maxTokens, room)
        : null;
  }

  private static AdmissionTerms whole(
      @Nullable String model, UnitPrice price, ReservationRequest request, long maxTokens) {
    return new AdmissionTerms(model, null, request.nanosAtMost(price, maxTokens));
  }

  /** The override model, where it costs less than what was asked for. */
  private static @Nullable AdmissionTerms cheaper(
      BudgetLimit budget, ReservationRequest request, long maxTokens, long asked) {
    String model = budget.override();
    UnitPrice price = request.override();
    if (model == null || price == null || model.equals(request.model())) {
      return null;
    }
    AdmissionTerms whole = whole(model, price, request, maxTokens);
    return whole.nanos < asked ? whole : null;
  }

  private static @Nullable AdmissionTerms shorter(
      @Nullable String model,
      UnitPrice price,
      ReservationRequest request,
      long maxTokens,
      long room) {
    long each = request.completionWithin(price, room);
    if (!request.shortens() || each < useful(maxTokens) || each >= maxTokens) {
      return null;
    }
    return new AdmissionTerms(model, each, request.nanosAtMost(price, each));
  }

  /** The shortest completion worth having: a quarter of what was asked, within bounds. */
  static long useful(long maxTokens) {
    return Math.min(maxTokens, Math.max(LEAST_USEFUL, Math.min(ALWAYS_USEFUL, maxTokens / 4)));
  }
}
